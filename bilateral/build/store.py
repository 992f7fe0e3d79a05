"""Building the store: files → triples on disk, swapped in whole.

The only module of this path that knows the engine's store on disk.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from bilateral import __version__
from bilateral.build import dumps, gate, rdf, reports, setwise
from bilateral.build.examples import write_examples
from bilateral.build.finding import Report
from bilateral.build.generation import Generated, Generation, program_files
from bilateral.build.part import Part
from bilateral.build.report import write_text
from bilateral.build.sources import SOURCES
from bilateral.errors import DataInvalid, InputError, StoreError
from bilateral.processes import pool
from bilateral.progress import Silent, Steps
from bilateral.project import Profile, Project
from bilateral.query import query_text, select
from bilateral.snapshot import LAYOUT, Manifest, Snapshot
from bilateral.terms import EXAMPLES, graph_iri


@dataclass(frozen=True)
class Built:
    """What a build came to: the snapshot, whether it was made now, the gate's report, and the graphs of sources."""

    snapshot: Snapshot
    fresh: bool
    report: Report | None = None
    graphs: tuple[Generated, ...] = ()


def steps_of(project: Project, profile: Profile) -> int:
    """Give the number of steps of a build."""
    return len(project.curated_files) + 5 + (0 if profile == "curated" else 2 * len(SOURCES) + 3)


def build_project(project: Project, store: Path, profile: Profile = "core", steps: Steps | None = None) -> Built:
    """Check the project's data, and build its store unless the current one is of the same input.

    Raises:
        InputError: a file does not parse, or a table is missing.
        DataInvalid: the data break the shapes; the old store stays.
    """
    steps = steps or Silent()
    version = _version([*_project_files(project, profile)], project.root, profile)
    current = _current(store, version)
    if current is not None:
        return Built(current, fresh=False)
    steps.step("Checking the curated data")
    report = gate.check(project)
    if not report.conforms:
        raise _invalid(report)
    parts = [Part(path, graph_iri(project.graph_name(path))) for path in project.curated_files]
    with _folder(store, version) as folder, pool(1) as aside:
        graphs = [*_generate(project, store, profile, steps)]
        parts += [Part(graph.path, graph_iri(graph.graph)) for graph in graphs]
        reports.write(graphs, folder / "reports")
        parts.append(_examples(project, folder))
        (folder / "dumps").mkdir()
        dumping = aside.submit(dumps.write_whole, parts, folder / "dumps")
        triples = _load(parts, folder, steps)
        _publish_files(project, folder / "files")
        steps.step("Writing the dumps")
        dumps.write_relations(triples, project.curated_relations, folder / "dumps", project.context_file)
        dumping.result()
        if graphs:
            steps.step("Checking the whole graph")
            whole = Report(tuple(setwise.validate_folder(folder / "oxigraph", project.data_shapes)), len(triples))
            if not whole.conforms:
                raise _invalid(whole)
        snapshot = _finish(folder, triples, version, steps)
    return Built(snapshot, fresh=True, report=report, graphs=tuple(graphs))


def _examples(project: Project, folder: Path) -> Part:
    path = folder / "examples.nt"
    write_examples(project.questions(), path)
    return Part(path, EXAMPLES)


def _generate(project: Project, store: Path, profile: Profile, steps: Steps) -> Iterator[Generated]:
    """Make the graphs of the open sources that the profile has."""
    if profile == "curated":
        return
    generation = Generation(project, store / "sources", all_years=profile == "full")
    yield from generation.graphs(steps)


def build_files(
    paths: Sequence[Path], store: Path, *, checked_by: Project | None = None, steps: Steps | None = None
) -> Built:
    """Build a store of any RDF files, as they are; with ``checked_by``, through its gate.

    Triples go to the default graph, quads to the graphs that the files name.

    Raises:
        InputError: a file does not parse.
        DataInvalid: the gate was asked for and found violations.
    """
    steps = steps or Silent()
    for path in paths:
        rdf.format_of(path)
        if not path.is_file():
            raise InputError("there is no such file", path=path)
    version = _version(paths, None)
    report = None
    if checked_by is not None:
        steps.step("Checking the data")
        report = gate.check(checked_by, list(paths))
        if not report.conforms:
            raise _invalid(report)
    current = _current(store, version)
    if current is not None:
        return Built(current, fresh=False, report=report)
    with _folder(store, version) as folder:
        triples = _load([Part(path) for path in paths], folder, steps)
        (folder / "dumps").mkdir()
        (folder / "files").mkdir()
        snapshot = _finish(folder, triples, version, steps)
    return Built(snapshot, fresh=True, report=report)


