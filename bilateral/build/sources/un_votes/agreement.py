"""How often two parties voted alike in the General Assembly, by decade and by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bilateral.build import description
from bilateral.build.fact import fact
from bilateral.build.sources.un_votes.rows import NONE
from bilateral.build.thing import Property, Thing, date, decimal, integer, ref
from bilateral.build.world import World

ABOUT: Final = description.read("un-votes")
_MEASURE: Final = ref("measure:un-vote-agreement")
_UNIT: Final = ref("unit:share")

Letters = NDArray[np.str_]
Mask = NDArray[np.bool_]
Years = NDArray[np.int64]


def facts(world: World) -> Iterator[Thing]:
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


def _matrix(world: World) -> tuple[list[str], Years, Letters]:
    """Read the votes as a matrix of roll calls and parties, and the year of each roll call."""
    voters = [row["name"] for row in world.rows(ABOUT.name, "voters")]
    alpha2 = [row["alpha2"] for row in world.rows(ABOUT.name, "voters")]
    calls = [*world.rows(ABOUT.name, "roll-calls")]
    dates = np.array([call["date"] for call in calls])
    letters = np.array([[*call["votes"]] for call in calls])
    codes: dict[str, int] = {}
    columns: list[Letters] = []
    for position, (name, code) in enumerate(zip(voters, alpha2, strict=True)):
        for party, stands in _parties(world, name, code, dates):
            if party not in codes:
                codes[party] = len(columns)
                columns.append(np.full(len(calls), NONE))
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


def _observations(codes: list[str], votes: Letters, name: str, period: tuple[Property, ...]) -> Iterator[Thing]:
    """Compare all pairs at once: Lijphart's index of agreement.

    Of the roll calls in which both voted, the share with the same vote, where an abstention beside a
    yes or a no counts half. A. Lijphart, The Analysis of Bloc Voting in the General Assembly,
    American Political Science Review 57 (1963).
    """
    number = name.removesuffix("s")
    cited = ABOUT.cite(name, f"roll calls of {name}", "year" if name == number else "decade", number=number)
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
