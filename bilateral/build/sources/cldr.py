"""Names of countries and territories in 25 languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation
from bilateral.build.source import Column, Raw, RawFile, Row, Source, Table
from bilateral.build.thing import Thing, node, texts
from bilateral.build.world import World

_FILE: Final = "cldr/territory_names.csv"
_LANGUAGES: Final = (
    *("en", "es", "ko", "fr", "zh", "zh-Hant", "ar", "ru", "pt", "de", "it", "ja", "qu", "hi"),
    *("id", "vi", "tr", "sw", "fa", "uk", "pl", "nl", "th", "el", "he"),
)
_NEEDED: Final = ("en", "es", "ko")
_STATEMENT: Final = {
    "en": "Gives the names of countries and territories in each language.",
    "es": "Da los nombres de países y territorios en cada idioma.",
    "ko": "각 언어로 된 나라와 지역의 이름이 실려 있다.",
}


def _names(raw: Raw) -> Iterator[Row]:
    for record in raw.records(_FILE, used=("iso2", *_LANGUAGES)):
        missing = [language for language in _NEEDED if not record[language]]
        if missing:
            record.fail(f"has no name in {', '.join(missing)}")
        for language in _LANGUAGES:
            if record[language]:
                yield (record["iso2"], language, record[language])


def _facts(world: World) -> Iterator[Thing]:
    """Name each party: by its label in our languages, unless curators have named it, and in all languages."""
    cited = citation(SOURCE.iri, "territories", "main/*/territories.json", _STATEMENT)
    yield cited
    for party in world.parties.values():
        if party.status not in {"state", "union"}:
            label = () if world.is_curated(party.iri) else texts("rdfs:label", names.texts(party.names))
            named = texts("schema:name", names.texts(party.names), sorted(party.names))
            yield Thing(party.iri, (("bilat:citation", node(cited.iri)), *label, *named))


SOURCE: Final = Source(
    name="cldr",
    title="Unicode CLDR: names of territories",
    publisher="Unicode",
    license="https://www.unicode.org/license.txt",
    address="https://github.com/unicode-org/cldr-json",
    version="48.2.0",
    files=(RawFile(_FILE, "4f735a91259380aa84288e73f490725313ce3558b594a78b64fa7830fc9bf86d"),),
    facts=_facts,
    tables=(
        Table(
            "names",
            "Names of each party",
            (
                Column("alpha2", "ISO 3166-1 alpha-2; XK is Kosovo"),
                Column("language", "BCP 47"),
                Column("name", "the name in that language"),
            ),
            _names,
            floor=6000,
            ceiling=6250,
        ),
    ),
)