def _invalid(report: Report) -> DataInvalid:
    violations = write_text(Report(report.violations, report.nodes))
    return DataInvalid(f"{violations}Nothing was built; the old store, if any, stays.")


def _project_files(project: Project, profile: Profile) -> Iterator[Path]:
    yield from project.curated_files
    yield from project.shapes_files
    yield project.context_file
    yield from (question.path for question in project.questions())
    if profile != "curated":
        yield from project.table_files


def _version(paths: Iterable[Path], root: Path | None, profile: str = "") -> str:
    """Identify the input: by names, contents, profile and the program that reads it."""
    digest = hashlib.sha256(f"{__version__} {LAYOUT} {profile}".encode())
    for part in program_files():
        digest.update(part.read_bytes())
    for path in paths:
        name = path.relative_to(root) if root else path.resolve()
        digest.update(f"\0{name}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _current(store: Path, version: str) -> Snapshot | None:
    """Give the current snapshot if it is sound and of this version."""
    try:
        snapshot = Snapshot.current(store)
    except StoreError:
        return None
    return snapshot if snapshot.manifest.data_version == version else None


@contextmanager
def _folder(store: Path, version: str) -> Iterator[Path]:
    """Give a new folder to build in; it goes again if the build fails."""
    builds = store / "builds"
    builds.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{version}-", dir=builds))
    folder.chmod(0o755)
    (folder / "in-use.lock").touch()
    try:
        with _locked(folder):
            yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _remove_unused(builds, folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the build's lock, so that another build does not take the folder for a leftover."""
    with (folder / "in-use.lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def _load(parts: Sequence[Part], folder: Path, steps: Steps) -> ox.Store:
    """Load the files into a store on disk, and give it as it will be served, read-only."""
    work = folder / "work"
    triples = ox.Store(work)
    for part in parts:
        steps.step(f"Loading {part.path.name}")
        _load_file(triples, part)
    steps.step("Ordering the triples")
    triples.flush()
    triples.optimize()
    triples.backup(folder / "oxigraph")
    del triples
    shutil.rmtree(work)
    return ox.Store.read_only(str(folder / "oxigraph"))


def _load_file(triples: ox.Store, part: Part) -> None:
    to_graph = ox.NamedNode(part.graph) if part.graph else None
    rdf_format = rdf.format_of(part.path)
    base_iri = part.path.absolute().as_uri()
    try:
        triples.bulk_load(path=part.path, format=rdf_format, base_iri=base_iri, to_graph=to_graph)
    except SyntaxError as error:
        raise InputError(error.msg, path=part.path, line=error.lineno, column=error.offset) from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be loaded: {error}", path=part.path) from error


def _publish_files(project: Project, folder: Path) -> None:
    """Put ontology, shapes and context where the server finds them."""
    folder.mkdir()
    _join(project.ontology_files, folder / "ontology.ttl")
    _join(project.shapes_files, folder / "shapes.ttl")
    shutil.copyfile(project.context_file, folder / "context.jsonld")


def _join(paths: Sequence[Path], target: Path) -> None:
    target.write_bytes(b"\n".join(path.read_bytes() for path in paths))


def _finish(folder: Path, triples: ox.Store, version: str, steps: Steps) -> Snapshot:
    """Write the manifest, and make the build the current one."""
    steps.step("Counting")
    manifest = Manifest(
        data_version=version,
        triples=len(triples),
        graphs=_counts(triples, "graph-counts"),
        classes=_counts(triples, "class-counts"),
        properties=_counts(triples, "property-counts"),
        links=_counts(triples, "link-counts"),
        licenses={row["name"].value: row["license"].value for row in select(triples, "graph-licenses")},
        entities=_counts(triples, "subject-count").get("", 0),
        files=_sizes(folder),
    )
    manifest.write(folder)
    _swap(folder)
    return Snapshot(folder, manifest)


def _counts(triples: ox.Store, name: str) -> dict[str, int]:
    solutions = triples.query(query_text(name), use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return {getattr(s["name"], "value", ""): int(s["count"].value) for s in solutions}


def _sizes(folder: Path) -> dict[str, int]:
    """Give the sizes of all files that never change again."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "in-use.lock")
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


def _swap(folder: Path) -> None:
    """Point ``current`` at the build, in one step."""
    store = folder.parent.parent
    link = store / f"current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("builds") / folder.name)
    link.replace(store / "current")


def _remove_unused(builds: Path, keep: Path) -> None:
    """Remove the builds that nobody serves or makes."""
    for folder in builds.iterdir():
        if folder == keep:
            continue
        try:
            with (folder / "in-use.lock").open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
