"""Visits: who came from each party to the other, the latest where there are many."""

from __future__ import annotations

import datetime as dt
from typing import Final

from bilateral.serve.site.fold import Fold, Folded
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.relation.happenings import Happening, read_happenings
from bilateral.serve.site.relation.overview import Overview, Party

_MOST: Final = 25
"""Visits in one direction that a page shows by itself."""


def read_visits(
    reader: Reader, overview: Overview, day: dt.date, fold: Fold
) -> tuple[tuple[Party, Folded[Happening]], ...]:
    """Read the visits up to a day by who paid them; a party that paid none is left out."""
    visits = read_happenings(reader, "relation/visits", day)
    paid = ((party, [each for each in visits if _is_from(party, each)]) for party in overview.parties)
    return tuple((party, fold.last("visits", own, _MOST)) for party, own in paid if own)


def _is_from(party: Party, visit: Happening) -> bool:
    return visit.sender is not None and visit.sender.href == party.link.href
