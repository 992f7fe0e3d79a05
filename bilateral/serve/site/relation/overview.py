"""The two parties of a relation, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from bilateral.errors import NotFound
from bilateral.serve.site.articles import within_a_sentence
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.reader import Reader


@dataclass(frozen=True)
class Party:
    """A party; ``number`` is its M49 code, by which maps know it.

    ``name`` is what it is called within a sentence, as "the United States", and ``opening`` at the start of one.
    """

    iri: str
    link: Link
    code: str
    number: str
    name: str

    @property
    def opening(self) -> str:
        """The name with which a sentence or a heading begins."""
        return self.name[:1].upper() + self.name[1:]


@dataclass(frozen=True)
class Overview:
    """The parties in the order of their codes, the status and the Wikidata item."""

    parties: tuple[Party, ...]
    status: Link | None
    item: Link | None

    def other(self, iri: str) -> Party:
        """Give the party that is not this one."""
        return next(party for party in self.parties if party.iri != iri)


def read_overview(reader: Reader) -> Overview:
    """Read the parties.

    Raises:
        NotFound: the relation has no two parties.
    """
    rows = reader.rows("relation/overview")
    parties = {}
    for row in rows:
        link = reader.link(row, "party")
        assert link is not None
        iri, code = row.text("party"), row.text("code")
        number = row.text("number").zfill(3) if row.has("number") else ""
        parties[iri] = Party(iri, link, code, number, within_a_sentence(link.text, code, reader.language))
    if len(parties) != 2:
        raise NotFound(f"<{reader.iri}> has no two parties.")
    item = rows[0].text("item")
    return Overview(
        parties=tuple(parties.values()),
        status=reader.link(rows[0], "status"),
        item=Link(f"Wikidata {item.rpartition('/')[2]}", address_of(item)) if item else None,
    )
