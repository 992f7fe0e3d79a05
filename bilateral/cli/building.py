"""``build``: the verb that makes a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilateral.cli.options import FILE, profile_option, store_option
from bilateral.project import Profile, Project

if TYPE_CHECKING:  # heavy to load
    from bilateral.build.store import Built


@click.command()
@click.argument("paths", nargs=-1, type=FILE)
@store_option
@profile_option
@click.option("--check", "checked", is_flag=True, help="Put the given files through the gate as well.")
def build(paths: tuple[Path, ...], store: Path, profile: Profile, checked: bool) -> None:
    """Build the store of the project's data, or of the RDF files in PATHS as they are.

    Example: bilateral build --store my-store facts.ttl others.nq

    Reads Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD. The old store stays in use until
    the new one is complete. The project's own data always pass the gate.
    """
    tell(make(paths, store, profile, checked))


def make(paths: tuple[Path, ...], store: Path, profile: Profile, checked: bool) -> Built:
    """Build a store, with a bar that tells how far it is."""
    from bilateral.build.store import build_files, build_project, steps_of
    from bilateral.progress import shown

    project = Project.installed()
    if not paths:
        with shown(steps_of(project, profile)) as steps:
            return build_project(project, store, profile, steps)
    with shown(len(paths) + 3) as steps:
        return build_files(paths, store, checked_by=project if checked else None, steps=steps)


def tell(built: Built) -> None:
    """Say on standard error what was built."""
    manifest = built.snapshot.manifest
    verb = "Built" if built.fresh else "Nothing has changed:"
    click.echo(
        f"{verb} {manifest.triples} triples in {len(manifest.graphs)} graphs, version {manifest.data_version}.",
        err=True,
    )
    for graph in built.graphs:
        counts = ", ".join(f"{count} {class_}" for class_, count in graph.things.items())
        left_out = f"; {len(graph.left_out)} left out" if graph.left_out else ""
        click.echo(f"{graph.graph}: {counts}{left_out}", err=True)
    if built.report and built.report.warnings:
        click.echo(f"{len(built.report.warnings)} warnings to work on: bilateral check lists them.", err=True)
