"""``export`` and ``diff``: the verbs of releases."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bilateral.cli.options import FOLDER, language_option, store_option
from bilateral.release import Release
from bilateral.snapshot import Snapshot


@click.command()
@store_option
@click.option("--release", "version", metavar="VERSION", help="Name of the release, as 2026.11; else its data version.")
@click.option("--to", default="dist", show_default=True, type=FOLDER, help="Folder of the releases.")
def export(store: Path, version: str | None, to: Path) -> None:
    """Write a release of the store: the whole graph, tables, descriptions and checksums.

    Example: bilateral export --release 2026.11

    Each release is a folder of its own, which never changes again; what it changes is told beside the
    release before it.
    """
    from bilateral.progress import shown
    from bilateral.publish import export as exporting

    with shown(exporting.STEPS) as steps:
        release = exporting.export(Snapshot.current(store), to, version, steps)
    click.echo(f"{release.folder}: {release.triples} triples, {release.relations} relations", err=True)


@click.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "patch"]),
    default="text",
    show_default=True,
    help="For people, or as JSON, or as RDF Patch.",
)
@language_option
def diff(old: Path, new: Path, format_: str, language: str) -> None:
    """Tell what was added, removed and changed from release OLD to release NEW.

    Example: bilateral diff dist/2026.10 dist/2026.11
    """
    from bilateral.publish import telling

    telling.WRITERS[format_](Release.read(old), Release.read(new), language, sys.stdout.buffer)
