"""Years of a conflict, and the uninterrupted runs of them, with their first and last day.

A run begins on the day that the source gives for it: that of the first death, where that falls into the
first active year of the conflict, else the one on which the deaths reached 25. It ends on the day on which
the fighting did. Days are as precise as the source says they are. Who joined later or left earlier has
years alone, as the source lists supporters by year. What is on in the last year of the data has no end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bilateral.build.sources.ucdp.rows import SIDES
from bilateral.build.world import World


@dataclass(frozen=True)
class Year:
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


def read(world: World, rows: Sequence[Mapping[str, str]]) -> list[Year]:
    """Read the years of a conflict from its rows, with parties in place of numbers."""
    years = []
    for row in rows:
        year = int(row["year"])
        side_a, support_a, side_b, support_b = (
            tuple(world.party_of_gleditsch_ward(number, year) for number in row[side].split()) for side in SIDES
        )
        is_first = row is rows[0] and row["began"].startswith(row["year"])
        start = row["began"] if is_first else row["start"]
        sides, mains = (side_a + support_a, side_b + support_b), (side_a, side_b)
        years.append(Year(year, sides, mains, row["level"] == "war", start, row["end"]))
    return years


def runs(years: Iterable[Year]) -> list[list[int]]:
    """Part years into uninterrupted runs."""
    found: list[list[int]] = []
    for year in (each.year for each in years):
        if found and found[-1][-1] == year - 1:
            found[-1].append(year)
        else:
            found.append([year])
    return found


def written(years: Iterable[Year]) -> str:
    """Write years, runs of them as their ends."""
    return ", ".join(f"{run[0]}\N{EN DASH}{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs(years))


class Spans:
    """When runs of years of a conflict began and ended."""

    def __init__(self, years: Sequence[Year]) -> None:
        self._years = {year.year: year for year in years}
        self._episodes = {year: run for run in runs(years) for year in run}

    def of(self, run: Sequence[int]) -> tuple[str, str]:
        """Give start and end: the days of the episodes where it begins and ends with them, else the years."""
        first, last = run[0], run[-1]
        start = self._years[first].start if self._episodes[first][0] == first else str(first)
        end = self._years[last].end if self._episodes[last][-1] == last else str(last)
        return start, end
