"""Conflicts, and what was between each two on their opposite sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from bilateral.build import description, names
from bilateral.build.fact import fact
from bilateral.build.source import LeftOut
from bilateral.build.sources.ucdp.rows import SIDES
from bilateral.build.sources.ucdp.runs import Spans, Year, read, runs, written
from bilateral.build.thing import Property, Texts, Thing, date, given, node, ref, texts
from bilateral.build.world import World
from bilateral.terms import BASE

ABOUT: Final = description.read("ucdp")


def facts(world: World) -> Iterator[Thing]:
    """Describe the conflicts of which all who took part are parties."""
    for conflict, rows in _conflicts(world).items():
        if not _unknown(world, rows):
            yield from _described(world, conflict, read(world, rows))


def left_out(world: World) -> Iterator[LeftOut]:
    """List the other conflicts."""
    for conflict, rows in _conflicts(world).items():
        for number in sorted(_unknown(world, rows)):
            reason = f"the state with the number {number} is no party: see data/decisions/gleditsch_ward.csv"
            yield LeftOut("years", conflict, reason)


def _conflicts(world: World) -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in sorted(world.rows(ABOUT.name, "years"), key=lambda row: (int(row["conflict"]), row["year"])):
        found[row["conflict"]].append(row)
    return found


def _unknown(world: World, rows: Sequence[Mapping[str, str]]) -> set[str]:
    """Give the numbers of states on either side that are no parties."""
    numbers = {(number, int(row["year"])) for row in rows for side in SIDES for number in row[side].split()}
    return {number for number, year in numbers if not world.party_of_gleditsch_ward(number, year)}


def _described(world: World, conflict: str, years: list[Year]) -> Iterator[Thing]:
    """Describe a conflict: its citation, the event, and what it was between each two on opposite sides."""
    wars = written(year for year in years if year.is_war)
    words = "conflict-with-wars" if wars else "conflict"
    cited = ABOUT.cite(conflict, f"interstate: conflict_id {conflict}", words, active=written(years), wars=wars)
    yield cited
    spans, label = Spans(years), _label(world, years)
    sides = [dict.fromkeys(party for year in years for party in year.sides[side]) for side in (0, 1)]
    whole = Thing(
        f"{BASE}id/event/ucdp-{conflict}",
        (
            ("rdf:type", ref("schema:Event")),
            ("bilat:citation", node(cited.iri)),
            *(("bilat:sideA", ref(f"party:{party}")) for party in sides[0]),
            *(("bilat:sideB", ref(f"party:{party}")) for party in sides[1]),
            *_dated(label, spans.of([year.year for year in years])),
        ),
    )
    yield whole
    mains = {pair for year in years for pair in product(*year.mains)}
    for pair in dict.fromkeys(pair for year in years for pair in year.pairs):
        one, other = (world.parties[code].names for code in pair)
        own = names.conflict([one], [other]) if pair in mains else names.opposed(one, other, label)
        for run in runs(year for year in years if pair in year.pairs):
            properties = (
                ("bilat:kind", ref("event:interstate-war")),
                ("schema:superEvent", node(whole.iri)),
                *_dated(own, spans.of(run)),
            )
            yield fact("bilat:RelationEvent", pair, f"ucdp-{conflict}-{run[0]}", [cited.iri], properties)


def _label(world: World, years: list[Year]) -> Texts:
    mains = [dict.fromkeys(party for year in years for party in year.mains[side]) for side in (0, 1)]
    one, other = ([world.parties[code].names for code in side] for side in mains)
    return names.conflict(one, other)


def _dated(label: Texts, span: tuple[str, str]) -> Iterator[Property]:
    """Say when something was, and name it with its years."""
    start, end = span
    yield ("bilat:startDate", date(start))
    yield from given("bilat:endDate", date, end)
    yield from texts("rdfs:label", names.dated(label, start[:4], end[:4]))
