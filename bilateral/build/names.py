"""Names of parties, with their articles, and what is made of them in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


def treaty(kind: Texts, year: str, title: str) -> Texts:
    """Name a treaty by its title, which is known in English alone; in other languages by kind and year as well."""
    return {
        "en": f"{title} ({year})",
        "es": f"{_capital(kind['es'])} de {year}: {title}",
        "ko": f"{year}년 {kind['ko']}: {title}",
    }


def conflict(one: Sequence[Names], other: Sequence[Names]) -> Texts:
    """Name an armed conflict by those on its two sides.

    >>> korea, peru = {"en": Name("South Korea"), "es": Name("Corea del Sur"), "ko": Name("대한민국")}, {
    ...     "en": Name("Peru"), "es": Name("Perú", "el"), "ko": Name("페루")}
    >>> conflict([korea], [peru])["es"]
    'Conflicto armado entre Corea del Sur y el Perú'
    """
    korean = " 대 ".join("·".join(names["ko"].text for names in side) for side in (one, other))
    if len(one) == len(other) == 1:
        english = f"{one[0]['en']} and {other[0]['en']}"
        spanish = _and(one[0]["es"], other[0]["es"])
    else:
        english = f"{_listed(one)} on one side and {_listed(other)} on the other"
        spanish = f"{_listed_spanish(one)}, por un lado, y {_listed_spanish(other)}, por otro"
    return {
        "en": f"Armed conflict between {english}",
        "es": f"Conflicto armado entre {spanish}",
        "ko": f"{korean} 무력 분쟁",
    }


def opposed(one: Names, other: Names, conflict: Texts) -> Texts:
    """Name what was between two parties on opposite sides of the armed conflict of others."""
    return {
        "en": f"{_capital(str(one['en']))} and {other['en']} on opposite sides of the {small(conflict['en'])}",
        "es": f"{_capital(_and(one['es'], other['es']))} en bandos opuestos del {small(conflict['es'])}",
        "ko": f"{conflict['ko']}에서 맞선 {_and_korean(one['ko'].text)} {other['ko'].text}",
    }


def dated(name: Texts, first: str, last: str) -> Texts:
    """Add the years to a name; without the last one, it goes on."""
    span = first if last in {first, ""} else f"{first}{_DASH}{last}"
    return {
        "en": f"{name['en']}, {span if last else f'since {first}'}",
        "es": f"{name['es']}, {span if last else f'desde {first}'}",
        "ko": f"{name['ko']}({span}년{'' if last else ' 이후'})",
    }


def act(kind: Texts, year: str, by: Names, of: Names) -> Texts:
    """Name what one party does about another, such as recognizing it."""
    return {
        "en": f"{_capital(kind['en'])} of {of['en']} by {by['en']}, {year}",
        "es": f"{_capital(kind['es'])} {_of(of['es'])} por {by['es']}, {year}",
        "ko": f"{year}년 {by['ko'].text}의 {of['ko'].text} {kind['ko']}",
    }


def at_post(kind: Texts, year: str, sender: Names, host: Names) -> Texts:
    """Name what befalls the representation of a party in another."""
    return {
        "en": f"{_capital(kind['en'])} of {sender['en']} in {host['en']}, {year}",
        "es": f"{_capital(kind['es'])} {_of(sender['es'])} en {host['es']}, {year}",
        "ko": f"{year}년 {sender['ko'].text}의 주{host['ko'].text} {kind['ko']}",
    }


def visit(visitor: str, host: Names, year: str) -> Texts:
    """Name a visit by who made it.

    >>> visit("Alan García", {"en": Name("Peru"), "es": Name("Perú", "el"), "ko": Name("페루")}, "2008")["es"]
    'Visita de Alan García al Perú, 2008'
    """
    return {
        "en": f"Visit of {visitor} to {host['en']}, {year}",
        "es": f"Visita de {visitor} {_to(host['es'])}, {year}",
        "ko": f"{visitor}의 {host['ko'].text} 방문({year}년)",
    }


def head_of_mission(agent: str, sender: Names, host: Names, year: str) -> Texts:
    """Name the time in which somebody heads the mission of a party to another."""
    return {
        "en": f"{agent}, head of mission of {sender['en']} to {host['en']}, {year}",
        "es": f"{agent}, jefatura de misión {_of(sender['es'])} ante {host['es']}, {year}",
        "ko": f"{agent}, 주{host['ko'].text} {sender['ko'].text} 공관장({year}년)",
    }


def office(title: Texts, party: Names) -> Texts:
    """Name an office by its party."""
    return {
        "en": f"{title['en']} of {party['en']}",
        "es": f"{title['es']} {_of(party['es'])}",
        "ko": f"{party['ko'].text} {title['ko']}",
    }


def small(words: str) -> str:
    """Write words that stood alone as they stand within a sentence: their first letter is small.

    >>> small("Embassy of Peru in Seoul")
    'embassy of Peru in Seoul'
    """
    return words[:1].lower() + words[1:]


def within(name: Texts) -> Texts:
    """Write a name as it stands within a sentence, where its first word is no name itself."""
    return {language: small(words) for language, words in name.items()}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listed(side: Sequence[Names]) -> str:
    *before, last = (str(names["en"]) for names in side)
    return f"{', '.join(before)} and {last}" if before else last


def _listed_spanish(side: Sequence[Names]) -> str:
    *before, last = (names["es"] for names in side)
    return _and(Name(", ".join(map(str, before))), last) if before else str(last)


def _of(name: Name) -> str:
    return f"del {name.text}" if name.article == "el" else f"de {name}"


def _to(name: Name) -> str:
    return f"al {name.text}" if name.article == "el" else f"a {name}"


def _and(first: Name, second: Name) -> str:
    """Join with y, which is e before the sound of an i."""
    word = "e" if re.match("i|hi(?!e)", str(second), re.IGNORECASE) else "y"
    return f"{first} {word} {second}"


def _and_korean(word: str) -> str:
    """Add 과 after a final consonant, else 와; syllables are laid out 28 to a vowel, the first without one."""
    return word + ("과" if (ord(word[-1]) - ord("가")) % 28 else "와")
