"""The command ``bilateral``: the only package that knows both paths.

Verbs are in the modules beside this one, by who needs them.
"""

from __future__ import annotations

import logging

import click

from bilateral import __version__
from bilateral.cli.asking import query
from bilateral.cli.building import build
from bilateral.cli.curating import check, format_files, import_
from bilateral.cli.publishing import diff, export
from bilateral.cli.serving import mcp, serve
from bilateral.cli.wikidata import links, quickstatements
from bilateral.errors import BilateralError

__all__ = ["main"]


class _Group(click.Group):
    """Turns our errors into one line on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BilateralError as error:
            click.echo(f"bilateral: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Check, build, serve and query an open knowledge graph of the relations between countries.

    Exit codes: 0 done; 1 the data break the shapes; 2 cannot run; and of serve and query:
    3 no store, 4 damaged store, 5 store of another version, 6 address in use.
    """
    # rdflib logs a traceback for each ill-formed literal; the gate reports these with their place.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)


for _verb in (check, format_files, import_, build, serve, mcp, export, diff, query, links, quickstatements):
    main.add_command(_verb)
