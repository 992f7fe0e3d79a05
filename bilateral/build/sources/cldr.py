"""Names of countries and territories in 25 languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.source import Column, Raw, RawFile, Row, Source, Table

_FILE: Final = "cldr/territory_names.csv"
_LANGUAGES: Final = (
    *("en", "es", "ko", "fr", "zh", "zh-Hant", "ar", "ru", "pt", "de", "it", "ja", "qu", "hi"),
    *("id", "vi", "tr", "sw", "fa", "uk", "pl", "nl", "th", "el", "he"),
)
_NEEDED: Final = ("en", "es", "ko")


def _names(raw: Raw) -> Iterator[Row]:
    for record in raw.records(_FILE, used=("iso2", *_LANGUAGES)):
        missing = [language for language in _NEEDED if not record[language]]
        if missing:
            record.fail(f"has no name in {', '.join(missing)}")
        for language in _LANGUAGES:
            if record[language]:
                yield (record["iso2"], language, record[language])


SOURCE: Final = Source(
    name="cldr",
    title="Unicode CLDR: names of territories",
    publisher="Unicode",
    license="https://www.unicode.org/license.txt",
    address="https://github.com/unicode-org/cldr-json",
    version="48.2.0",
    files=(RawFile(_FILE, "4f735a91259380aa84288e73f490725313ce3558b594a78b64fa7830fc9bf86d"),),
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
