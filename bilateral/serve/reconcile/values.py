"""The values that things have of properties, to compare, to extend tables by, and to preview."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bilateral.query import Term
from bilateral.serve.reconcile.batch import Extension, Given
from bilateral.serve.reconcile.kinds import PROPERTIES, SPACE, Property, Value, id_of, iri_of, property_named
from bilateral.serve.reconcile.likeness import LITTLE, without
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.search import SearchIndex, words_of
from bilateral.terms import WIKIDATA, expand
from bilateral.words import NAMES, Words

_DATE: Final = expand("xsd:date")


@dataclass(frozen=True)
class Facts:
    """A property of a thing, named in the reader's language, and its values."""

    name: str
    values: tuple[Link, ...]


class Values:
    """Reads the values of properties."""

    def __init__(self, graph: Graph, index: SearchIndex) -> None:
        self._graph = graph
        self._names = {thing.iri: thing.names for thing in index.things}

    def of(self, iri: str) -> dict[str, list[Term]]:
        """Give all values of a thing, by the identifiers of their properties."""
        values: dict[str, list[Term]] = defaultdict(list)
        for row in self._graph.rows("reconcile/values", iri=iri):
            value = row.get("value")
            assert value is not None, "every row has a value"
            language = value.language if isinstance(value, ox.Literal) else None
            property_ = property_named(f"rdfs:label@{language}" if language else row.text("property"))
            if property_ is not None:
                values[property_.id].append(value)
        return values

    def property_name(self, property_: Property, words: Words) -> str:
        """Name a property in a language."""
        if property_.language:
            return words("Name ({language})", language=NAMES[property_.language])
        if property_.value is Value.ITEM:
            return "Wikidata"
        return self._graph.link(property_.iri, words.language).text

    def are(self, property_: Property, terms: Sequence[Term], given: Given) -> bool:
        """Whether a value that a table has is one of a thing's."""
        return any(self._is(property_, term.value, given) for term in terms)

    def _is(self, property_: Property, value: str, given: Given) -> bool:
        match property_.value:
            case Value.NAME:
                return _bare(value) == _bare(given.text)
            case Value.CODE:
                return value.casefold().lstrip("0") == given.text.casefold().lstrip("0")
            case Value.ITEM:
                return value.removeprefix(WIKIDATA) == (given.id or given.text).rpartition("/")[2]
            case Value.DATE:
                return bool(given.text) and (value.startswith(given.text) or given.text.startswith(value))
            case Value.THING if given.id is not None:
                return value == iri_of(given.id)
        return value == iri_of(given.text) or _bare(given.text) in {
            frozenset(without(sorted(name), LITTLE)) for name in self._names.get(value, ())
        }

    def extend(self, asked: Extension, words: Words) -> dict[str, object]:
        """Answer a data extension query (section 7.4)."""
        return {
            "meta": [self._meta(property_, words) for property_ in asked.properties],
            "rows": {id_: self._row(iri_of(id_), asked.properties, words.language) for id_ in asked.ids},
        }

    def _meta(self, property_: Property, words: Words) -> dict[str, object]:
        meta: dict[str, object] = {"id": property_.id, "name": self.property_name(property_, words)}
        if property_.value_type:
            name = self._graph.link(expand(property_.value_type), words.language).text
            meta["type"] = {"id": property_.value_type, "name": name}
        return meta

    def _row(self, iri: str, properties: Sequence[Property], language: str) -> dict[str, list[dict[str, str]]]:
        values = self.of(iri) if self._graph.knows(iri) else {}
        return {
            property_.id: [self._cell(property_, term, language) for term in values.get(property_.id, ())]
            for property_ in properties
        }

    def _cell(self, property_: Property, term: Term, language: str) -> dict[str, str]:
        """Write a value; only a whole day is a date, since a month or a year would get a day that nobody said."""
        if property_.value is Value.THING and term.value.startswith(SPACE):
            return {"id": id_of(term.value), "name": self._graph.link(term.value, language).text}
        if isinstance(term, ox.Literal) and term.datatype.value == _DATE:
            return {"date": f"{term.value}T00:00:00Z"}
        return {"str": term.value.removeprefix(WIKIDATA)}

    def facts(self, iri: str, words: Words) -> Iterator[Facts]:
        """Give what a preview says of a thing, beside its name in the reader's language."""
        values = self.of(iri)
        for property_ in PROPERTIES:
            if property_.id in values and property_.language != words.language:
                links = tuple(self._shown(property_, term, words) for term in values[property_.id])
                yield Facts(self.property_name(property_, words), links)

    def _shown(self, property_: Property, term: Term, words: Words) -> Link:
        match property_.value:
            case Value.THING:
                return self._graph.link(term.value, words.language)
            case Value.ITEM:
                return Link(term.value.removeprefix(WIKIDATA), address_of(term.value))
            case Value.DATE:
                return Link(words.date(term.value))
        return Link(term.value, None, property_.language)


def _bare(text: str) -> frozenset[str]:
    return frozenset(without(words_of(text), LITTLE))
