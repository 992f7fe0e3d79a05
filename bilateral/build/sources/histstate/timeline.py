"""Recognition, relations, breaks and resumptions: what the headings of the guide to relations tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation, directed, fact
from bilateral.build.source import LeftOut, Raw, Row
from bilateral.build.sources.histstate.decisions import USA
from bilateral.build.sources.histstate.words import listed, moment, within
from bilateral.build.thing import Property, Texts, Thing, ref, texts
from bilateral.build.world import World

FILE: Final = "histstate/rdcr/us_relations_timeline.csv.gz"
_AT_POST: Final = {"mission-opening", "mission-closure", "upgrade", "recall"}


def rows(raw: Raw) -> Iterator[Row]:
    """Give the sections of each article by number; their text is prose, and left aside."""
    numbers: Counter[str] = Counter()
    used = ("article", "event_type", "heading", "date", "date_to")
    for record in raw.records(FILE, used=used, ignored=("text",)):
        numbers[record["article"]] += 1
        number = f"{numbers[record['article']]:02}"
        heading = " ".join(record["heading"].split())
        yield (record["article"], number, record["event_type"], heading, record["date"], record["date_to"])


def left_out(world: World) -> Iterator[LeftOut]:
    """List the sections that tell no event between two parties."""
    for decided in world.decisions("histstate-events"):
        if not decided["kind"]:
            yield LeftOut("timeline", f"{decided['article']} {decided['number']}", within(decided["reason"]))


def facts(world: World, source: str) -> Iterator[Thing]:
    """Describe the events, as somebody decided that the headings tell them."""
    decided: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in world.decisions("histstate-events"):
        decided.setdefault((row["article"], row["number"]), []).append(row)
    for row in world.rows("histstate", "timeline"):
        events = [event for event in decided[row["article"], row["number"]] if event["kind"]]
        for event in events:
            yield from _described(world, source, event)


def _described(world: World, source: str, event: Mapping[str, str]) -> Iterator[Thing]:
    pair = (USA, event["party"])
    labels = _label(world, event)
    name = f"event-histstate-{event['article']}-{event['number']}-{event['kind']}"
    locator = f"rdcr, article {event['article']}, section {int(event['number'])}"
    cited = citation(source, name, locator, listed(labels))
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
