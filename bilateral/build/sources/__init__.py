"""The sources, one module each."""

from __future__ import annotations

from typing import Final

from bilateral.build.source import Source
from bilateral.build.sources import (
    cldr,
    embassies,
    factbook,
    histstate,
    kdiplo,
    manytreaties,
    natural_earth,
    parties,
    passport_index,
    ucdp,
    un_desa_migrant_stock,
    un_votes,
    unhcr_refugees,
    wikidata_relations,
)

SOURCES: Final[dict[str, Source]] = {
    module.SOURCE.name: module.SOURCE
    for module in (
        parties,
        cldr,
        natural_earth,
        embassies,
        kdiplo,
        passport_index,
        un_votes,
        wikidata_relations,
        un_desa_migrant_stock,
        unhcr_refugees,
        ucdp,
        manytreaties,
        histstate,
        factbook,
    )
}
"""All sources, by name."""
