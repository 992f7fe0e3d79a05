"""For how long a party was bound, out of rows that may say it in several ways.

Rows of one party that differ are dealt with so: those that say less than another count as that one; those
that follow each other in time are periods in turn; of dates that differ, what they share is stated, a year
or a month; where they give different ends, nothing is stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bilateral.build.sources.manytreaties.dates import is_no_time, shared
from bilateral.build.sources.manytreaties.unstated import Unstated

OPEN: Final = "~"
"""An end that the source says there is none of; it sorts after every date."""


@dataclass(frozen=True, order=True)
class Period:
    """For how long a party was bound; empty where it is not known, or has not ended."""

    force: str
    ratified: str
    end: str

    @property
    def start(self) -> str:
        """The first day that is known."""
        return self.force or self.ratified


def resolved(treaty: str, party: str, periods: Iterable[Period], unstated: Unstated) -> Sequence[Period]:
    """Give the periods of a party in turn; what they contradict each other in is left out."""
    merged = _merged(sorted(periods))
    if all(one.end and one.end <= other.start for one, other in pairwise(merged)):
        return merged
    ends = sorted({period.end.replace(OPEN, "none") or "not known" for period in merged})
    if len(ends) > 1:
        unstated.add(treaty, "the rows of a party give different ends", f"{party}={'|'.join(ends)}")
        return ()
    common = Period(
        shared({period.force for period in merged if period.force}),
        shared({period.ratified for period in merged if period.ratified}),
        merged[0].end,
    )
    dates = sorted({f"{period.ratified}/{period.force}" for period in merged})
    reason = "the rows of a party give different dates; what they share is stated"
    unstated.add(treaty, reason, f"{party}={'|'.join(dates)}")
    return (common,) if common.start else ()


def _merged(periods: Iterable[Period]) -> list[Period]:
    """Join periods that do not contradict each other: each says what the other leaves open."""
    merged: list[Period] = []
    for period in periods:
        for place, other in enumerate(merged):
            joined = _joined(other, period)
            if joined:
                merged[place] = joined
                break
        else:
            merged.append(period)
    return sorted(merged)


def _joined(one: Period, other: Period) -> Period | None:
    pairs = ((one.force, other.force), (one.ratified, other.ratified), (one.end, other.end))
    joined = Period(*(a or b for a, b in pairs))
    if any(a and b and a != b for a, b in pairs) or is_no_time(joined.force, joined.end):
        return None
    return joined
