"""Neighbours: the land border of two parties, with every length that a source gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bilateral.serve.site.relation.contested import Contest
from bilateral.serve.site.relation.reader import RelationReader
from bilateral.serve.site.relation.series import Observation, observation_of, until


@dataclass(frozen=True)
class Border:
    """The lengths that are stated, and those that sources dispute; neither says since when the border is there."""

    lengths: tuple[Observation, ...]
    rivals: tuple[Contest, ...]

    @property
    def is_known(self) -> bool:
        """Whether a source gives a length."""
        return bool(self.lengths or self.rivals)


def read_border(reader: RelationReader, contests: tuple[Contest, ...], day: dt.date) -> Border:
    """Read the border, as far as a source had measured it by the day."""
    rows = list({row.text("fact"): row for row in until(reader.rows("relation/border"), day)}.values())
    facts = {reader.fact(row).href for row in rows}
    return Border(
        lengths=tuple(observation_of(reader, row) for row in rows if row.has("value")),
        rivals=tuple(contest for contest in contests if contest.fact.href in facts),
    )
