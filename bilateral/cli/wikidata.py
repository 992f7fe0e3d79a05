"""``links`` and ``quickstatements``: the verbs of who edits Wikidata."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from platformdirs import user_cache_path

from bilateral.cli.options import FILE, FOLDER, SECONDS, store_option
from bilateral.project import Project
from bilateral.snapshot import Snapshot

if TYPE_CHECKING:  # heavy to load
    from bilateral.publish.wikidata.api import Patience
    from bilateral.publish.wikidata.entities import Answers
    from bilateral.publish.wikidata.links import Kinds, Link

_ANSWERS: Final = user_cache_path("bilateral") / "wikidata.jsonl"


@click.group()
def links() -> None:
    """Look after what the graph says is the same elsewhere.

    Example: bilateral links check --contact me@example.org
    """


@links.command("check")
@store_option
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
    type=FILE,
    default=_ANSWERS,
    show_default="a file of the user's",
    help="Where answers are kept until all are there, so that an interrupted run goes on.",
)
@click.option("--class", "classes", multiple=True, metavar="NAME", help="Only things of this class, as in bilat:Party.")
@click.option("--pause", default=1.0, show_default=True, type=click.FloatRange(min=0), help="Seconds between requests.")
@click.option("--timeout", default=60.0, show_default=True, type=SECONDS, help="Seconds to wait for an answer.")
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


@click.command()
@store_option
@click.option(
    "--to",
    "folder",
    type=FOLDER,
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
