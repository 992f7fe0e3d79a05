"""Whom a code of the source meant on a day: a state of the past, its successor, or no party here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bilateral.build.sources.manytreaties.dates import after, is_no_time
from bilateral.build.sources.manytreaties.periods import Period
from bilateral.build.sources.manytreaties.titles import Row
from bilateral.build.sources.manytreaties.unstated import NO_TIME, Unstated
from bilateral.build.world import World

_NONE_BEFORE: Final = "0000"
_UNKNOWN: Final = "no party here: an organization, a part of a state, or a code that could not be matched"


class Codes:
    """The codes, as decided by hand: of a treaty, or of all."""

    def __init__(self, world: World, unstated: Unstated) -> None:
        self._parties = world.parties
        self._unstated = unstated
        self._decided: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in world.decisions("treaty-codes"):
            self._decided[row["treaty"], row["code"]].append(row)

    def party(self, treaty: str, code: str, day: str) -> str:
        """Tell whom a code stood for on a day; empty for no party here."""
        step = next(step for step in self._steps(treaty, code) if not step["before"] or day < step["before"])
        if not step["party"]:
            self._unstated.add(treaty, step["reason"], code)
        return step["party"]

    def cut(self, treaty: str, code: str, period: Period) -> Iterator[tuple[str, Period]]:
        """Give a state of the past what is before its end, and to its successor what goes on with it."""
        if is_no_time(period.start, period.end):
            self._unstated.add(treaty, NO_TIME, code)
            return
        before = _NONE_BEFORE
        for step in self._steps(treaty, code):
            if step["before"] and period.start >= step["before"]:
                continue
            if before != _NONE_BEFORE:  # it began under an earlier state
                if step["goes_on"] != "yes" or (period.end and period.end <= before):
                    return
                period = Period(before, "", period.end)
            if not step["party"]:
                self._unstated.add(treaty, step["reason"], code)
                return
            yield from self._within(treaty, step["party"], period)
            before = step["before"]

    def _steps(self, treaty: str, code: str) -> Sequence[Row]:
        """Give whom a code stands for, in the order of time."""
        party = code if code in self._parties else ""
        itself = {"before": "", "party": party, "goes_on": "", "reason": "" if party else _UNKNOWN}
        return self._decided.get((treaty, code)) or self._decided.get(("", code)) or [itself]

    def _within(self, treaty: str, party: str, period: Period) -> Iterator[tuple[str, Period]]:
        """End a period with its state."""
        last = self._parties[party].end
        if after(period.start, last):
            self._unstated.add(treaty, "begins after the state has ended", party)
        elif last and (not period.end or period.end > last):
            yield party, replace(period, end=last)
        else:
            yield party, period
