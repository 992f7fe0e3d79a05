"""The words of the pages: gettext catalogues, and dates and numbers as each language writes them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import Translations
from markupsafe import Markup, escape

from bilateral.message import Message as Sentence
from bilateral.message import Verbatim
from bilateral.terms import expand

NAMES: Final = {"en": "English", "es": "Español", "ko": "한국어"}
"""Each language in its own words."""

_YEAR: Final = re.compile(r"-?\d{4,}")
_YEAR_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_MONTH_DAY: Final = re.compile(r"--(\d{2})-(\d{2})")

_CONTRACTIONS: Final = ((" de el ", " del "), ("De el ", "Del "), (" a el ", " al "))
"""What Spanish draws together where a name with its article is filled in."""

_WRITTEN: Final = 16_384
"""Numbers and dates that are remembered as written: to write one takes as long as to look a fact up."""


@dataclass(frozen=True)
class Words:
    """One language's catalogue and ways of writing."""

    language: str
    messages: Translations
    known: frozenset[str]

    def __call__(self, message: str, /, **values: object) -> str:
        """Translate a message and fill in its ``{values}``; one without translation stays English.

        Markup among the values stays markup, and everything else is then escaped.
        """
        return self._filled(self.messages.gettext(message), values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Translate a message that depends on a number, which it may show as ``{number}``."""
        return self._filled(self.messages.ngettext(one, many, number), {"number": self.number(number), **values})

    def _filled(self, message: str, values: dict[str, object]) -> str:
        text = _fill(message, values)
        if values and self.language == "es":
            for apart, together in _CONTRACTIONS:
                text = text.replace(apart, together)
        return text

    def tell(self, message: Sentence) -> str:
        """Write what an error says."""
        return self._told(message, str)

    def show(self, message: Sentence) -> Markup:
        """Write what an error says for a page, where the words of others are marked as English."""
        return escape(self._told(message, _marked))

    def _told(self, message: Sentence, quoted: Callable[[str], str]) -> str:
        values = {
            name: self._told(value, quoted) if isinstance(value, Sentence) else _quoted(value, quoted)
            for name, value in message.values.items()
        }
        return self(message.sentence, **values)

    @property
    def before_a_day(self) -> str:
        """What stands between "since" or "until" and a day: in Spanish the article."""
        return "el " if self.language == "es" else ""

    def knows(self, message: str) -> bool:
        """Whether the catalogue has the message."""
        return message in self.known

    def number(self, value: Decimal | int | str) -> str:
        """Write a number, at the precision that it has."""
        return _number(str(value), self.language)

    def percent(self, share: Decimal) -> str:
        """Write a share between 0 and 1 in hundredths, at the precision that it has."""
        return _percent(share, self.language)

    def date(self, lexical: str) -> str:
        """Write a date, a month or a year, whichever the text is (XML Schema, sections 3.3.9 to 3.3.11)."""
        if _YEAR_MONTH.fullmatch(lexical):
            return self.literal(lexical, expand("xsd:gYearMonth"))
        return self.literal(lexical, expand("xsd:gYear" if _YEAR.fullmatch(lexical) else "xsd:date"))

    def literal(self, lexical: str, datatype: str) -> str:
        """Write a literal's value as the language does, at the precision that it has."""
        try:
            return self._literal(lexical, datatype)
        except (ValueError, InvalidOperation):
            return lexical

    def _literal(self, lexical: str, datatype: str) -> str:
        match datatype.removeprefix(expand("xsd:")):
            case "date":
                return _date(lexical, self.language)
            case "gYear" | "gYearMonth" | "gMonthDay" as part:
                return self._part_of_a_date(lexical, part)
            case "decimal" | "integer":
                return self.number(lexical)
            case "boolean":
                return self("yes") if lexical in ("true", "1") else self("no")
        return lexical

    def _part_of_a_date(self, lexical: str, part: str) -> str:
        if part == "gYear" and _YEAR.fullmatch(lexical):
            return _year(lexical, self.language)
        if part == "gYearMonth" and (match := _YEAR_MONTH.fullmatch(lexical)):
            day = dt.date(int(match[1]), int(match[2]), 1)
            return format_skeleton("yMMMM", day, locale=self.language)
        if part == "gMonthDay" and (match := _MONTH_DAY.fullmatch(lexical)):
            day = dt.date(2000, int(match[1]), int(match[2]))  # a leap year, so that every day is one
            return format_skeleton("MMMMd", day, locale=self.language)
        return lexical


@lru_cache(_WRITTEN)
def _number(lexical: str, language: str) -> str:
    return format_decimal(Decimal(lexical), locale=language, decimal_quantization=False)


@lru_cache(_WRITTEN)
def _percent(share: Decimal, language: str) -> str:
    return format_percent(share, format="#,##0%", locale=language, decimal_quantization=False)


@lru_cache(_WRITTEN)
def _date(lexical: str, language: str) -> str:
    return format_date(dt.date.fromisoformat(lexical), "long", locale=language)


@lru_cache(_WRITTEN)
def _year(lexical: str, language: str) -> str:
    return format_skeleton("y", dt.date(int(lexical), 1, 1), locale=language)


def _quoted(value: str, quoted: Callable[[str], str]) -> str:
    return quoted(value) if isinstance(value, Verbatim) else value


def _marked(text: str) -> Markup:
    return Markup('<span lang="en">{}</span>').format(text)


def _fill(message: str, values: dict[str, object]) -> str:
    if not values:
        return message
    if any(hasattr(value, "__html__") for value in values.values()):
        return Markup(escape(message)).format(**values)  # noqa: S704 - it is escaped
    return message.format(**values)


@cache
def words(language: str) -> Words:
    """Read a language's catalogue; the English one names the terms of other vocabularies."""
    path = resources.files("bilateral").joinpath("locales", language, "LC_MESSAGES", "bilateral.po")
    compiled = io.BytesIO()
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    write_mo(compiled, catalog)
    compiled.seek(0)
    known = frozenset(id_ for message in catalog if message.string for id_ in _ids(message))
    return Words(language, Translations(compiled), known)


def _ids(message: Message) -> tuple[str, ...]:
    """Give a message's English text, or its texts for one and for many."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)
