"""The sources, one module each."""

from __future__ import annotations

from typing import Final

from bilateral.build.source import Source
from bilateral.build.sources import cldr, embassies, kdiplo, parties, passport_index, wikidata_relations

SOURCES: Final[dict[str, Source]] = {
    module.SOURCE.name: module.SOURCE
    for module in (parties, cldr, embassies, kdiplo, passport_index, wikidata_relations)
}
"""All sources, by name."""
