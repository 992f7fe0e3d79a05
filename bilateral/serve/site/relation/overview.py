"""The two parties of a relation, and how it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bilateral.errors import NotFound
from bilateral.message import Message
from bilateral.serve.site.articles import within_a_sentence
from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.period import Moment
from bilateral.serve.site.reader import Reader
from bilateral.terms import relation_iri


@dataclass(frozen=True)
class Party:
    """A party; ``number`` is its M49 code, by which maps know it.

    ``name`` is what it is called within a sentence, as "the United States", and ``opening`` at the start of one.
    A state of the past has an ``end``, and its ``successors`` lead to their relations with the other party.
    """

    iri: str
    link: Link
    code: str
    number: str
    name: str
    end: Moment | None
    successors: tuple[Link, ...]

    @property
    def opening(self) -> str:
        """The name with which a sentence or a heading begins."""
        return self.name[:1].upper() + self.name[1:]

    def is_past(self, day: dt.date) -> bool:
        """Whether it had ended by a day."""
        return self.end is not None and self.end.last < day


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
    codes = list(dict.fromkeys(row.text("code") for row in rows))
    if len(codes) != 2:
        raise NotFound(Message("<{iri}> has no two parties.", iri=reader.iri))
    parties = tuple(
        _party(reader, [row for row in rows if row.text("code") == code], other)
        for code, other in (codes, reversed(codes))
    )
    item = rows[0].text("item")
    return Overview(
        parties=parties,
        status=reader.link(rows[0], "status"),
        item=Link(f"Wikidata {item.rpartition('/')[2]}", address_of(item)) if item else None,
    )


def _party(reader: Reader, rows: list[Row], other: str) -> Party:
    """Read a party from its rows, one a successor; ``other`` is the code of the other party."""
    row = rows[0]
    link, code = reader.link(row, "party"), row.text("code")
    assert link is not None, "every row has its party"
    successors = dict.fromkeys(each.text("successor") for each in rows if each.has("successor"))
    return Party(
        iri=row.text("party"),
        link=link,
        code=code,
        number=row.text("number").zfill(3) if row.has("number") else "",
        name=within_a_sentence(link.text, code, reader.language),
        end=Moment.parse(row.text("end")),
        successors=tuple(_successor(reader, successor, other) for successor in successors),
    )


def _successor(reader: Reader, successor: str, other: str) -> Link:
    """Lead to the relation of a successor with the other party, or to the successor where there is none."""
    relation = relation_iri(successor.rpartition("/")[2], other)
    return reader.graph.link(relation if reader.graph.has(relation) else successor, reader.language)
