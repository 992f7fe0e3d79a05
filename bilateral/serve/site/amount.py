"""Amounts: values with their units, as each language writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from babel.numbers import format_currency

from bilateral.serve.site.graph import Row
from bilateral.terms import expand
from bilateral.words import Words

_CURRENCY: Final = expand("cur:")
_SHARE: Final = expand("unit:share")
_PERCENT: Final = expand("unit:percent")


def amount(row: Row, words: Words) -> str:
    """Write the value of a row with its unit; an empty text where it has no value."""
    if not row.has("value"):
        return ""
    value, unit = Decimal(row.text("value")), row.text("unit")
    if unit.startswith(_CURRENCY):
        whole = value == value.to_integral_value()
        code = unit.removeprefix(_CURRENCY)
        return format_currency(value, code, "¤¤ #,##0" if whole else None, locale=words.language, currency_digits=False)
    if unit == _SHARE:
        return words.percent(value)
    if unit == _PERCENT:
        return words.percent(value / 100)
    name = row.text("unitLabel") if row.offers("unitLabel") else ""
    return f"{words.number(value)} {name}".rstrip()
