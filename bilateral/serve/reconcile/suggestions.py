"""The suggest services: what a client's user may mean by the first letters of a name (section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bilateral.serve.reconcile.descriptions import Descriptions, Json
from bilateral.serve.reconcile.kinds import PROPERTIES, TYPES
from bilateral.serve.reconcile.matcher import Matcher
from bilateral.serve.site.search import SearchIndex, words_of
from bilateral.words import Words

_SEARCHED: Final = 1000
"""Things that a prefix may mean, of which a client is given a page at a time."""


class Suggestions:
    """Completes the names of things, types and properties."""

    def __init__(self, matcher: Matcher, index: SearchIndex, descriptions: Descriptions) -> None:
        self._matcher = matcher
        self._index = index
        self._descriptions = descriptions

    def entity(self, prefix: str, spoken: Words) -> list[Json]:
        """Suggest parties, relations, people and organizations by how their names begin."""
        classes = {type_.iri for type_ in TYPES}
        told = [(thing.iri, thing.class_) for thing in self._matcher.identified(prefix.strip())]
        found = [(match.iri, match.class_) for match in self._index.find(prefix, _SEARCHED)]
        return [
            self._descriptions.entity(iri, class_, spoken)
            for iri, class_ in dict.fromkeys([*told, *found])
            if class_ in classes
        ]

    def type(self, prefix: str, spoken: Words) -> list[Json]:
        """Suggest types by how their names begin."""
        found = [each for each in TYPES if _begins(prefix, self._descriptions.names_of_type(each))]
        return [self._descriptions.type(each, spoken) for each in found]

    def property(self, prefix: str, spoken: Words) -> list[Json]:
        """Suggest properties by how their names begin."""
        found = [each for each in PROPERTIES if _begins(prefix, self._descriptions.names_of_property(each))]
        return [self._descriptions.property(each, spoken) for each in found]


def _begins(prefix: str, names: Iterable[str]) -> bool:
    """Whether each word of a prefix begins a word of one of the names."""
    asked = words_of(prefix)
    return any(all(any(word.startswith(each) for word in words_of(name)) for each in asked) for name in names)
