"""Exporting: a built store → a release, in a new folder that takes its name when it is complete."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bilateral.errors import ReleaseError
from bilateral.processes import pool
from bilateral.progress import Silent, Steps
from bilateral.publish import citation, comparison, croissant, description, dumps, eventstream, quads, relations, series
from bilateral.query import select
from bilateral.release import LATEST, MANIFEST, NAME, Release, graph_file, releases, write_checksums
from bilateral.snapshot import Manifest, Snapshot

STEPS: Final = 6 + len(dumps.WRITERS)
"""The number of steps of an export."""

_PROCESSES: Final = 2


def export(snapshot: Snapshot, to: Path, version: str | None = None, steps: Steps | None = None) -> Release:
    """Write a release of a store into ``to/<version>``; without a version, the one of its data.

    The same store gives the same bytes. What is there stays until all is written.

    Raises:
        ReleaseError: the version is no name for a folder, or is taken by other data.
    """
    steps = steps or Silent()
    version = version or snapshot.manifest.data_version
    previous = _previous(to, version, snapshot)
    with _folder(to, version) as folder:
        (folder / "work").mkdir()
        sorted_quads = folder / "work" / "sorted.nq"
        counts = _write_data(snapshot, sorted_quads, folder, steps)
        steps.step("Comparing with the release before")
        changes = comparison.write(previous, version, sorted_quads, folder) if previous else 0
        release = Release(
            version=version,
            data_version=snapshot.manifest.data_version,
            modified=_modified(snapshot),
            triples=snapshot.manifest.triples,
            graphs=snapshot.manifest.graphs,
            tables=counts,
            relations=sum(1 for _ in (folder / "relations").iterdir()),
            previous=previous.version if previous else None,
            changes=changes,
            folder=folder,
        )
        shutil.rmtree(folder / "work")
        eventstream.write(release, {each.version: each for each in releases(to)})
        steps.step("Describing the files")
        _describe(release, snapshot)
    return Release.read(to / version)


def _write_data(snapshot: Snapshot, sorted_quads: Path, folder: Path, steps: Steps) -> Mapping[str, int]:
    """Write all data files, on two processes; gives the number of rows of each table.

    Each task has a process of its own, which takes its memory with it when it ends.
    """
    for name in ("graphs", "relations", "tables"):
        (folder / name).mkdir()
    with pool(_PROCESSES, tasks_each=1) as processes:
        steps.step("Sorting the quads")
        graphs = processes.submit(_sort, snapshot.triples_folder, sorted_quads).result()
        jobs: dict[Future[object], str] = {}

        def submit(what: str, task: Callable[..., object], *arguments: object) -> Future[object]:
            job = processes.submit(task, *arguments)
            jobs[job] = what
            return job

        submit("one file a relation", _write_relations, sorted_quads, folder, snapshot.manifest)
        tables = submit("tables", _write_tables, snapshot.triples_folder, folder)
        for extension in dumps.WRITERS:
            path = folder / f"bilateral.{extension}.gz"
            submit(path.name, dumps.write_whole, extension, sorted_quads, graphs, path)
        submit("one file a source", _write_graphs, graphs, folder)
        for job in as_completed(jobs):
            job.result()
            steps.step(f"Written: {jobs[job]}")
    counts = tables.result()
    assert isinstance(counts, Mapping)
    return counts


def _sort(triples_folder: Path, sorted_quads: Path) -> Mapping[str, Path]:
    """Write all quads sorted, and again by graph."""
    quads.write_sorted(triples_folder, sorted_quads)
    return quads.split_by_graph(sorted_quads, sorted_quads.parent)


def _write_relations(sorted_quads: Path, folder: Path, manifest: Manifest) -> None:
    """Write the file of each relation, and what lists them."""
    series.write(folder, relations.write_relations(sorted_quads, folder / "relations"), manifest)


def _write_tables(triples_folder: Path, folder: Path) -> Mapping[str, int]:
    from bilateral.publish import database, table  # noqa: PLC0415 - heavy to load, and needed in one process alone

    store = ox.Store.read_only(str(triples_folder))
    tables = table.tables()
    path = folder / "bilateral.sqlite"
    counts = database.write_database(store, tables, path)
    for each in tables:
        database.write_table(path, each, folder / "tables")
    return counts


def _write_graphs(graphs: Mapping[str, Path], folder: Path) -> None:
    """Write each named graph to a file of its own, under the graph's name."""
    for iri, path in graphs.items():
        target = folder / graph_file(iri)
        target.parent.mkdir(parents=True, exist_ok=True)
        dumps.write_n_quads(path, target)


def _describe(release: Release, snapshot: Snapshot) -> None:
    """Write what says what the files are, and their checksums."""
    for path in sorted(snapshot.files.iterdir()):
        shutil.copyfile(path, release.folder / path.name)
    store = ox.Store.read_only(str(snapshot.triples_folder))
    citation.write(release)
    croissant.write(release, snapshot.manifest)
    description.write(release, snapshot.manifest, store)
    write_checksums(release.folder)
    release.write()


def _modified(snapshot: Snapshot) -> str:
    """Give the day on which the latest of the sources was looked at."""
    store = ox.Store.read_only(str(snapshot.triples_folder))
    latest = next(iter(select(store, "home/sources")), None)
    return str(getattr(latest["latest"] if latest else None, "value", ""))


def _previous(to: Path, version: str, snapshot: Snapshot) -> Release | None:
    """Give the release to compare with: of a version that is there already, the same as before."""
    if not NAME.fullmatch(version) or version == LATEST:
        raise ReleaseError(f"{version} is no name of a release: use letters, digits, dots and hyphens, as in 2026.11.")
    known = {release.version: release for release in releases(to)}
    same = known.get(version)
    if same is None:
        return next(iter(known.values()), None)
    if same.data_version != snapshot.manifest.data_version:
        raise ReleaseError(f"{to / version} is a release of other data, and releases never change: use a new version.")
    return known.get(same.previous or "")


@contextmanager
def _folder(to: Path, version: str) -> Iterator[Path]:
    """Give a new folder to write in; it takes its name at the end, and goes again if something fails."""
    to.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{version}-", dir=to))
    folder.chmod(0o755)
    try:
        yield folder
        _put(folder, to / version)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _point(to / LATEST, version)


def _put(folder: Path, target: Path) -> None:
    """Give a folder its name, in place of a release of the same data."""
    assert (folder / MANIFEST).exists()
    old = target.with_name(f".{target.name}-old")
    if target.exists():
        target.rename(old)
    folder.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _point(link: Path, version: str) -> None:
    """Point a link at a folder beside it, in one step."""
    new = link.with_name(f".{link.name}")
    new.unlink(missing_ok=True)
    new.symlink_to(version)
    new.replace(link)
