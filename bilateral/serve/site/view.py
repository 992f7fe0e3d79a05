"""What a page shows: a document's triples as labelled rows, in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from bilateral.documents import Document
from bilateral.serve.site.link import Link, address_of, shortened
from bilateral.serve.words import Words
from bilateral.terms import LANGUAGES, expand

_LABELS: Final = tuple(expand(name) for name in ("rdfs:label", "skos:prefLabel", "dcterms:title"))
_DATES: Final = tuple(
    expand(f"bilat:{name}") for name in ("date", "startDate", "signedDate", "inForceDate", "refPeriod", "endDate")
)
_HIDDEN: Final = frozenset(
    expand(name) for name in ("rdfs:label", "skos:prefLabel", "bilat:ofRelation", "bilat:citation", "rdf:type")
)

SECTIONS: Final = (
    "RelationEvent",
    "DiplomaticMission",
    "Accreditation",
    "Agreement",
    "VisaRule",
    "OfficialVisit",
    "SubnationalTie",
    "DefenceProcurement",
    "AidPackage",
    "CulturalPresence",
    "MigrationStock",
    "TradeObservation",
    "DyadicObservation",
)
"""The classes of facts in the order in which a relation's page shows them."""

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class Row:
    """A property's name and values."""

    name: Link
    values: tuple[Link, ...]


