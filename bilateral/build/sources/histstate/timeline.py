"""Recognition, relations, breaks and resumptions: what the headings of the guide to relations tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build import names
from bilateral.build.fact import directed, fact, moment
from bilateral.build.raw import Raw, Row
from bilateral.build.source import LeftOut
from bilateral.build.sources.histstate.countries import ABOUT, USA
from bilateral.build.thing import Property, Texts, Thing, ref, texts
from bilateral.build.world import World

_AT_POST: Final = {"mission-opening", "mission-closure", "upgrade", "recall"}


def rows(raw: Raw) -> Iterator[Row]:
    """Give the sections of each article by number; their text is prose, and left aside."""
    numbers: Counter[str] = Counter()
    for record in raw.records("timeline", ("article", "event_type", "heading", "date", "date_to")):
        numbers[record["article"]] += 1
        number = f"{numbers[record['article']]:02}"
        heading = " ".join(record["heading"].split())
        yield (record["article"], number, record["event_type"], heading, record["date"], record["date_to"])


def left_out(world: World) -> Iterator[LeftOut]:
    """List the sections that tell no event between two parties."""
    for decided in world.decisions("histstate-events"):
        if not decided["kind"]:
            yield LeftOut("timeline", f"{decided['article']} {decided['number']}", names.small(decided["reason"]))


def facts(world: World) -> Iterator[Thing]:
    """Describe the events, as somebody decided that the headings tell them."""
    decided: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in world.decisions("histstate-events"):
        decided.setdefault((row["article"], row["number"]), []).append(row)
    for row in world.rows(ABOUT.name, "timeline"):
        events = [event for event in decided[row["article"], row["number"]] if event["kind"]]
        for event in events:
            yield from _described(world, event)


def _described(world: World, event: Mapping[str, str]) -> Iterator[Thing]:
    pair = (USA, event["party"])
    labels = _label(world, event)
    name = f"event-histstate-{event['article']}-{event['number']}-{event['kind']}"
    locator = f"rdcr, article {event['article']}, section {int(event['number'])}"
    cited = ABOUT.cite(name, locator, "listed", fact=labels)
    yield cited
    properties = (
        ("bilat:kind", ref(f"event:{event['kind']}")),
        *_direction(event),
        *moment(event["date"], event["end"]),
        *texts("rdfs:label", labels),
    )
    yield fact("bilat:RelationEvent", pair, name, [cited.iri], properties)


def _direction(event: Mapping[str, str]) -> tuple[Property, ...]:
    """Say who acted, where the heading tells it."""
    if event["by"] not in {USA, "other"}:
        return ()
    return directed(USA, event["party"]) if event["by"] == USA else directed(event["party"], USA)


def _label(world: World, event: Mapping[str, str]) -> Texts:
    kind, year = world.kinds[f"event:{event['kind']}"], event["date"][:4]
    one, other = (world.parties[code].names for code in (USA, event["party"]))
    if event["by"] in {USA, "other"}:
        by, of = (one, other) if event["by"] == USA else (other, one)
        if event["kind"] in _AT_POST:
            return names.at_post(kind, year, by, of)
        if event["kind"] == "recognition":
            return names.act(kind, year, by, of)
    return names.event(kind, year, one, other)
