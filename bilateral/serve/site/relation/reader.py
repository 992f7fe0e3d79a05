"""The reader of a relation, which does not ask for kinds of facts that the relation has not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from bilateral.query import query_text
from bilateral.serve.site.graph import Row
from bilateral.serve.site.reader import Reader
from bilateral.terms import expand

_KIND: Final = re.compile(r"\?fact bilat:ofRelation \?iri ; (?:a|bilat:measure) (?P<kind>\w+:[\w-]+)")
# The first pattern of a query on facts says of which class they are, or what they measure.


@dataclass(frozen=True)
class RelationReader(Reader):
    """Asks named queries about one relation."""

    def rows(self, name: str) -> list[Row]:
        """Run a named query, unless the relation has no fact of its kind."""
        kind = _kind_asked(name)
        if kind is not None and kind not in self.counts and kind not in self.measures:
            return []
        return super().rows(name)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many facts the relation has of each class."""
        return self._count(lambda class_, _: class_)

    @cached_property
    def measures(self) -> Counter[str]:
        """How many observations the relation has of each measure."""
        return self._count(lambda _, measure: measure)

    def measures_of(self, class_: str) -> frozenset[str]:
        """Give the IRIs of what the observations of a class measure."""
        return frozenset(measure for known, measure in self._kinds if known == class_ and measure)

    @cached_property
    def _kinds(self) -> dict[tuple[str, str], int]:
        """How many facts there are of each class and measure; of what is no observation the measure is empty."""
        rows = super().rows("relation/kinds")
        return {(row.text("class"), row.text("measure")): int(row.text("facts")) for row in rows}

    def _count(self, key: Callable[[str, str], str]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for kind, facts in self._kinds.items():
            if key(*kind):
                counts[key(*kind)] += facts
        return counts


@lru_cache(256)
def _kind_asked(name: str) -> str | None:
    """Give the IRI of the class or measure of the facts that a query is about; None where it is about several."""
    match = _KIND.search(query_text(name))
    return expand(match["kind"]) if match else None
