"""Links: text with the address that it leads to and the language that it is in."""

from __future__ import annotations

from dataclasses import dataclass

from bilateral.terms import WIKIDATA, compact, path_of


@dataclass(frozen=True)
class Link:
    """A text; ``language`` only where it is not the page's."""

    text: str
    href: str | None = None
    language: str | None = None


def address_of(iri: str) -> str | None:
    """Give where an IRI leads: below this server for our own, elsewhere only by http or https.

    >>> address_of("javascript:alert(1)") is None
    True
    """
    own = path_of(iri)
    if own is not None:
        return own
    return iri if iri.startswith(("https://", "http://")) else None


def shortened(iri: str) -> str:
    """Shorten an IRI for people.

    >>> shortened("http://www.wikidata.org/entity/Q419")
    'Wikidata Q419'
    """
    return f"Wikidata {iri.removeprefix(WIKIDATA)}" if iri.startswith(WIKIDATA) else compact(iri)
