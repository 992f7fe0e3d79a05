"""Amounts: values with their units, as each language writes them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel.numbers import format_currency

from bilateral.serve.site.graph import Row
from bilateral.terms import expand
from bilateral.words import Words

_CURRENCY: Final = expand("cur:")
_SHARE: Final = expand("unit:share")
_PERCENT: Final = expand("unit:percent")
_WRITTEN: Final = 16_384
"""Sums that are remembered as written, which takes longer than to look them up."""

_BARE: Final = frozenset(expand(f"unit:{name}") for name in ("count", "index"))
"""Units that what is measured names already, as in "number of fan clubs"."""


def amount(row: Row, words: Words) -> str:
    """Write the value of a row with its unit; an empty text where it has no value."""
    if not row.has("value"):
        return ""
    name = row.text("unitLabel") if row.offers("unitLabel") else ""
    return written(Decimal(row.text("value")), row.text("unit"), name, words)


def written(value: Decimal, unit: str, name: str, words: Words) -> str:
    """Write a value with its unit, an IRI; a unit that is not known here by its ``name``."""
    if unit.startswith(_CURRENCY):
        return _money(value, unit.removeprefix(_CURRENCY), words.language)
    if unit == _SHARE:
        return words.percent(value)
    if unit == _PERCENT:
        return words.percent(value / 100)
    if unit in _BARE:
        return words.number(value)
    return _counted(value, unit, words) or f"{words.number(value)} {name}".rstrip()


@lru_cache(_WRITTEN)
def _money(value: Decimal, code: str, language: str) -> str:
    form = "¤¤ #,##0" if value == value.to_integral_value() else None
    return format_currency(value, code, form, locale=language, currency_digits=False, decimal_quantization=False)


def _counted(value: Decimal, unit: str, words: Words) -> str:
    """Write a number of things; what is broken is several."""
    several = int(value) if value == value.to_integral_value() else 2
    number = words.number(value)
    match unit.removeprefix(expand("unit:")):
        case "person":
            text = words.count("{number} person", "{number} people", several, number=number)
        case "position":
            text = words("no. {number}", number=number)
        case "round":
            text = words.count("{number} round", "{number} rounds", several, number=number)
        case "day":
            text = words.count("{number} day", "{number} days", several, number=number)
        case "tonne":
            text = words.count("{number} tonne", "{number} tonnes", several, number=number)
        case "kilometre":
            text = words.count("{number} kilometre", "{number} kilometres", several, number=number)
        case _:
            text = ""
    return text
