"""The types and properties that the service speaks of, under prefixed names as in the ontology."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from bilateral.terms import BASE, LANGUAGES, compact, expand

SPACE: Final = f"{BASE}id/"
"""The identifier space: with an identifier behind it, it is the IRI of the thing."""


@dataclass(frozen=True)
class EntityType:
    """A type of things; ``broader`` is the identifier of the type that has it within."""

    id: str
    broader: str | None = None

    @property
    def iri(self) -> str:
        """The IRI of the class."""
        return expand(self.id)


class Value(Enum):
    """What the values of a property are."""

    NAME = "a name"
    CODE = "a code"
    ITEM = "an item of Wikidata"
    THING = "a thing of ours"
    DATE = "a date"


@dataclass(frozen=True)
class Property:
    """A property of things of some types; a name is in one language.

    ``value_type`` is the identifier of the type of the things that are its values.
    """

    id: str
    value: Value
    types: tuple[str, ...]
    language: str | None = None
    value_type: str | None = None

    @property
    def iri(self) -> str:
        """The IRI by which the graph says it."""
        return expand(self.id.partition("@")[0])


PARTY: Final = "bilat:Party"
RELATION: Final = "bilat:BilateralRelation"
PERSON: Final = "schema:Person"
ORGANIZATION: Final = "org:Organization"
TREATY: Final = "bilat:Treaty"

TYPES: Final = (
    EntityType(PARTY),
    EntityType(RELATION),
    EntityType(PERSON),
    EntityType(ORGANIZATION),
    EntityType("bilat:InternationalOrganization", broader=ORGANIZATION),
    EntityType(TREATY),
)

_ALL: Final = tuple(type_.id for type_ in TYPES)
_ORGANIZATIONS: Final = (ORGANIZATION, "bilat:InternationalOrganization")

PROPERTIES: Final = (
    *(Property(f"rdfs:label@{language}", Value.NAME, _ALL, language) for language in LANGUAGES),
    Property("bilat:partyCode", Value.CODE, (PARTY,)),
    Property("wdt:P297", Value.CODE, (PARTY,)),
    Property("wdt:P2082", Value.CODE, (PARTY,)),
    Property("wdt:P1566", Value.CODE, (PARTY,)),
    Property("skos:exactMatch", Value.ITEM, _ALL),
    Property("wdt:P36", Value.THING, (PARTY,)),
    Property("bilat:endDate", Value.DATE, (PARTY,)),
    Property("dcterms:isReplacedBy", Value.THING, (PARTY,), value_type=PARTY),
    Property("bilat:party", Value.THING, (RELATION,), value_type=PARTY),
    Property("event:establishment", Value.DATE, (RELATION,)),
    Property("dcterms:spatial", Value.THING, _ORGANIZATIONS, value_type=PARTY),
)

CODES: Final = ("bilat:partyCode", "wdt:P297", "wdt:P2082")
"""The codes by which a party may be called without saying which: ISO 3166-1 or a former state's, and M49."""


def id_of(iri: str) -> str:
    """Give the identifier of a thing.

    >>> id_of("https://w3id.org/bilateral/id/party/PER")
    'party/PER'
    """
    return iri.removeprefix(SPACE)


def iri_of(text: str) -> str:
    """Give the IRI of a thing by its identifier, its prefixed name or its IRI; of other text one that nothing has.

    >>> iri_of("party/PER") == iri_of("party:PER") == iri_of("https://w3id.org/bilateral/id/party/PER")
    True
    """
    if text.startswith(SPACE):
        return text
    _, colon, local = text.partition(":")
    try:
        return expand(text) if colon and local and not local.startswith("//") else SPACE + text
    except KeyError:
        return SPACE + text


def type_named(text: str) -> EntityType | None:
    """Find a type by its identifier or its IRI."""
    name = compact(text)
    return next((type_ for type_ in TYPES if type_.id == name), None)


def property_named(text: str) -> Property | None:
    """Find a property by its identifier or its IRI."""
    name = compact(text)
    return next((property_ for property_ in PROPERTIES if property_.id == name), None)


def with_narrower(type_: EntityType) -> frozenset[str]:
    """Give the IRIs of a type's class and of those within.

    >>> sorted(map(compact, with_narrower(type_named("org:Organization"))))
    ['bilat:InternationalOrganization', 'org:Organization']
    """
    return frozenset(each.iri for each in TYPES if type_.id in (each.id, each.broader))


def types_of(class_: str) -> list[EntityType]:
    """Give the types that a thing of a class is of, its own first."""
    own = next(type_ for type_ in TYPES if type_.iri == class_)
    return [own, *(type_ for type_ in TYPES if type_.id == own.broader)]
