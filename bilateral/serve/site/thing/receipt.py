"""A receipt: what is said of a thing, on whose word, and what it was checked against."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from bilateral.query import Term
from bilateral.serve.site.graph import Row
from bilateral.serve.site.license import license_link
from bilateral.serve.site.link import Link, address_of, shortened
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.vocabulary import Vocabulary
from bilateral.terms import BASE, CC0, RELATION, expand

_TYPE: Final = expand("rdf:type")
_LABEL: Final = expand("rdfs:label")
_NAMES: Final = (_LABEL, expand("skos:prefLabel"), expand("schema:name"))
_HIDDEN: Final = frozenset((_TYPE, *_NAMES, expand("bilat:citation"), expand("skos:editorialNote")))
_MATCH: Final = expand("skos:exactMatch")
_LICENSE: Final = expand("dcterms:license")
_GRAPH: Final = f"{BASE}graph/"
_RELATIONS: Final = "relations/"


@dataclass(frozen=True)
class Line:
    """A property with its values."""

    property: Link
    values: tuple[Link, ...]


@dataclass(frozen=True)
class Source:
    """One citation: the source, where in it, what it says in our words, and when we looked."""

    link: Link
    citation: str | None
    publisher: str
    issued: str
    url: Link | None
    locator: str
    accessed: str
    kind: Link | None
    statement: str


@dataclass(frozen=True)
class Dataset:
    """A graph that has the fact, and under which licence."""

    link: Link
    license: Link
    publisher: str


@dataclass(frozen=True)
class Receipt:
    """All that a reader needs to trust a fact, or not."""

    title: str
    classes: tuple[Link, ...]
    relation: Link | None
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    datasets: tuple[Dataset, ...]
    shapes: tuple[Link, ...]

    @property
    def sources_once(self) -> list[list[Source]]:
        """The citations of each source together, in the order of the first."""
        together: dict[str | None, list[Source]] = {}
        for source in self.sources:
            together.setdefault(source.link.href, []).append(source)
        return list(together.values())


def read_receipt(reader: Reader, vocabulary: Vocabulary) -> Receipt:
    """Read what is said of a fact."""
    values: dict[str, list[Term]] = {}
    names: dict[str, Link] = {}
    for row in reader.rows("thing/statements"):
        term, property_ = row.get("value"), row.text("property")
        if term is not None:
            values.setdefault(property_, []).append(term)
            names[property_] = reader.link(row, "property") or Link(property_)
    values = {property_: _for_reader(terms, reader.language) for property_, terms in values.items()}
    classes = frozenset(term.value for term in values.get(_TYPE, ()))
    relation = values.pop(expand("bilat:ofRelation"), [])
    return Receipt(
        title=reader.graph.link(reader.iri, reader.language).text,
        classes=tuple(reader.graph.link(iri, reader.language) for iri in sorted(classes)),
        relation=reader.graph.link(relation[0].value, reader.language) if relation else None,
        lines=tuple(
            Line(names[property_], tuple(_shown(reader, term, values, property_) for term in terms))
            for property_, terms in values.items()
            if property_ not in _HIDDEN
        ),
        notes=tuple(term.value for term in _of(values, "skos:editorialNote")),
        sources=read_sources(reader),
        datasets=tuple(_dataset(reader, row) for row in reader.rows("thing/graphs")),
        shapes=tuple(Link(shortened(iri), address_of(iri)) for iri in vocabulary.shapes_of(classes, frozenset(values))),
    )


def read_sources(reader: Reader) -> tuple[Source, ...]:
    """Read the citations of a fact, one a source and place in it."""
    rows = groupby(reader.rows("thing/sources"), key=lambda row: (row.text("citation"), row.text("source")))
    return tuple(_source(reader, next(group)) for _, group in rows)


def _of(values: dict[str, list[Term]], name: str) -> list[Term]:
    return values.get(expand(name), [])


def _for_reader(terms: list[Term], language: str) -> list[Term]:
    """Keep, of texts in several languages, the reader's; all where it has none."""
    texts = [term for term in terms if isinstance(term, ox.Literal) and term.language]
    mine = [term for term in texts if term.language == language]
    return [term for term in terms if term not in texts] + (mine or texts)


def _shown(reader: Reader, term: Term, values: dict[str, list[Term]], property_: str) -> Link:
    if property_ == _LICENSE:
        return license_link(term.value)
    if isinstance(term, ox.NamedNode):
        return reader.graph.link(term.value, reader.language)
    units = _of(values, "bilat:unit")
    is_share = units and units[0].value == expand("unit:share") and term in _of(values, "bilat:value")
    text = (
        reader.words.percent(Decimal(term.value)) if is_share else reader.words.literal(term.value, term.datatype.value)
    )
    return Link(text, None, term.language if term.language != reader.language else None)


def _source(reader: Reader, row: Row) -> Source:
    url = row.text("url")
    return Source(
        link=reader.graph.link(row.text("source"), reader.language),
        citation=address_of(row.text("citation")),
        publisher=row.text("publisher"),
        issued=row.text("issued"),
        url=Link(url, address_of(url)) if address_of(url) else None,
        locator=row.text("locator"),
        accessed=row.text("accessed"),
        kind=reader.link(row, "kind"),
        statement=row.text("statement"),
    )


def _dataset(reader: Reader, row: Row) -> Dataset:
    """Name a graph and its licence; one without its own is curated by hand, hence in the public domain."""
    graph = row.text("graph")
    named = Link(row.text("title") or _curated(reader, graph), address_of(graph))
    return Dataset(named, license_link(row.text("license") or CC0), row.text("publisher"))


def _curated(reader: Reader, graph: str) -> str:
    """Name the graph of a curated file: that of a relation by the relation, another by its own name."""
    if not graph.startswith(_GRAPH):
        return shortened(graph)
    name = graph.removeprefix(_GRAPH)
    if name.startswith(_RELATIONS):
        name = reader.graph.link(RELATION + name.removeprefix(_RELATIONS), reader.language).text
    return reader.words("{name}, written by hand", name=name)
