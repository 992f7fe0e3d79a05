"""From tables to triples: each source becomes a file of N-Triples, for a named graph of its own.

What has not changed since the last build is not made again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from bilateral.build import relations
from bilateral.build.description import Description
from bilateral.build.meetings import Meeting, Meetings
from bilateral.build.source import LeftOut, Source
from bilateral.build.sources import SOURCES
from bilateral.build.thing import Thing, date, node, ref, string, text
from bilateral.build.world import World
from bilateral.progress import Silent, Steps
from bilateral.project import Project
from bilateral.terms import RELATION, graph_iri

_CODES: Final = slice(len(RELATION), len(RELATION) + len("KOR-PER"))


@dataclass(frozen=True)
class Generated:
    """The triples of one graph: where they are, how many things there are of each class, and of which relations.

    ``left_out`` is what its source has and the graph has not, ``meetings`` are with what curators have written.
    """

    graph: str
    path: Path
    things: Mapping[str, int]
    relations: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    meetings: tuple[Meeting, ...] = ()


class Generation:
    """The making of all graphs of sources, into a folder that keeps them for the next time."""

    def __init__(self, project: Project, folder: Path, *, all_years: bool) -> None:
        self._project = project
        self._folder = folder
        self._world = World(project, all_years=all_years)
        self._version = _version(project, all_years=all_years)

    def graphs(self, steps: Steps | None = None) -> Iterator[Generated]:
        """Give the graph of each source, and last that of the relations that they speak of.

        Raises:
            InputError: a table is missing.
        """
        steps = steps or Silent()
        self._folder.mkdir(parents=True, exist_ok=True)
        made: list[Generated] = []
        for source in SOURCES.values():
            steps.step(f"Making the graph {source.name}")
            made.append(self._of_source(source))
            yield made[-1]
        steps.step(f"Making the graph {relations.GRAPH}")
        made.append(self._of_relations({pair for graph in made for pair in graph.relations}))
        yield made[-1]
        kept = {path for graph in made for path in (graph.path, _description(graph.path))}
        for path in set(self._folder.iterdir()) - kept:
            path.unlink()

    def _of_source(self, source: Source) -> Generated:
        folder = self._project.tables / source.name
        path = self._path(source.name, b"".join(file.read_bytes() for file in sorted(folder.glob("*"))))
        meetings = Meetings(source.name, source.iri, self._world)
        met = (met for thing in _described(source, self._world) for met in meetings.resolve(thing))
        things = (_unsaid(thing, self._world) for thing in met)
        return _kept(path) or _keep(
            replace(
                _write(source.name, things, path),
                left_out=tuple(source.left_out(self._world)),
                meetings=tuple(meetings.found),
            )
        )

    def _of_relations(self, mentioned: Iterable[str]) -> Generated:
        pairs = sorted((pair[:3], pair[4:]) for pair in mentioned)
        path = self._path(relations.GRAPH, repr(pairs).encode())
        return _kept(path) or _keep(_write(relations.GRAPH, relations.things(self._world, pairs), path))

    def _path(self, graph: str, own: bytes) -> Path:
        """Name the file of a graph by all that it depends on."""
        return self._folder / f"{graph}-{hashlib.sha256(self._version + own).hexdigest()[:16]}.nt"


def _description(path: Path) -> Path:
    return path.with_suffix(".json")


def _kept(path: Path) -> Generated | None:
    """Give what an earlier build made of the same input."""
    try:
        content = json.loads(_description(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Generated(
        content["graph"],
        path,
        content["things"],
        tuple(content["relations"]),
        tuple(LeftOut(**left) for left in content["left_out"]),
        tuple(Meeting(**met) for met in content["meetings"]),
    )


def _keep(generated: Generated) -> Generated:
    """Describe what was made; without this, the file counts as unfinished."""
    description = json.dumps(asdict(generated), default=str, ensure_ascii=False)
    _description(generated.path).write_text(description, encoding="utf-8")
    return generated


def program_files() -> Iterator[Path]:
    """Give the files that say how graphs are made: the modules of the build, and the descriptions of sources."""
    for ending in ("py", "toml"):
        yield from sorted(Path(__file__).parent.rglob(f"*.{ending}"))


def _version(project: Project, *, all_years: bool) -> bytes:
    """Identify what every graph depends on: the program, the parties, the decisions and what curators say."""
    digest = hashlib.sha256(f"all years: {all_years}".encode())
    common = [*(project.tables / name for name in ("parties", "cldr")), project.root / "data" / "decisions"]
    shared = [path for folder in common for path in sorted(folder.glob("*"))]
    for path in [*program_files(), *shared, *project.curated_files]:
        digest.update(path.read_bytes())
    return digest.digest()


def _write(graph: str, things: Iterable[Thing], path: Path) -> Generated:
    counts: Counter[str] = Counter()
    mentioned: set[str] = set()
    with path.open("w", encoding="utf-8") as file:
        for thing in things:
            file.writelines(thing.triples())
            counts[thing.class_] += 1
            if thing.iri.startswith(RELATION):
                mentioned.add(thing.iri[_CODES])
    counts.pop("", None)
    return Generated(graph, path, dict(sorted(counts.items())), tuple(sorted(mentioned)))


def _cited(about: Description) -> str:
    """Write how to cite a source: who, what, in which state, where."""
    return f"{about.publisher}: {about.title}. State of {about.version}. {about.address}"


def _unsaid(thing: Thing, world: World) -> Thing:
    """Leave out what curators say as well: the union of the graphs should have every triple once."""
    if not world.is_curated(thing.iri):
        return thing
    said = world.said(thing.iri)
    return Thing(thing.iri, tuple((name, term) for name, term in thing.properties if (ref(name), term) not in said))


def _described(source: Source, world: World) -> Iterator[Thing]:
    """Give the facts of a source, the source, and the licence of the graph that they make."""
    about = source.about
    yield Thing(
        graph_iri(source.name),
        (
            ("rdf:type", ref("void:Dataset")),
            ("dcterms:title", text(about.title, "en")),
            ("dcterms:publisher", string(about.publisher)),
            ("dcterms:license", node(about.license)),
            ("dcterms:source", node(source.iri)),
            ("dcterms:bibliographicCitation", string(_cited(about))),
            ("prov:wasDerivedFrom", node(about.address)),
        ),
    )
    if not about.curated_as:
        yield Thing(
            source.iri,
            (
                ("rdf:type", ref("bilat:Source")),
                ("bilat:kind", ref("source:dataset")),
                ("dcterms:title", text(about.title, "en")),
                ("dcterms:publisher", string(about.publisher)),
                ("dcterms:license", node(about.license)),
                ("rdfs:label", text(f"{about.publisher}: {about.title}", "en")),
                ("schema:url", node(about.address)),
                *((("dcterms:issued", date(about.version)),) if about.version[:4].isdigit() else ()),
            ),
        )
    yield from source.facts(world)
