"""Where a source meets what curators have written: the same fact gets a second citation, another value becomes a claim.

What curators say is preferred, since they have read sources nearer to the matter than a compilation is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bilateral.build.fact import claim
from bilateral.build.thing import Property, Thing, node, ref
from bilateral.build.world import World
from bilateral.terms import PREFIXES, RELATION, expand

_KEYS: Final = {
    "DiplomaticMission": ("bilat:fromParty", "bilat:toParty", "skos:exactMatch"),
    "RelationEvent": ("bilat:kind", "bilat:date"),
    "TradeObservation": ("bilat:measure", "bilat:fromParty", "bilat:toParty", "bilat:refPeriod", "bilat:reportedBy"),
    "Membership": ("org:member", "org:organization"),
    "DyadicObservation": ("bilat:measure", "bilat:startDate", "bilat:endDate", "bilat:refPeriod"),
    "MigrationStock": ("bilat:measure", "bilat:fromParty", "bilat:toParty", "bilat:refPeriod", "bilat:reportedBy"),
    "VisaRule": ("bilat:fromParty", "bilat:toParty"),
}
"""What facts of a class must have alike to be the same; dates alike as far as both are given."""
_OWN: Final = {"rdf:type", "bilat:ofRelation", "rdfs:label", "dcterms:title"}
"""What each says in its own way; and the kind, where somebody has found that both mean the same."""
_MANY: Final = {"bilat:citation", "skos:exactMatch", "schema:url"}
_OF_CURATORS: Final = ("wikibase:PreferredRank", "reason:primary-or-nearest")
_OF_SOURCE: Final = ("wikibase:NormalRank", "reason:contradicted-by-primary")
_DATES: Final = ("bilat:startDate", "bilat:endDate")


@dataclass(frozen=True)
class Meeting:
    """A fact of a source that curators have as well; with a property, one that they give otherwise."""

    source: str
    fact: str
    curated: str
    property: str = ""
    curated_value: str = ""
    other_value: str = ""


class Meetings:
    """The meetings of one source; ``found`` lists them."""

    def __init__(self, source: str, iri: str, world: World) -> None:
        self._source = source
        self._iri = iri
        self._world = world
        self._met: set[str] = set()
        self.found: list[Meeting] = []

    def resolve(self, thing: Thing) -> Iterator[Thing]:
        """Give the fact, or what it adds to the one that curators have."""
        curated = self._counterpart(thing)
        if curated is None:
            yield thing
            return
        self._met.add(curated)
        self.found.append(Meeting(self._source, thing.iri, curated))
        own = _OWN | {"bilat:kind"} if thing.iri in self._world.meetings else _OWN
        added: list[Property] = []
        rivals: list[Thing] = []
        for predicate, term in thing.properties:
            values = self._values(curated, predicate)
            if predicate in own or term in values or (predicate == "bilat:citation" and self._cites(curated)):
                continue
            if predicate in _MANY or not values:
                added.append((predicate, term))
            elif not any(_alike(term, value) for value in values):
                rivals += self._rivals(thing, curated, (predicate, term), values[0])
        yield from rivals or [Thing(curated, tuple(added))]

    def _counterpart(self, thing: Thing) -> str | None:
        """Find the fact of curators that is the same, or was found to be; none else is met twice by one source."""
        if thing.iri in self._world.meetings:
            return self._world.meetings[thing.iri]
        scope = self._scope(thing)
        if thing.class_ not in _KEYS or not scope:
            return None
        class_ = ox.NamedNode(expand(f"bilat:{thing.class_}"))
        same = [
            quad.subject.value
            for quad in self._world.curated.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), class_, None)
            if isinstance(quad.subject, ox.NamedNode)
            and quad.subject.value.startswith(scope)
            and quad.subject.value not in self._met
            and self._is_same(thing, quad.subject.value)
        ]
        kind = next((term for predicate, term in thing.properties if predicate == "bilat:kind"), "")
        return min(same, key=lambda iri: kind not in self._values(iri, "bilat:kind"), default=None)

    def _scope(self, thing: Thing) -> str:
        """Give what begins the IRI of every fact of curators that can be the same; empty where there is none."""
        if thing.class_ == "Membership":
            return PREFIXES["membership"]
        relation = RELATION + thing.iri.partition("/id/relation/")[2][:7]
        return f"{relation}/" if self._world.is_curated(relation) else ""

    def _is_same(self, thing: Thing, curated: str) -> bool:
        for key in _KEYS[thing.class_]:
            terms = [term for predicate, term in thing.properties if predicate == key]
            values = self._values(curated, key)
            if len(terms) != len(values) or not all(any(_alike(t, v) for v in values) for t in terms):
                return False
        return thing.class_ != "VisaRule" or self._at_one_time(thing, curated)

    def _at_one_time(self, thing: Thing, curated: str) -> bool:
        """Tell whether a rule that editions attest overlaps one that curators date; a ban passes beside it."""
        said = dict(thing.properties)
        if said["bilat:kind"] in {ref("visa:pandemic-ban"), ref("visa:event-permit")}:
            return False
        start, end = ((self._values(curated, predicate) or [""])[0].split('"')[1:2] for predicate in _DATES)
        first, last = (said[predicate].split('"')[1] for predicate in ("bilat:firstAttested", "bilat:lastAttested"))
        return (not start or start[0] <= last) and (not end or first <= end[0])

    def _rivals(self, thing: Thing, curated: str, property_: Property, value: str) -> Iterator[Thing]:
        """Give both values as claims: that of the curators is preferred."""
        predicate, term = property_
        cited = [citation for name, citation in thing.properties if name == "bilat:citation"]
        self.found.append(Meeting(self._source, thing.iri, curated, predicate, value, term))
        local = f"{self._source}-{curated.rpartition('/')[2]}-{predicate.partition(':')[2]}"
        relation = curated.rpartition("/")[0]
        of_source, of_curators = f"{relation}/claim-{local}", f"{relation}/claim-{local}-curated"
        yield claim(of_source, curated, (predicate, term), _OF_SOURCE, of_curators, cited=cited)
        cited = self._values(curated, "bilat:citation")
        yield claim(of_curators, curated, (predicate, value), _OF_CURATORS, of_source, cited=cited)

    def _cites(self, curated: str) -> bool:
        """Tell whether curators cite the source already."""
        cited = self._values(curated, "bilat:citation")
        return any(node(self._iri) in self._values(citation[1:-1], "dcterms:source") for citation in cited)

    def _values(self, iri: str, predicate: str) -> list[str]:
        quads = self._world.curated.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(expand(predicate)), None, None)
        return sorted(str(quad.object) for quad in quads)


def _alike(one: str, other: str) -> bool:
    """Tell whether two terms are equal, or dates of which one is less precise than the other."""
    if one == other:
        return True
    first, second = one.rpartition("^^"), other.rpartition("^^")
    dates = {ref("xsd:gYear"), ref("xsd:gYearMonth"), ref("xsd:date")}
    if not {first[2], second[2]} <= dates:
        return False
    a, b = first[0].strip('"'), second[0].strip('"')
    return a.startswith(b) or b.startswith(a)
