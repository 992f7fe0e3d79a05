"""The command ``bilateral``: the only module that knows both paths."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from platformdirs import user_cache_path, user_data_path

from bilateral import __version__
from bilateral.errors import BilateralError, InputError
from bilateral.project import PROFILES, Profile, Project
from bilateral.release import Release
from bilateral.serve.limits import KIBIBYTE, MEBIBYTE, FederationLimits, Limits
from bilateral.snapshot import Snapshot
from bilateral.terms import LANGUAGES, WIKIDATA_ENDPOINT

if TYPE_CHECKING:  # heavy to load, and needed by one verb each
    from bilateral.build.store import Built
    from bilateral.publish.wikidata.api import Patience
    from bilateral.publish.wikidata.entities import Answers
    from bilateral.publish.wikidata.links import Kinds, Link

DEFAULT_STORE: Final = user_data_path("bilateral") / "store"
_ANSWERS: Final = user_cache_path("bilateral") / "wikidata.jsonl"

_profile_option = click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default="core",
    envvar="BILATERAL_PROFILE",
    show_default=True,
    help="What of the project's data: all but observations of every year, all, or the curated files.",
)
_store_option = click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_STORE,
    envvar="BILATERAL_STORE",
    show_default="a folder of the user's",
    help="Folder of the store.",
)
_language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the messages.",
)
_POSITIVE: Final = click.IntRange(min=1)
_COUNT: Final = click.IntRange(min=0)
_SECONDS: Final = click.FloatRange(min=0, min_open=True)
_FOLDER: Final = click.Path(path_type=Path, file_okay=False)
_ENDPOINT: Final = re.compile(
    r"https?://[\w.\-]+(:\d{1,5})?(/[^\s<>\"{}|\\^`#]*)?|https?://\[[0-9a-f:.]+\](:\d{1,5})?/\S*"
)
# Scheme, host and port, and a path: no password, and no fragment.
_FILE: Final = click.Path(path_type=Path, dir_okay=False)


def _endpoints(iris: tuple[str, ...]) -> tuple[str, ...]:
    """Check the IRIs of endpoints; each is kept once."""
    for iri in iris:
        if not _ENDPOINT.fullmatch(iri):
            raise click.BadParameter(f"{iri} is not the full IRI of an endpoint, such as {WIKIDATA_ENDPOINT}.")
    return tuple(dict.fromkeys(iris))


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


@main.command()
@click.argument("files", nargs=-1, type=_FILE)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "sarif", "turtle"]),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@_language_option
@click.option("--all", "everything", is_flag=True, help="Check tables, canonical form and the whole store as well.")
@_store_option
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


@main.command("format")
@click.argument("files", nargs=-1, type=_FILE)
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


@main.command()
@click.argument("paths", nargs=-1, type=_FILE)
@_store_option
@_profile_option
@click.option("--check", "checked", is_flag=True, help="Put the given files through the gate as well.")
def build(paths: tuple[Path, ...], store: Path, profile: Profile, checked: bool) -> None:
    """Build the store of the project's data, or of the RDF files in PATHS as they are.

    Example: bilateral build --store my-store facts.ttl others.nq

    Reads Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD. The old store stays in use until
    the new one is complete. The project's own data always pass the gate.
    """
    _say(_build(paths, store, profile, checked))


def _build(paths: tuple[Path, ...], store: Path, profile: Profile, checked: bool) -> Built:
    from bilateral.build.store import build_files, build_project, steps_of
    from bilateral.progress import shown

    project = Project.installed()
    if not paths:
        with shown(steps_of(project, profile)) as steps:
            return build_project(project, store, profile, steps)
    with shown(len(paths) + 3) as steps:
        return build_files(paths, store, checked_by=project if checked else None, steps=steps)


def _say(built: Built) -> None:
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


@main.command(name="import")
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "--from",
    "raw",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the publishers' files.",
)
@click.option("--fetch", is_flag=True, help="Get files that are not there from their publishers first.")
@click.option(
    "--to",
    "tables",
    type=click.Path(path_type=Path, file_okay=False),
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
            fetching.fetch(SOURCES[name], raw)
        counts = table.write(SOURCES[name], raw, tables or Project.installed().tables)
        click.echo(f"{name}: {', '.join(f'{count} {rows}' for rows, count in counts.items())}")


@main.command()
@_store_option
@click.option("--build/--no-build", "build_first", default=False, help="Build the store of the project's data first.")
def mcp(store: Path, build_first: bool) -> None:
    """Offer the store to a language model, as tools by the Model Context Protocol on standard input and output.

    Example: bilateral mcp --build

    A program that runs language models starts it; docs/mcp.md says how to tell it.
    """
    from bilateral.serve.mcp.server import run

    if build_first:
        _build((), store, "core", False)
    run(store, list(Project.installed().questions()))


@main.command()
@_store_option
@click.option("--release", "version", metavar="VERSION", help="Name of the release, as 2026.11; else its data version.")
@click.option("--to", default="dist", show_default=True, type=_FOLDER, help="Folder of the releases.")
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


@main.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "patch"]),
    default="text",
    show_default=True,
    help="For people, or as JSON, or as RDF Patch.",
)
@_language_option
def diff(old: Path, new: Path, format_: str, language: str) -> None:
    """Tell what was added, removed and changed from release OLD to release NEW.

    Example: bilateral diff dist/2026.10 dist/2026.11
    """
    from bilateral.publish import telling

    telling.WRITERS[format_](Release.read(old), Release.read(new), language, sys.stdout.buffer)


@main.command()
@_store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option(
    "--build", "build_first", is_flag=True, help="Build the project's store first, where something has changed."
)
@_profile_option
@click.option(
    "--releases",
    type=_FOLDER,
    default="dist",
    envvar="BILATERAL_RELEASES",
    show_default=True,
    help="Folder of the releases to offer.",
)
@click.option("--public-url", metavar="URL", help="Where clients find the server, behind a proxy.")
@click.option("--workers", default=Limits.workers, show_default=True, type=_POSITIVE, help="Queries at once.")
@click.option("--queue", default=Limits.queue, show_default=True, type=_COUNT, help="Queries that may wait.")
@click.option(
    "--query-timeout", default=Limits.query_timeout, show_default=True, type=_SECONDS, help="Seconds of work a query."
)
@click.option(
    "--client-timeout",
    default=Limits.client_timeout,
    show_default=True,
    type=_SECONDS,
    help="Seconds to wait for a client that does not send or read.",
)
@click.option(
    "--memory",
    default=Limits.memory // MEBIBYTE,
    show_default=True,
    type=_POSITIVE,
    help="MiB of memory a query.",
)
@click.option("--rows", default=Limits.rows, show_default=True, type=_POSITIVE, help="Rows of a result.")
@click.option(
    "--result-size",
    default=Limits.result_bytes // MEBIBYTE,
    show_default=True,
    type=_POSITIVE,
    help="MiB of a result.",
)
@click.option(
    "--request-size",
    default=Limits.request_bytes // KIBIBYTE,
    show_default=True,
    type=_POSITIVE,
    help="KiB of a request's body.",
)
@click.option(
    "--head-size",
    default=Limits.head_bytes // KIBIBYTE,
    show_default=True,
    type=_POSITIVE,
    help="KiB of a request's address and header fields.",
)
@click.option(
    "--connections", default=Limits.connections, show_default=True, type=_POSITIVE, help="Clients connected at once."
)
@click.option("--nesting", default=Limits.nesting, show_default=True, type=_POSITIVE, help="Depth of brackets.")
@click.option("--operators", default=Limits.operators, show_default=True, type=_POSITIVE, help="Operators in a query.")
@click.option(
    "--cache",
    default=Limits.cache // MEBIBYTE,
    show_default=True,
    type=_COUNT,
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
    type=_SECONDS,
    help="Seconds to wait for other endpoints, a query.",
)
@click.option(
    "--federation-size",
    default=FederationLimits.answer_bytes // MEBIBYTE,
    show_default=True,
    type=_POSITIVE,
    help="MiB of an answer of another endpoint.",
)
@click.option(
    "--federation-rows",
    default=FederationLimits.rows,
    show_default=True,
    type=_POSITIVE,
    help="Rows that other endpoints may give for a SERVICE clause.",
)
@click.option(
    "--federation-requests",
    default=FederationLimits.requests,
    show_default=True,
    type=_POSITIVE,
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
        _say(_build((), store, profile, False))
    from bilateral.serve.server import run

    asks_wikidata = WIKIDATA_ENDPOINT in endpoints and not no_federation
    project = Project.installed()
    run(
        store,
        host,
        port,
        [*project.questions(), *(project.federated_questions() if asks_wikidata else ())],
        _limits(**limits),
        public_url=public_url.rstrip("/") if public_url else None,
        releases_folder=releases,
        federated=FederationLimits(
            endpoints=() if no_federation else endpoints,
            timeout=federation_timeout,
            answer_bytes=federation_size * MEBIBYTE,
            rows=federation_rows,
            requests=federation_requests,
            age=federation_age,
        ),
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


@main.command()
@click.argument("query")
@_store_option
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


@main.group()
def links() -> None:
    """Look after what the graph says is the same elsewhere.

    Example: bilateral links check --contact me@example.org
    """


@links.command("check")
@_store_option
@click.option(
    "--contact",
    metavar="WHO",
    required=True,
    envvar="BILATERAL_CONTACT",
    help="An address or page where Wikidata's operators reach you: their policy asks for one.",
)
@click.option("--endpoint", metavar="URL", default="https://www.wikidata.org/w/api.php", show_default=True, help="API.")
@click.option(
    "--resume",
    type=_FILE,
    default=_ANSWERS,
    show_default="a file of the user's",
    help="Where answers are kept until all are there, so that an interrupted run goes on.",
)
@click.option("--class", "classes", multiple=True, metavar="NAME", help="Only things of this class, as in bilat:Party.")
@click.option("--pause", default=1.0, show_default=True, type=click.FloatRange(min=0), help="Seconds between requests.")
@click.option("--timeout", default=60.0, show_default=True, type=_SECONDS, help="Seconds to wait for an answer.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How to write the report.",
)
def check_links(
    *,
    store: Path,
    contact: str,
    endpoint: str,
    resume: Path,
    classes: tuple[str, ...],
    pause: float,
    timeout: float,
    format_: str,
) -> None:
    """Ask Wikidata whether every item that the graph names is there, and is what we say.

    Example: bilateral links check --contact me@example.org --class bilat:Party

    Exit codes: 0 all agree, 1 some do not, 2 cannot run or was refused, 130 interrupted.
    """
    import pyoxigraph as ox

    from bilateral.publish.wikidata import checking, report
    from bilateral.publish.wikidata.api import Patience
    from bilateral.publish.wikidata.entities import Answers
    from bilateral.publish.wikidata.links import Kinds, stated

    kinds = Kinds.reviewed()
    triples = ox.Store.read_only(str(Snapshot.current(store).triples_folder))
    found = [link for link in stated(triples, kinds) if not classes or link.class_ in classes]
    same = checking.read_same(Project.installed().root / "data" / "decisions" / "parties.csv")
    with Answers(resume, endpoint) as answers:
        _ask_wikidata(found, kinds, answers, (endpoint, contact, Patience(pause, timeout)))
        verdict = checking.Check(kinds, answers, same).verdict(found)
        click.echo(report.WRITERS[format_](verdict), nl=False)
        answers.discard()
    sys.exit(1 if verdict.disagreements else 0)


def _ask_wikidata(found: list[Link], kinds: Kinds, answers: Answers, server: tuple[str, str, Patience]) -> None:
    """Ask for what is not known, and say how long it will take and how to go on."""
    from bilateral.errors import RemoteError
    from bilateral.progress import shown
    from bilateral.publish.wikidata.api import Wikidata
    from bilateral.publish.wikidata.asking import ask, requests_for, unasked

    waiting = unasked(found, answers)
    requests = requests_for(waiting)
    seconds = requests * server[2].pause
    click.echo(
        f"{len(waiting)} items to ask for, {len(answers)} answers are here: {requests} requests, "
        f"{seconds:.0f} seconds of pauses, and some more for the classes of what they are.",
        err=True,
    )
    go_on = f"Answers are kept in {answers.path}; the same command goes on from there."
    try:
        with Wikidata(*server) as wikidata, shown(requests) as steps:
            ask(found, kinds, wikidata, answers, steps)
    except RemoteError as error:
        raise RemoteError(f"{error} {go_on}") from error
    except KeyboardInterrupt:
        click.echo(f"Interrupted. {go_on}", err=True)
        sys.exit(130)


@main.command()
@_store_option
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder of the three files; without it, the present one.",
)
def quickstatements(store: Path, folder: Path) -> None:
    """Write what Wikidata could have from the store, as rows for QuickStatements, to be reviewed by a person.

    Example: bilateral quickstatements --to for-wikidata

    Only on the word of official sources, never what is contested, and only from graphs in the public
    domain. What is left out is listed with the reason.
    """
    from collections import Counter

    import pyoxigraph as ox

    from bilateral.publish.wikidata.quickstatements import write
    from bilateral.publish.wikidata.statements import proposed

    triples = ox.Store.read_only(str(Snapshot.current(store).triples_folder))
    statements, left_out = proposed(triples)
    write(folder, statements, left_out)
    click.echo(f"{len(statements)} rows to review, {len(left_out)} left out:", err=True)
    for reason, count in Counter(one.reason.partition(":")[0] for one in left_out).most_common():
        click.echo(f"  {count} {reason}", err=True)
