"""``check``, ``format`` and ``import``: the verbs of who adds to the data."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bilateral.cli.options import FILE, FOLDER, language_option, store_option
from bilateral.errors import InputError
from bilateral.project import Project
from bilateral.snapshot import Snapshot


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "sarif", "turtle"]),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@language_option
@click.option("--all", "everything", is_flag=True, help="Check tables, canonical form and the whole store as well.")
@store_option
def check(files: tuple[Path, ...], format_: str, language: str, *, everything: bool, store: Path) -> None:
    """Check FILES, or all of the project's curated data, against the shapes.

    Example: bilateral check data/relations/KOR-PER.ttl

    Warnings are a worklist and no failure. Exit codes: 0 conforms, 1 violations, 2 cannot run.
    """
    from bilateral.build import gate, report

    if everything and files:
        raise click.UsageError("--all checks all there is: give it no files, or leave it out")
    if everything:
        sys.exit(0 if _check_everything(store) else 1)
    result = gate.check(Project.installed(), files)
    click.echo(report.WRITERS[format_](result, language), nl=False)
    sys.exit(0 if result.conforms else 1)


def _check_everything(store: Path) -> bool:
    from bilateral.build import audit

    sound = True
    for verdict in audit.verdicts(Project.installed(), Snapshot.current(store)):
        click.echo(f"{verdict.subject}: {len(verdict.mistakes)} mistakes; {verdict.extent}")
        for mistake in verdict.mistakes:
            click.echo(f"  {mistake}")
        sound = sound and not verdict.mistakes
    return sound


@click.command("format")
@click.argument("files", nargs=-1, type=FILE)
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail where a file would change.")
def format_files(files: tuple[Path, ...], only_check: bool) -> None:
    """Write FILES, or all of the project's data and ontology, as canonical Turtle.

    Example: bilateral format data/relations/KOR-PER.ttl

    One triple a line, in a fixed order. Comments and blank nodes are refused: a comment would be
    lost, so say it as skos:editorialNote; give a blank node an IRI.
    """
    from bilateral.build import canonical

    changed = []
    for path in files or Project.installed().curated_files:
        text = canonical.of_file(path)
        if text != path.read_text(encoding="utf-8"):
            changed.append(path)
            if not only_check:
                canonical.replace(path, text)
    for path in changed:
        click.echo(f"{path} {'is not canonical: run bilateral format' if only_check else 'written'}")
    sys.exit(1 if changed and only_check else 0)


@click.command(name="import")
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "--from",
    "raw",
    required=True,
    type=FOLDER,
    help="Folder of the publishers' files.",
)
@click.option("--fetch", is_flag=True, help="Get files that are not there from their publishers first.")
@click.option(
    "--to",
    "tables",
    type=FOLDER,
    help="Folder of the tables; without it, the project's own.",
)
def import_(names: tuple[str, ...], raw: Path, tables: Path | None, *, fetch: bool) -> None:
    """Make tables of each SOURCE, or of all, from the files that their publishers give.

    Example: bilateral import kdiplo --from downloads

    A file that is another edition, or that has what nobody has looked at, is refused, and the old
    tables stay.
    """
    from bilateral.build import fetching, table
    from bilateral.build.sources import SOURCES

    unknown = [name for name in names if name not in SOURCES]
    if unknown:
        raise InputError(f"no such source; there are {', '.join(SOURCES)}", path=Path(unknown[0]))
    for name in names or SOURCES:
        if fetch:
            fetching.fetch(SOURCES[name].about, raw)
        counts = table.write(SOURCES[name], raw, tables or Project.installed().tables)
        click.echo(f"{name}: {', '.join(f'{count} {rows}' for rows, count in counts.items())}")
