"""Roll-call votes of the General Assembly of the United Nations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bilateral.build.fact import citation, fact
from bilateral.build.source import Column, Raw, RawFile, Row, Source, Table
from bilateral.build.thing import Property, Texts, Thing, date, decimal, integer, ref
from bilateral.build.world import World

_VOTES: Final = "un-votes/votes.csv.xz"
_ROLL_CALLS: Final = "un-votes/roll_calls.csv.gz"
_LETTERS: Final = {"yes": "y", "no": "n", "abstain": "a"}
_NONE: Final = "-"
_MEASURE: Final = ref("measure:un-vote-agreement")
_UNIT: Final = ref("unit:share")

Letters = NDArray[np.str_]
Mask = NDArray[np.bool_]
Votes = NDArray[np.str_]
Years = NDArray[np.int64]
Voter = tuple[str, str]
"""Code and name, as the records have them; some codes are lost there, and some stand for two states in turn."""


def _votes(raw: Raw) -> dict[str, dict[Voter, str]]:
    votes: dict[str, dict[Voter, str]] = {}
    for record in raw.records(_VOTES, used=("rcid", "country_code", "country", "vote")):
        if record["vote"] not in _LETTERS:
            record.fail(f"has a vote that we do not know: {record['vote']}")
        call = votes.setdefault(record["rcid"], {})
        voter = (record["country_code"], record["country"])
        if voter in call:
            record.fail(f"has a second vote of {record['country']}")
        call[voter] = _LETTERS[record["vote"]]
    return votes


def _voters(votes: dict[str, dict[Voter, str]]) -> list[Voter]:
    return sorted({voter for call in votes.values() for voter in call})


def _voter_rows(raw: Raw) -> Iterator[Row]:
    for position, (alpha2, name) in enumerate(_voters(_votes(raw))):
        yield (f"{position:03}", alpha2, name)


def _roll_calls(raw: Raw) -> Iterator[Row]:
    votes = _votes(raw)
    voters = _voters(votes)
    for record in raw.records(_ROLL_CALLS, used=("rcid", "session", "date", "unres")):
        call = votes.pop(record["rcid"], {})
        letters = "".join(call.get(voter, _NONE) for voter in voters)
        session = record["session"].removesuffix(".0")
        yield (f"{int(record['rcid']):05}", record["date"], session, record["unres"], letters)
    assert not votes, "a vote of a roll call that the list does not have"


def _facts(world: World) -> Iterator[Thing]:
    """Give an observation for each pair and decade; with all years, for each pair and year as well."""
    codes, years, votes = _matrix(world)
    for decade in sorted({year // 10 * 10 for year in years.tolist()}):
        last = min(decade + 9, int(years.max()))
        calls = votes[(years >= decade) & (years <= last)]
        period = (("bilat:startDate", date(str(max(decade, years.min())))), ("bilat:endDate", date(str(last))))
        yield from _observations(codes, calls, f"{decade}s", period)
    if world.all_years:
        for year in np.unique(years).tolist():
            yield from _observations(codes, votes[years == year], str(year), (("bilat:refPeriod", date(str(year))),))


def _matrix(world: World) -> tuple[list[str], Years, Votes]:
    """Read the votes as a matrix of roll calls and parties, and the year of each roll call."""
    voters = [row["name"] for row in world.rows(SOURCE.name, "voters")]
    alpha2 = [row["alpha2"] for row in world.rows(SOURCE.name, "voters")]
    calls = [*world.rows(SOURCE.name, "roll-calls")]
    dates = np.array([call["date"] for call in calls])
    letters = np.array([[*call["votes"]] for call in calls])
    codes: dict[str, int] = {}
    columns: list[Letters] = []
    for position, (name, code) in enumerate(zip(voters, alpha2, strict=True)):
        for party, stands in _parties(world, name, code, dates):
            if party not in codes:
                codes[party] = len(columns)
                columns.append(np.full(len(calls), _NONE))
            columns[codes[party]] = np.where(stands, letters[:, position], columns[codes[party]])
    years = np.array([int(day[:4]) for day in dates.tolist()])
    return [*codes], years, np.column_stack(columns)


def _parties(world: World, name: str, alpha2: str, dates: Letters) -> Iterator[tuple[str, Mask]]:
    """Tell whom a name in the records stands for, and in which roll calls."""
    decided = [voter for voter in world.voters if voter.name == name]
    if not decided:
        yield (world.code_of_alpha2[alpha2], np.full(len(dates), fill_value=True))
    after = ""
    for voter in decided:
        yield (voter.party, (dates >= after) & ((dates < voter.before) if voter.before else True))
        after = voter.before


def _observations(codes: list[str], votes: Votes, name: str, period: tuple[Property, ...]) -> Iterator[Thing]:
    """Compare all pairs at once: Lijphart's index of agreement.

    Of the roll calls in which both voted, the share with the same vote, where an abstention beside a
    yes or a no counts half. A. Lijphart, The Analysis of Bloc Voting in the General Assembly,
    American Political Science Review 57 (1963).
    """
    cited = citation(SOURCE.iri, name, f"roll calls of {name}", _statement(name))
    yield cited
    yes, no, abstention = ((votes == letter).astype(np.float64) for letter in "yna")
    cast = yes + no + abstention
    joint = cast.T @ cast
    same = yes.T @ yes + no.T @ no + abstention.T @ abstention
    half = abstention.T @ (yes + no)
    agreement = np.divide(same + (half + half.T) / 2, joint, out=np.zeros_like(joint), where=joint > 0)
    for i, j in zip(*np.nonzero(np.triu(joint, k=1)), strict=True):
        yield fact(
            "bilat:DyadicObservation",
            (codes[i], codes[j]),
            f"un-votes-{name}",
            (cited.iri,),
            (
                ("bilat:measure", _MEASURE),
                *period,
                ("bilat:quantity", integer(int(joint[i, j]))),
                ("bilat:unit", _UNIT),
                ("bilat:value", decimal(f"{agreement[i, j]:.4f}")),
            ),
        )


def _statement(name: str) -> Texts:
    """Say what the source has of a year, or of a decade as in "1970s"."""
    number = name.removesuffix("s")
    is_decade = name != number
    english = f"the {name}" if is_decade else name
    spanish, korean = (f"la década de {number}", f"{number}년대") if is_decade else (number, f"{number}년")
    return {
        "en": f"Gives the votes that both cast in the roll calls of {english}; the index of agreement is Lijphart's.",
        "es": f"Da los votos de ambas en las votaciones de {spanish}; el índice de acuerdo es el de Lijphart.",
        "ko": f"{korean} 호명투표에서 두 당사자가 던진 표가 실려 있으며, 일치 지수는 레이파르트의 것이다.",
    }


SOURCE: Final = Source(
    name="un-votes",
    title="United Nations General Assembly Voting Data",
    publisher="Erik Voeten, Anton Strezhnev and Michael Bailey; packaged by David Robinson",
    license="https://creativecommons.org/publicdomain/zero/1.0/",
    address="https://github.com/dgrtwo/unvotes",
    version="2020",
    files=(
        RawFile(_VOTES, "fc78b4a8b5ec6f2398302fdacaee838e420ef472d50147ad5b709f78ed900b79"),
        RawFile(_ROLL_CALLS, "24a29d51d046d9ea2e254c4521f0b076f6e34f441c05d6f71647a7d2818dc38c"),
    ),
    facts=_facts,
    tables=(
        Table(
            "voters",
            "Who votes, in the order of the letters of each roll call",
            (
                Column("position", "from 000", "integer"),
                Column("alpha2", "ISO 3166-1 alpha-2, where the records have it"),
                Column("name", "name in the records"),
            ),
            _voter_rows,
            floor=200,
            ceiling=200,
        ),
        Table(
            "roll-calls",
            "Roll calls with all votes",
            (
                Column("rcid", "number of the roll call in the records"),
                Column("date", "as the records have it; of early years the day is not to be relied on", "date"),
                Column("session", "session of the Assembly", "integer"),
                Column("resolution", "symbol, as the records have it"),
                Column("votes", "a letter a voter: y yes, n no, a abstention, - no vote"),
            ),
            _roll_calls,
            floor=6203,
            ceiling=6203,
        ),
    ),
)
