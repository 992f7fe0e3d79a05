"""All that must hold before a release: shapes, ontology style, canonical form, counts, and the whole store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bilateral.build import canonical, gate, relations, setwise
from bilateral.build.finding import Report
from bilateral.build.rows import read
from bilateral.build.sources import SOURCES
from bilateral.project import Project
from bilateral.snapshot import Snapshot


@dataclass(frozen=True)
class Verdict:
    """What was looked at, what is wrong with it, if anything, and how much there was to look at."""

    subject: str
    mistakes: tuple[str, ...]
    extent: str


def verdicts(project: Project, snapshot: Snapshot) -> Iterator[Verdict]:
    """Look at one thing after the other, and give the verdict on each.

    Raises:
        InputError: a file does not parse, or a table is missing.
    """
    yield _curated(project)
    yield _canonical(project)
    yield _tables(project)
    yield _counts(project, snapshot)
    yield _store(project, snapshot)


def _curated(project: Project) -> Verdict:
    """Check the curated files and the ontology by the reference, pySHACL."""
    report = gate.check(project)
    mistakes = tuple(f"{found.file}:{found.line}: {found.rule}" for found in report.violations)
    return Verdict("curated files and ontology", mistakes, f"{report.nodes} nodes, {len(report.warnings)} warnings")


def _canonical(project: Project) -> Verdict:
    files = project.curated_files
    other = (path for path in files if canonical.of_file(path) != path.read_text(encoding="utf-8"))
    mistakes = tuple(f"{path} is not canonical: run bilateral format" for path in other)
    return Verdict("canonical form", mistakes, f"{len(files)} files")


def _tables(project: Project) -> Verdict:
    """Compare each table with its description, and with the rows that its source should have."""
    mistakes = []
    count = 0
    for source in SOURCES.values():
        folder = project.tables / source.name
        described = json.loads((folder / f"{source.name}.csv-metadata.json").read_text(encoding="utf-8"))
        extents = {each["url"].partition(".")[0]: each["dc:extent"] for each in described["tables"]}
        for name, table in source.about.tables.items():
            rows = sum(1 for _ in read(folder, name))
            count += rows
            if not table.floor <= rows <= table.ceiling:
                mistakes.append(f"{source.name}/{name} has {rows} rows, not {table.floor} to {table.ceiling}")
            if extents.get(name) != f"{rows} rows":
                mistakes.append(f"{source.name}/{name} has {rows} rows; its description says otherwise")
    return Verdict("tables", tuple(mistakes), f"{count} rows")


def _counts(project: Project, snapshot: Snapshot) -> Verdict:
    """Look for graphs that the project's data make and the store lacks."""
    wanted = {project.graph_name(path) for path in project.curated_files}
    graphs = {name for iri in snapshot.manifest.graphs if (name := iri.partition("/graph/")[2])}
    if graphs - wanted:  # more than the curated profile
        wanted |= {*SOURCES, relations.GRAPH}
    mistakes = tuple(f"the store lacks the graph {name}: build it again" for name in sorted(wanted - graphs))
    return Verdict("graphs of the store", mistakes, f"{len(graphs)} graphs, {snapshot.manifest.triples} triples")


def _store(project: Project, snapshot: Snapshot) -> Verdict:
    """Check the whole store by sets."""
    findings = setwise.validate_folder(snapshot.triples_folder, project.data_shapes)
    report = Report(tuple(findings), snapshot.manifest.entities)
    mistakes = tuple(f"{found.focus_node}: {found.rule}" for found in report.violations)
    return Verdict("the whole store", mistakes, f"{report.nodes} nodes, {len(report.warnings)} warnings")
