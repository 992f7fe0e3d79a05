"""The reader of a relation, which does not ask for kinds of facts that the relation has not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bilateral.serve.site.graph import Row
from bilateral.serve.site.reader import Reader
from bilateral.terms import BILAT

_CLASSES: Final = {
    "relation/accreditations": "Accreditation",
    "relation/agreements": "Agreement",
    "relation/aid": "AidPackage",
    "relation/defence": "DefenceProcurement",
    "relation/events": "RelationEvent",
    "relation/measures": "DyadicObservation",
    "relation/missions": "DiplomaticMission",
    "relation/people": "MigrationStock",
    "relation/ties": "RelationEvent",
    "relation/trade": "TradeObservation",
    "relation/visa-rules": "VisaRule",
    "relation/visits": "OfficialVisit",
    "relation/votes": "DyadicObservation",
}
"""The class of the facts that a query gives."""


@dataclass(frozen=True)
class RelationReader(Reader):
    """Asks named queries about one relation."""

    def rows(self, name: str) -> list[Row]:
        """Run a named query, unless the relation has no fact of its kind."""
        if name in _CLASSES and BILAT + _CLASSES[name] not in self.counts:
            return []
        return super().rows(name)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many facts the relation has of each class."""
        return {row.text("class"): int(row.text("facts")) for row in super().rows("relation/kinds")}
