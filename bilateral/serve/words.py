"""The words of the pages: gettext catalogues, and dates and numbers as each language writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Final

from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bilateral.terms import expand

NAMES: Final = {"en": "English", "es": "Español", "ko": "한국어"}
"""Each language in its own words."""

_YEAR: Final = re.compile(r"-?\d{4,}")
_YEAR_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_MONTH_DAY: Final = re.compile(r"--(\d{2})-(\d{2})")


@dataclass(frozen=True)
class Words:
    """One language's catalogue and ways of writing."""

    language: str
    messages: Mapping[str, str]

    def __call__(self, message: str) -> str:
        """Translate a message; one without translation stays English."""
        return self.messages.get(message, message)

    def literal(self, lexical: str, datatype: str) -> str:
        """Write a literal's value as the language does, at the precision that it has."""
        try:
            return self._literal(lexical, datatype)
        except (ValueError, InvalidOperation):
            return lexical

    def _literal(self, lexical: str, datatype: str) -> str:
        if datatype == expand("xsd:date"):
            return format_date(dt.date.fromisoformat(lexical), "long", locale=self.language)
        if datatype == expand("xsd:gYearMonth") and (match := _YEAR_MONTH.fullmatch(lexical)):
            day = dt.date(int(match[1]), int(match[2]), 1)
            return format_skeleton("yMMMM", day, locale=self.language)
        if datatype == expand("xsd:gMonthDay") and (match := _MONTH_DAY.fullmatch(lexical)):
            day = dt.date(2000, int(match[1]), int(match[2]))  # a leap year, so that every day is one
            return format_skeleton("MMMMd", day, locale=self.language)
        if datatype in (expand("xsd:decimal"), expand("xsd:integer")):
            return format_decimal(Decimal(lexical), locale=self.language)
        if datatype == expand("xsd:boolean"):
            return self("yes") if lexical in ("true", "1") else self("no")
        return lexical


@cache
def words(language: str) -> Words:
    """Read a language's catalogue; the English one names the terms of other vocabularies."""
    path = resources.files("bilateral").joinpath("locales", language, "LC_MESSAGES", "bilateral.po")
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    return Words(language, {str(m.id): str(m.string) for m in catalog if m.id and m.string})
