"""Parameters of questions: what of a question may be another country, pair, date or year.

A question declares them in its head: ``# Parameter: party party party:PER`` names one, says its type, and gives
the term in the query that stands for it. A value is read by its type before it becomes part of a query, so that
no text of a client does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from bilateral.errors import BadRequest
from bilateral.message import Message
from bilateral.terms import expand

_DECLARATION: Final = re.compile(r"^# Parameter: (?P<name>\w+) (?P<type>\w+) (?P<term>\S+)$", re.MULTILINE)
_TERM: Final = re.compile(r'"(?P<literal>[^"]*)".*|\w+:(?P<local>.*)')
_CODE: Final = re.compile(r"[A-Z]{3}")


class Type(Enum):
    """What a value may be."""

    PARTY = "party"
    RELATION = "relation"
    DATE = "date"
    YEAR = "year"


SCHEMAS: Final[Mapping[Type, Mapping[str, str]]] = {
    Type.PARTY: {"type": "string", "pattern": "^[A-Za-z]{3}$"},
    Type.RELATION: {"type": "string", "pattern": "^[A-Za-z]{3}-[A-Za-z]{3}$"},
    Type.DATE: {"type": "string", "format": "date"},
    Type.YEAR: {"type": "string", "pattern": "^[0-9]{4}$"},
}
"""The schema of the values of each type (OpenAPI 3.1, section 4.8.24)."""

WORDS: Final[Mapping[Type, Message]] = {
    Type.PARTY: Message("the code of a party"),
    Type.RELATION: Message("the codes of two parties"),
    Type.DATE: Message("a day"),
    Type.YEAR: Message("a year"),
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: its name and type, the term that stands for it, and the value that this has."""

    name: str
    type: Type
    term: str
    default: str

    def read(self, text: str) -> str:
        """Read a value.

        Raises:
            BadRequest: it is none of the type.
        """
        value = _READERS[self.type](text.strip())
        if value is None:
            raise BadRequest(
                Message(
                    "{name}={text} is not {type}, as {example} is.",
                    name=self.name,
                    text=text[:40],
                    type=WORDS[self.type],
                    example=self.default,
                )
            )
        return value

    def term_of(self, value: str) -> str:
        """Write the term of a value that was read."""
        return self.term.replace(self.default, value)

    def iri_of(self, value: str) -> str | None:
        """Give the IRI of a value that was read, where it names a thing."""
        return expand(self.term_of(value)) if self.type in (Type.PARTY, Type.RELATION) else None


def parameters_of(text: str) -> tuple[Parameter, ...]:
    """List the parameters that a question declares."""
    return tuple(_declared(text))


def _declared(text: str) -> Iterator[Parameter]:
    for found in _DECLARATION.finditer(text):
        term = _TERM.fullmatch(found["term"])
        assert term is not None, found["term"]
        yield Parameter(found["name"], Type(found["type"]), found["term"], term["literal"] or term["local"])


def bind(text: str, values: Mapping[Parameter, str]) -> str:
    """Put values that were read in the places of the terms that stand for them.

    >>> party = Parameter("party", Type.PARTY, "party:PER", "PER")
    >>> bind("SELECT ?f { ?f bilat:toParty party:PER }", {party: "KOR"})
    'SELECT ?f { ?f bilat:toParty party:KOR }'
    """
    if not values:
        return text
    terms = {parameter.term: parameter.term_of(value) for parameter, value in values.items()}
    places = re.compile("|".join(rf"(?<![\w:-]){re.escape(term)}(?![\w-])" for term in terms))
    return places.sub(lambda found: terms[found[0]], text)


def _party(text: str) -> str | None:
    return text.upper() if _CODE.fullmatch(text.upper()) else None


def _relation(text: str) -> str | None:
    codes = sorted(text.upper().split("-"))
    return "-".join(codes) if len(codes) == 2 and all(_CODE.fullmatch(code) for code in codes) else None


def _date(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _year(text: str) -> str | None:
    return text if re.fullmatch(r"[0-9]{4}", text) else None


_READERS: Final[Mapping[Type, Callable[[str], str | None]]] = {
    Type.PARTY: _party,
    Type.RELATION: _relation,
    Type.DATE: _date,
    Type.YEAR: _year,
}
