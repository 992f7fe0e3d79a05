"""The pages of the ontology and of the shapes: every term with all that is said of it, under its own address."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from bilateral.query import Term
from bilateral.serve.site.graph import Graph, Row
from bilateral.serve.site.link import Link, address_of, shortened
from bilateral.serve.site.page import Pages
from bilateral.serve.site.vocabulary import Vocabulary
from bilateral.terms import BASE, expand

_QUERIES: Final = {"ontology": "vocabulary/terms", "shapes": "vocabulary/shapes"}
_NAMES: Final = frozenset(expand(name) for name in ("rdfs:label", "sh:name"))
_HIDDEN: Final = _NAMES | {expand("rdf:type"), expand("rdfs:isDefinedBy"), expand("skos:definition")}
_QUERY: Final = expand("sh:select")


@dataclass(frozen=True)
class Entry:
    """A term: its anchor is the fragment of its IRI."""

    anchor: str
    iri: str
    title: str
    types: tuple[Link, ...]
    definition: str
    lines: tuple[tuple[Link, tuple[Link, ...]], ...]
    query: str
    uses: int
    shapes: tuple[Link, ...]


class VocabularyPage:
    """Shows ontology and shapes."""

    def __init__(self, graph: Graph, pages: Pages, vocabulary: Vocabulary) -> None:
        self._graph = graph
        self._pages = pages
        self._vocabulary = vocabulary

    def show(self, request: Request, name: str) -> Response:
        """Show ``ontology`` or ``shapes``."""
        words = self._pages.words(request)
        rows = groupby(self._vocabulary.graph.rows(_QUERIES[name]), key=lambda row: row.text("term"))
        entries = [self._entry(iri, list(group), words.language) for iri, group in rows]
        return self._pages.render(
            request,
            "vocabulary.html",
            title=words("Ontology") if name == "ontology" else words("Shapes"),
            name=name,
            iri=BASE + name,
            entries=sorted(entries, key=lambda entry: entry.anchor.casefold()),
        )

    def _entry(self, iri: str, rows: list[Row], language: str) -> Entry:
        values: dict[str, list[Term]] = {}
        for row in rows:
            term = row.get("value")
            if isinstance(term, ox.NamedNode) or (isinstance(term, ox.Literal) and term.language in (None, language)):
                values.setdefault(row.text("property"), []).append(term)
        names = [term.value for name in _NAMES for term in values.get(name, ())]
        definitions = values.get(expand("skos:definition"), ())
        manifest = self._pages.manifest
        return Entry(
            anchor=iri.rpartition("#")[2],
            iri=iri,
            title=names[0] if names else iri.rpartition("#")[2],
            types=tuple(self._link(term, language) for term in values.get(expand("rdf:type"), ())),
            definition=" ".join(term.value for term in definitions),
            lines=tuple(
                (self._named(property_, language), tuple(self._link(term, language) for term in terms))
                for property_, terms in values.items()
                if property_ not in _HIDDEN and property_ != _QUERY
            ),
            query="\n".join(term.value for term in values.get(_QUERY, ())),
            uses=manifest.classes.get(iri, 0) or manifest.properties.get(iri, 0),
            shapes=tuple(
                Link(shortened(shape), address_of(shape))
                for shape in self._vocabulary.shapes_of(frozenset((iri,)), frozenset((iri,)))
            ),
        )

    def _link(self, term: Term, language: str) -> Link:
        return self._named(term.value, language) if isinstance(term, ox.NamedNode) else Link(term.value)

    def _named(self, iri: str, language: str) -> Link:
        """Name a term by the label that the ontology, the shapes or the graph has for it, else by its short name."""
        own = self._vocabulary.graph.link(iri, language)
        return own if own.text != shortened(iri) else self._graph.link(iri, language)
