"""``serve`` and ``mcp``: the verbs that offer a store to others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import click

from bilateral.cli import building
from bilateral.cli.options import COUNT, FOLDER, POSITIVE, SECONDS, profile_option, store_option
from bilateral.project import Profile, Project
from bilateral.serve.limits import KIBIBYTE, MEBIBYTE, FederationLimits, Limits
from bilateral.terms import WIKIDATA_ENDPOINT

_ENDPOINT: Final = re.compile(
    r"https?://[\w.\-]+(:\d{1,5})?(/[^\s<>\"{}|\\^`#]*)?|https?://\[[0-9a-f:.]+\](:\d{1,5})?/\S*"
)
# Scheme, host and port, and a path: no password, and no fragment.


def _endpoints(iris: tuple[str, ...]) -> tuple[str, ...]:
    """Check the IRIs of endpoints; each is kept once."""
    for iri in iris:
        if not _ENDPOINT.fullmatch(iri):
            raise click.BadParameter(f"{iri} is not the full IRI of an endpoint, such as {WIKIDATA_ENDPOINT}.")
    return tuple(dict.fromkeys(iris))


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option(
    "--build", "build_first", is_flag=True, help="Build the project's store first, where something has changed."
)
@profile_option
@click.option(
    "--releases",
    type=FOLDER,
    default="dist",
    envvar="BILATERAL_RELEASES",
    show_default=True,
    help="Folder of the releases to offer.",
)
@click.option("--public-url", metavar="URL", help="Where clients find the server, behind a proxy.")
@click.option("--workers", default=Limits.workers, show_default=True, type=POSITIVE, help="Queries at once.")
@click.option("--queue", default=Limits.queue, show_default=True, type=COUNT, help="Queries that may wait.")
@click.option(
    "--query-timeout", default=Limits.query_timeout, show_default=True, type=SECONDS, help="Seconds of work a query."
)
@click.option(
    "--client-timeout",
    default=Limits.client_timeout,
    show_default=True,
    type=SECONDS,
    help="Seconds to wait for a client that does not send or read.",
)
@click.option(
    "--memory",
    default=Limits.memory // MEBIBYTE,
    show_default=True,
    type=POSITIVE,
    help="MiB of memory a query.",
)
@click.option("--rows", default=Limits.rows, show_default=True, type=POSITIVE, help="Rows of a result.")
@click.option(
    "--result-size",
    default=Limits.result_bytes // MEBIBYTE,
    show_default=True,
    type=POSITIVE,
    help="MiB of a result.",
)
@click.option(
    "--request-size",
    default=Limits.request_bytes // KIBIBYTE,
    show_default=True,
    type=POSITIVE,
    help="KiB of a request's body.",
)
@click.option(
    "--head-size",
    default=Limits.head_bytes // KIBIBYTE,
    show_default=True,
    type=POSITIVE,
    help="KiB of a request's address and header fields.",
)
@click.option(
    "--connections", default=Limits.connections, show_default=True, type=POSITIVE, help="Clients connected at once."
)
@click.option("--nesting", default=Limits.nesting, show_default=True, type=POSITIVE, help="Depth of brackets.")
@click.option("--operators", default=Limits.operators, show_default=True, type=POSITIVE, help="Operators in a query.")
@click.option(
    "--cache",
    default=Limits.cache // MEBIBYTE,
    show_default=True,
    type=COUNT,
    help="MiB of results that are kept; 0 keeps none.",
)
@click.option(
    "--federate",
    "endpoints",
    metavar="IRI",
    multiple=True,
    default=[WIKIDATA_ENDPOINT],
    show_default=True,
    callback=lambda _context, _option, iris: _endpoints(iris),
    help="An endpoint that SERVICE may ask, instead of Wikidata's; may be given several times.",
)
@click.option("--no-federation", is_flag=True, help="Refuse SERVICE, and ask no other endpoint.")
@click.option(
    "--federation-timeout",
    default=FederationLimits.timeout,
    show_default=True,
    type=SECONDS,
    help="Seconds to wait for other endpoints, a query.",
)
@click.option(
    "--federation-size",
    default=FederationLimits.answer_bytes // MEBIBYTE,
    show_default=True,
    type=POSITIVE,
    help="MiB of an answer of another endpoint.",
)
@click.option(
    "--federation-rows",
    default=FederationLimits.rows,
    show_default=True,
    type=POSITIVE,
    help="Rows that other endpoints may give for a SERVICE clause.",
)
@click.option(
    "--federation-requests",
    default=FederationLimits.requests,
    show_default=True,
    type=POSITIVE,
    help="Requests at once to another endpoint.",
)
@click.option(
    "--federation-age",
    default=FederationLimits.age,
    show_default=True,
    type=click.FloatRange(min=0),
    help="Seconds for which an answer of another endpoint is taken as fresh.",
)
def serve(
    store: Path,
    host: str,
    port: int,
    *,
    build_first: bool,
    profile: Profile,
    public_url: str | None,
    releases: Path,
    endpoints: tuple[str, ...],
    no_federation: bool,
    federation_timeout: float,
    federation_size: int,
    federation_rows: int,
    federation_requests: int,
    federation_age: float,
    **limits: Any,
) -> None:
    """Serve the store over HTTP.

    Example: bilateral serve --port 8080

    Prints the address when it is ready to answer.
    """
    if build_first:
        building.tell(building.make((), store, profile, False))
    from bilateral.serve.server import run

    project = Project.installed()
    federated = FederationLimits(
        endpoints=() if no_federation else endpoints,
        timeout=federation_timeout,
        answer_bytes=federation_size * MEBIBYTE,
        rows=federation_rows,
        requests=federation_requests,
        age=federation_age,
    )
    asks_wikidata = WIKIDATA_ENDPOINT in federated.endpoints
    run(
        store,
        host,
        port,
        [*project.questions(), *(project.federated_questions() if asks_wikidata else ())],
        _limits(**limits),
        public_url=public_url.rstrip("/") if public_url else None,
        releases_folder=releases,
        federated=federated,
    )


def _limits(*, memory: int, result_size: int, request_size: int, head_size: int, cache: int, **others: float) -> Limits:
    return Limits(
        memory=memory * MEBIBYTE,
        result_bytes=result_size * MEBIBYTE,
        request_bytes=request_size * KIBIBYTE,
        head_bytes=head_size * KIBIBYTE,
        cache=cache * MEBIBYTE,
        **others,  # type: ignore[arg-type] # click has checked them
    )


@click.command()
@store_option
@click.option("--build/--no-build", "build_first", default=False, help="Build the store of the project's data first.")
def mcp(store: Path, build_first: bool) -> None:
    """Offer the store to a language model, as tools by the Model Context Protocol on standard input and output.

    Example: bilateral mcp --build

    A program that runs language models starts it; docs/mcp.md says how to tell it.
    """
    from bilateral.serve.mcp.server import run

    if build_first:
        building.make((), store, "core", False)
    run(store, list(Project.installed().questions()))
