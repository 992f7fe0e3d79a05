"""Things on their way into the graph: an IRI and what is said of it, as terms of N-Triples.

https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from bilateral.terms import LANGUAGES, expand

Property = tuple[str, str]
"""A predicate as a prefixed name, and a term of N-Triples."""

Texts = Mapping[str, str]
"""The same in several languages, by language."""

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_DATES: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}


@dataclass(frozen=True, slots=True)
class Thing:
    """An IRI and its properties; the first is its class, or the thing is described elsewhere as well."""

    iri: str
    properties: tuple[Property, ...]

    def triples(self) -> Iterator[str]:
        """Give a line of N-Triples for each property."""
        for predicate, term in self.properties:
            yield f"<{self.iri}> {ref(predicate)} {term} .\n"

    @property
    def class_(self) -> str:
        """The local name of the class; empty where the thing is described elsewhere as well."""
        predicate, term = self.properties[0] if self.properties else ("", "")
        return re.split("[/#]", term[1:-1])[-1] if predicate == "rdf:type" else ""


@cache
def ref(name: str) -> str:
    """Refer to a prefixed name.

    >>> ref("mission:embassy")
    '<https://w3id.org/bilateral/kind/mission/embassy>'
    """
    return f"<{expand(name)}>"


def node(iri: str) -> str:
    """Refer to an IRI."""
    return f"<{iri}>"


def string(value: str) -> str:
    """Write a plain string."""
    return f'"{value.translate(_ESCAPES)}"'


def text(value: str, language: str) -> str:
    """Write a text in a language."""
    return f'"{value.translate(_ESCAPES)}"@{language}'


def date(value: str) -> str:
    """Write a year, a month or a day, as precise as it is given.

    >>> date("1963-04")
    '"1963-04"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    return f'"{value}"^^{ref(f"xsd:{_DATES[len(value)]}")}'


def decimal(value: str) -> str:
    """Write a number with a fraction."""
    return f'"{value}"^^{ref("xsd:decimal")}'


def integer(value: str | int) -> str:
    """Write a whole number."""
    return f'"{value}"^^{ref("xsd:integer")}'


def boolean(*, value: bool) -> str:
    """Write true or false."""
    return f'"{str(value).lower()}"^^{ref("xsd:boolean")}'


def texts(predicate: str, values: Texts, languages: Iterable[str] = LANGUAGES) -> Iterator[Property]:
    """Say the same in each language."""
    for language in languages:
        yield (predicate, text(values[language], language))


def given(predicate: str, term: Callable[[str], str], value: str) -> tuple[Property, ...]:
    """Say a value where there is one.

    >>> given("bilat:endDate", date, "")
    ()
    """
    return ((predicate, term(value)),) if value else ()
