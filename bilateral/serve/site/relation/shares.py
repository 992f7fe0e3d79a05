"""Partner shares: how much of one party's exports goes to the other, and how much of its imports comes from there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bilateral.serve.site.link import Link
from bilateral.serve.site.relation.reader import RelationReader
from bilateral.serve.site.relation.series import Observation, observation_of, until
from bilateral.terms import expand

_EXPORTS: Final = expand("measure:export-share")
_MEASURES: Final = frozenset((_EXPORTS, expand("measure:import-share")))


@dataclass(frozen=True)
class Share:
    """A share of the trade of the ``party``: ``of_exports``, else of its imports."""

    party: Link
    partner: Link
    of_exports: bool
    observation: Observation


def read_shares(reader: RelationReader, day: dt.date) -> tuple[Share, ...]:
    """Read the shares up to a day, of each kind and party the latest first."""
    if not reader.measures.keys() & _MEASURES:
        return ()
    rows = list({row.text("fact"): row for row in until(reader.rows("relation/shares"), day)}.values())
    shares = []
    for row in rows:
        observation = observation_of(reader, row)
        sender, receiver = observation.direction
        of_exports = row.text("measure") == _EXPORTS
        party, partner = (sender, receiver) if of_exports else (receiver, sender)
        shares.append(Share(party, partner, of_exports, observation))
    return tuple(sorted(shares, key=_order))


def _order(share: Share) -> tuple[str, bool, int]:
    start = share.observation.period.start
    return (share.party.text, not share.of_exports, -start.first.toordinal() if start else 0)
