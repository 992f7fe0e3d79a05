"""Names of countries and territories in 25 languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build import description, names
from bilateral.build.raw import Raw, Row
from bilateral.build.source import Source
from bilateral.build.thing import Thing, node, texts
from bilateral.build.world import World
from bilateral.terms import LANGUAGES

_ABOUT: Final = description.read("cldr")
_LANGUAGES: Final = (
    *("en", "es", "ko", "fr", "zh", "zh-Hant", "ar", "ru", "pt", "de", "it", "ja", "qu", "hi"),
    *("id", "vi", "tr", "sw", "fa", "uk", "pl", "nl", "th", "el", "he"),
)


def _names(raw: Raw) -> Iterator[Row]:
    for record in raw.records("names", ("iso2", *_LANGUAGES)):
        missing = [language for language in LANGUAGES if not record[language]]
        if missing:
            record.fail(f"has no name in {', '.join(missing)}")
        for language in _LANGUAGES:
            if record[language]:
                yield (record["iso2"], language, record[language])


def _facts(world: World) -> Iterator[Thing]:
    """Name each party: by its label in our languages, unless curators have named it, and in all languages."""
    cited = _ABOUT.cite("territories", "main/*/territories.json", "names")
    yield cited
    for party in world.parties.values():
        if party.status not in {"state", "union"}:
            label = () if world.is_curated(party.iri) else texts("rdfs:label", names.texts(party.names))
            named = texts("schema:name", names.texts(party.names), sorted(party.names))
            yield Thing(party.iri, (("bilat:citation", node(cited.iri)), *label, *named))


SOURCE: Final = Source(_ABOUT, {"names": _names}, _facts)
