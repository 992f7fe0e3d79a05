"""Values: what a cell of a result is in Python, chosen by its datatype."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Self

import pyoxigraph as ox

from bilateral.terms import compact, expand


class Iri(str):
    """An IRI: equal to its text, and known as an IRI.

    >>> Iri("https://w3id.org/bilateral/id/party/PER").compact
    'party:PER'
    """

    __slots__ = ()

    @property
    def compact(self) -> str:
        """The prefixed name, where one of our prefixes fits; else the IRI itself."""
        return compact(self)


class BlankNode(str):
    """A blank node: its label, which means nothing outside of the result that has it."""

    __slots__ = ()


class Text(str):
    """A literal that is more than its characters: text in a language, or of a datatype that Python has not.

    It is equal to the bare text. A plain ``xsd:string`` is a plain ``str``.

    >>> name = Text("페루", language="ko")
    >>> name == "페루", name.language
    (True, 'ko')
    """

    __slots__ = ("datatype", "language")

    language: str | None
    datatype: str | None

    def __new__(cls, characters: str, language: str | None = None, datatype: str | None = None) -> Self:
        text = super().__new__(cls, characters)
        text.language = language
        text.datatype = datatype
        return text


@dataclass(frozen=True, order=True, slots=True)
class Year:
    """A year, where no more is known (``xsd:gYear``).

    >>> str(Year(1963)), int(Year(1963))
    ('1963', 1963)
    """

    year: int

    def __str__(self) -> str:
        return f"{self.year:04}"

    def __int__(self) -> int:
        return self.year


@dataclass(frozen=True, order=True, slots=True)
class YearMonth:
    """A month of a year, where no day is known (``xsd:gYearMonth``).

    >>> str(YearMonth(1980, 2))
    '1980-02'
    """

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


Value = Iri | BlankNode | Text | str | bool | int | Decimal | float | date | datetime | Year | YearMonth


def days(when: date | Year | YearMonth) -> tuple[date, date]:
    """Give the first and the last day that a date of any precision may mean, to compare and to draw it.

    >>> days(YearMonth(1980, 2))
    (datetime.date(1980, 2, 1), datetime.date(1980, 2, 29))
    """
    match when:
        case Year(year):
            return date(year, 1, 1), date(year, 12, 31)
        case YearMonth(year, month):
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        case datetime():
            return when.date(), when.date()
    return when, when


_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DOUBLE: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_MONTH: Final = re.compile(r"\d{4}-\d\d", re.ASCII)
_TRUTH: Final = re.compile(r"true|false|1|0")
# The lexical forms of XML Schema 1.1, part 2, section 3.3. Dates with a timezone and years outside of
# 0001 to 9999 are left out: Python's date has neither.


def _year_month(form: str) -> YearMonth:
    first = date.fromisoformat(f"{form}-01")
    return YearMonth(first.year, first.month)


def _year(form: str) -> Year:
    return Year(date.fromisoformat(f"{form}-01-01").year)


_INTEGERS: Final = (
    *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
    *("negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
_STRING: Final = expand("xsd:string")
_READERS: Final[dict[str, tuple[re.Pattern[str], Callable[[str], Value]]]] = {
    **{expand(f"xsd:{name}"): (_INTEGER, int) for name in _INTEGERS},
    expand("xsd:decimal"): (_DECIMAL, Decimal),
    expand("xsd:double"): (_DOUBLE, float),
    expand("xsd:float"): (_DOUBLE, float),
    expand("xsd:boolean"): (_TRUTH, lambda form: form in ("true", "1")),
    expand("xsd:date"): (_DATE, date.fromisoformat),
    expand("xsd:dateTime"): (_MOMENT, datetime.fromisoformat),
    expand("xsd:gYear"): (_YEAR, _year),
    expand("xsd:gYearMonth"): (_MONTH, _year_month),
}


def value_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
    """Give the Python value of a term; one that Python has no type for, or that is ill-formed, stays text.

    >>> value_of(ox.Literal("1980-02", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")))
    YearMonth(year=1980, month=2)
    """
    match term:
        case ox.Literal():
            return _literal(term)
        case ox.NamedNode():
            return Iri(term.value)
        case ox.BlankNode():
            return BlankNode(term.value)
    return Text(str(term))


def _literal(literal: ox.Literal) -> Value:
    if literal.language is not None:
        return Text(literal.value, language=literal.language)
    datatype = literal.datatype.value
    if datatype == _STRING:
        return literal.value
    form, read = _READERS.get(datatype, (None, str))
    if form is not None and form.fullmatch(literal.value):
        try:
            return read(literal.value)
        except ValueError:  # a day that no calendar has, or more digits than Python reads
            pass
    return Text(literal.value, datatype=datatype)
