"""The people of the source: visitors and heads of mission, one IRI for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bilateral.build.sources.histstate.countries import ABOUT
from bilateral.build.thing import Thing, node, ref, text
from bilateral.build.world import World
from bilateral.terms import BASE

_LATER: Final = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
_PARTICLES: Final = {"de", "des", "la", "van", "von"}


class People:
    """Who was met in the source, described once: curators' own are theirs alone."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._same = {(row["part"], row["id"]): row["person"] for row in world.decisions("histstate-people")}
        self._cited = ABOUT.cite("people", "travels: name; visits: visitor; pocom: person id", "people")
        self._names: dict[str, str] = {}

    def meet(self, part: str, id_: str, name: str) -> str:
        """Give the IRI of somebody, by the identifier in a part of the source; the first name met is kept."""
        iri = f"{BASE}id/person/{self._same.get((part, id_), f'histstate-{id_}')}"
        self._names.setdefault(iri, name)
        return iri

    def things(self) -> Iterator[Thing]:
        """Describe all who were met."""
        yield self._cited
        for iri, name in self._names.items():
            if not self._world.is_curated(iri):
                yield Thing(
                    iri,
                    (
                        ("rdf:type", ref("schema:Person")),
                        ("rdf:type", ref("prov:Agent")),
                        ("bilat:citation", node(self._cited.iri)),
                        ("rdfs:label", text(name, "en")),
                    ),
                )


def name_of(identifier: str) -> str:
    """Write a name as its identifier has it, family name first there; accents and small letters within are lost.

    >>> name_of("dreyfus-louis-goethe-jr"), name_of("van-ness-cornelius-peter"), name_of("kissinger-henry-a")
    ('Louis Goethe Dreyfus Jr.', 'Cornelius Peter Van Ness', 'Henry A. Kissinger')
    """
    words = identifier.split("-")
    later = [_LATER[word] for word in words if word in _LATER]
    words = [_word(word) for word in words if word not in _LATER]
    family = 2 if words[0].lower() in _PARTICLES else 1
    return " ".join([*words[family:], *words[:family], *later])


def _word(word: str) -> str:
    if len(word) == 1:
        return f"{word.upper()}."
    capital = word.capitalize()
    return re.sub("^Mc(.)", lambda match: f"Mc{match[1].upper()}", capital)
