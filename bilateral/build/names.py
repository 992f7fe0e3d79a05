"""Names of parties, with their articles, and what is made of them in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bilateral.build.thing import Texts

_DASH: Final = "\N{EN DASH}"


@dataclass(frozen=True)
class Name:
    """A name in one language, and the article that it takes within a sentence, if any."""

    text: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.article} {self.text}" if self.article else self.text


Names = Mapping[str, Name]
"""The names of one party, by language."""


def texts(names: Names) -> dict[str, str]:
    """Give the names alone."""
    return {language: name.text for language, name in names.items()}


def relation(one: Names, other: Names) -> Texts:
    """Name a relation; the parties are in the order of their English names, in every language.

    >>> peru, korea = {"en": Name("Peru"), "es": Name("Perú", "el"), "ko": Name("페루")}, {
    ...     "en": Name("South Korea"), "es": Name("Corea del Sur"), "ko": Name("대한민국")}
    >>> relation(korea, peru)["es"]
    'Relaciones entre el Perú y Corea del Sur'
    """
    first, second = sorted((one, other), key=lambda names: names["en"].text)
    return {
        "en": f"{first['en'].text}{_DASH}{second['en'].text} relations",
        "es": f"Relaciones entre {_and(first['es'], second['es'])}",
        "ko": f"{first['ko'].text}{_DASH}{second['ko'].text} 관계",
    }


def mission(kind: Texts, sender: Names, host: Names, city: str = "") -> Texts:
    """Name a mission of a party in another, by its city where there can be several."""
    in_city = {"en": f"{city}, {host['en'].text}", "es": f"{city} ({host['es'].text})"}
    return {
        "en": f"{_capital(kind['en'])} of {sender['en']} in {in_city['en'] if city else host['en']}",
        "es": f"{_capital(kind['es'])} {_of(sender['es'])} en {in_city['es'] if city else host['es']}",
        "ko": f"주{host['ko'].text} {sender['ko'].text} {kind['ko']}" + (f" ({city})" if city else ""),
    }


def accreditation(mission: Texts, to: Names) -> Texts:
    """Name the accreditation of a mission to one more party."""
    return {
        "en": f"{mission['en']}, accredited to {to['en']}",
        "es": f"{mission['es']}, con acreditación ante {to['es']}",
        "ko": f"{mission['ko']}의 {to['ko'].text} 겸임",
    }


def entry(kind: Texts, days: str, passport: Names, destination: Names) -> Texts:
    """Name a rule of entry, with the days of stay where they are limited."""
    limit = {"en": f", {days} days", "es": f", {days} días", "ko": f" {days}일"} if days else {}
    return {
        "en": f"Nationals of {passport['en']} entering {destination['en']}: {kind['en']}{limit.get('en', '')}",
        "es": f"Nacionales {_of(passport['es'])} que entran en {destination['es']}: {kind['es']}{limit.get('es', '')}",
        "ko": f"{passport['ko'].text} 국민의 {destination['ko'].text} 입국: {kind['ko']}{limit.get('ko', '')}",
    }


def event(kind: Texts, year: str, one: Names, other: Names) -> Texts:
    """Name an event between two parties by its year."""
    return {
        "en": f"{_capital(kind['en'])} between {one['en']} and {other['en']}, {year}",
        "es": f"{_capital(kind['es'])} entre {_and(one['es'], other['es'])}, {year}",
        "ko": f"{year}년 {_and_korean(one['ko'].text)} {other['ko'].text}의 {kind['ko']}",
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _of(name: Name) -> str:
    return f"del {name.text}" if name.article == "el" else f"de {name}"


def _and(first: Name, second: Name) -> str:
    """Join with y, which is e before the sound of an i."""
    word = "e" if re.match("i|hi(?!e)", str(second), re.IGNORECASE) else "y"
    return f"{first} {word} {second}"


def _and_korean(word: str) -> str:
    """Add 과 after a final consonant, else 와; syllables are laid out 28 to a vowel, the first without one."""
    return word + ("과" if (ord(word[-1]) - ord("가")) % 28 else "와")
