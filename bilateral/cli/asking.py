"""``query``: the verb that asks a store or an endpoint."""

from __future__ import annotations

from pathlib import Path

import click

from bilateral.cli.options import store_option
from bilateral.errors import InputError


@click.command()
@click.argument("query")
@store_option
@click.option("--endpoint", metavar="URL", help="Ask this endpoint instead of the store.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to write the rows.",
)
def query(query: str, store: Path, endpoint: str | None, format_: str) -> None:
    """Run QUERY, a SPARQL text or a file that holds one.

    Example: bilateral query 'SELECT * { ?s ?p ?o } LIMIT 3'

    CONSTRUCT and DESCRIBE are written as Turtle, or as JSON-LD with --format json.
    """
    from bilateral.serve import asking

    text = _query_text(query)
    answer = asking.ask_endpoint(text, endpoint, format_) if endpoint else asking.ask_store(text, store, format_)
    click.echo(answer, nl=not answer.endswith("\n"))


def _query_text(query: str) -> str:
    """Read a file where the argument names one."""
    looks_like_file = (
        len(query) < 1024 and "\n" not in query and (query.endswith((".rq", ".sparql")) or Path(query).is_file())
    )
    if not looks_like_file:
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path=Path(query)) from error