@dataclass(frozen=True)
class Source:
    """A citation: the source, what it says, and where to find it."""

    source: Link
    statement: Link | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Rival:
    """A claim about the thing: which property, which value, how it ranks and why."""

    claim: Link
    property: Link
    value: Link
    rank: Link
    rows: tuple[Row, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Entry:
    """A thing with all that is said of it."""

    iri: str
    anchor: str
    title: Link
    types: tuple[Link, ...]
    rows: tuple[Row, ...]
    sources: tuple[Source, ...]
    rivals: tuple[Rival, ...]


@dataclass(frozen=True)
class Section:
    """The facts of one class."""

    title: Link
    entries: tuple[Entry, ...]


class View:
    """A document seen in one language."""

    def __init__(self, document: Document, words: Words) -> None:
        self._document = document
        self._words = words
        self._by_subject: dict[ox.NamedNode, list[tuple[ox.NamedNode, Term]]] = defaultdict(list)
        for triple in document.triples:
            assert isinstance(triple.subject, ox.NamedNode)
            assert isinstance(triple.object, ox.NamedNode | ox.Literal)
            self._by_subject[triple.subject].append((triple.predicate, triple.object))

    @cached_property
    def subject(self) -> ox.NamedNode:
        """What the document is about."""
        return ox.NamedNode(self._document.iri)

    @property
    def title(self) -> Link:
        """The name of what the document is about."""
        return self.name(self.subject)

    @property
    def entry(self) -> Entry:
        """What is said of the document's own subject."""
        return self._entry(self.subject)

    @property
    def sections(self) -> Iterator[Section]:
        """A relation's facts, by class."""
        facts: dict[str, list[ox.NamedNode]] = defaultdict(list)
        for subject in self._document.subjects:
            if self._objects(subject, "bilat:ofRelation"):
                facts[self._class_of(subject)].append(subject)
        for class_ in (*SECTIONS, *sorted(set(facts) - set(SECTIONS))):
            if facts[class_]:
                ordered = sorted(facts[class_], key=self._date)
                title = self.name(ox.NamedNode(expand("bilat:") + class_))
                yield Section(title, tuple(self._entry(fact) for fact in ordered))

    @property
    def referrers(self) -> Iterator[tuple[Link, Link]]:
        """What points here: by which property, from what."""
        for referrer in self._document.referrers:
            for predicate, target in self._by_subject[referrer]:
                if target == self.subject:
                    yield self.name(predicate), self.name(referrer)

    @property
    def uncounted(self) -> tuple[Link, ...]:
        """The properties by which more point here than a page can list."""
        return tuple(self.name(predicate) for predicate in self._document.uncounted)

    def name(self, node: ox.NamedNode) -> Link:
        """Name a thing in the view's language, else in another, else by its IRI."""
        label = self._label(node) or self._composed(node)
        text, language = label or (self._words(shortened(node.value)), None)
        return Link(text, address_of(node.value), language if language != self._words.language else None)

    def _label(self, node: ox.NamedNode) -> tuple[str, str | None] | None:
        for predicate in _LABELS:
            literals = {
                term.language: term.value
                for p, term in self._by_subject.get(node, ())
                if p.value == predicate and isinstance(term, ox.Literal)
            }
            for language in (self._words.language, *LANGUAGES, *literals):
                if language in literals:
                    return literals[language], language
        return None

    def _composed(self, node: ox.NamedNode) -> tuple[str, str] | None:
        """Name an observation by what it measures, in which direction and when."""
        measures = self._objects(node, "bilat:measure")
        if not measures:
            return None
        parts = [self._value(measures[0]).text]
        sides = [self._objects(node, f"bilat:{name}") for name in ("fromParty", "toParty")]
        if all(sides):
            parts.append(" → ".join(self._value(side[0]).text for side in sides))
        parts += [self._value(term).text for term in self._objects(node, "bilat:refPeriod")]
        return ", ".join(parts), self._words.language

    def _class_of(self, node: ox.NamedNode) -> str:
        types = [str(term.value) for term in self._objects(node, "rdf:type")]
        own = sorted(t.removeprefix(expand("bilat:")) for t in types if t.startswith(expand("bilat:")))
        return own[0] if own else ""

    def _date(self, node: ox.NamedNode) -> tuple[str, str]:
        dates = [term.value for p, term in self._by_subject[node] if p.value in _DATES]
        return (min(dates, default="~"), node.value)

    def _objects(self, node: ox.NamedNode, predicate: str) -> list[Term]:
        wanted = expand(predicate)
        return [term for p, term in self._by_subject.get(node, ()) if p.value == wanted]

    def _nodes(self, node: ox.NamedNode, predicate: str) -> list[ox.NamedNode]:
        return [term for term in self._objects(node, predicate) if isinstance(term, ox.NamedNode)]

    def _value(self, term: Term) -> Link:
        if isinstance(term, ox.NamedNode):
            return self.name(term)
        text = self._words.literal(term.value, term.datatype.value)
        language = term.language if term.language != self._words.language else None
        return Link(text, None, language)

    def _entry(self, node: ox.NamedNode) -> Entry:
        return Entry(
            iri=node.value,
            anchor=node.value.rpartition("/")[2],
            title=self.name(node),
            types=tuple(self.name(type_) for type_ in self._nodes(node, "rdf:type")),
            rows=self._rows(node, hidden=_HIDDEN),
            sources=self._sources(node),
            rivals=tuple(self._rivals(node)),
        )

    def _rows(self, node: ox.NamedNode, *, hidden: frozenset[str]) -> tuple[Row, ...]:
        values: dict[ox.NamedNode, list[Term]] = defaultdict(list)
        for predicate, term in self._by_subject[node]:
            if predicate.value not in hidden:
                values[predicate].append(term)
        rows = (
            Row(self.name(p), tuple(self._value(term) for term in self._in_language(terms)))
            for p, terms in values.items()
        )
        return tuple(sorted(rows, key=lambda row: row.name.text.casefold()))

    def _in_language(self, terms: list[Term]) -> list[Term]:
        """Keep, of texts in several languages, those in the view's; of others all."""
        texts = [term for term in terms if isinstance(term, ox.Literal) and term.language]
        mine = [term for term in texts if term.language == self._words.language]
        return [term for term in terms if term not in texts] + (mine or texts)

    def _sources(self, node: ox.NamedNode) -> tuple[Source, ...]:
        return tuple(self._source(citation) for citation in self._nodes(node, "bilat:citation"))

    def _source(self, citation: ox.NamedNode) -> Source:
        statements = self._in_language(self._objects(citation, "bilat:statement"))
        sources = self._nodes(citation, "dcterms:source")
        hidden = _HIDDEN | {expand("bilat:statement"), expand("dcterms:source")}
        return Source(
            source=self.name(sources[0]) if sources else self.name(citation),
            statement=self._value(statements[0]) if statements else None,
            rows=self._rows(citation, hidden=hidden),
        )

    def _rivals(self, node: ox.NamedNode) -> Iterator[Rival]:
        for claim in self._document.subjects:
            if node not in self._objects(claim, "rdf:subject"):
                continue
            hidden = _HIDDEN | {
                expand(name)
                for name in ("rdf:subject", "rdf:predicate", "rdf:object", "bilat:rank", "bilat:conflictsWith")
            }
            yield Rival(
                claim=Link(self._words("claim"), address_of(claim.value)),
                property=self._first(claim, "rdf:predicate"),
                value=self._first(claim, "rdf:object"),
                rank=self._first(claim, "bilat:rank"),
                rows=self._rows(claim, hidden=hidden),
                sources=self._sources(claim),
            )

    def _first(self, node: ox.NamedNode, predicate: str) -> Link:
        return self._value(next(iter(self._objects(node, predicate)), ox.Literal("")))
