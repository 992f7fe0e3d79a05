"""Licences, as people call them."""

from __future__ import annotations

import re
from typing import Final

from bilateral.serve.site.link import Link, address_of
from bilateral.terms import CC0

_SPDX: Final = re.compile(r"https?://spdx\.org/licenses/(?P<name>.+)")
_CREATIVE_COMMONS: Final = re.compile(
    r"https?://creativecommons\.org/licenses/(?P<kind>[a-z-]+)/(?P<version>[\d.]+)/?(?P<country>[a-z-]*)/?"
)
_NAMES: Final = {
    CC0: "CC0 1.0",
    "https://opendatacommons.org/licenses/pddl/1-0/": "PDDL 1.0",
    "https://opendatacommons.org/licenses/by/1-0/": "ODC-By 1.0",
    "https://opendatacommons.org/licenses/odbl/1-0/": "ODbL 1.0",
    "https://www.unicode.org/license.txt": "Unicode License",
}


def license_link(iri: str) -> Link:
    """Name a licence and lead to its text; one without a known name is shown by its address.

    >>> license_link("https://creativecommons.org/licenses/by/4.0/").text
    'CC BY 4.0'
    """
    return Link(_name(iri), address_of(iri))


def _name(iri: str) -> str:
    if match := _SPDX.fullmatch(iri):
        return match["name"]
    if match := _CREATIVE_COMMONS.fullmatch(iri):
        return " ".join(filter(None, ("CC", match["kind"].upper(), match["version"], match["country"].upper())))
    return _NAMES.get(iri, iri.removeprefix("https://"))
