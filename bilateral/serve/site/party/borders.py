"""Borders: a party's neighbours by land, with every length that a source gives."""

from __future__ import annotations

from dataclasses import dataclass

from bilateral.serve.site.amount import amount
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.reader import Reader


@dataclass(frozen=True)
class Neighbour:
    """A neighbour, as the link to the relation; ``lengths`` is empty where sources dispute the length."""

    link: Link
    lengths: tuple[Link, ...]


def read_neighbours(reader: Reader) -> tuple[Neighbour, ...]:
    """Read the neighbours of a party, by name."""
    lengths: dict[tuple[str, str], dict[str, Link]] = {}
    for row in reader.rows("party/borders"):
        known = lengths.setdefault((row.text("partner"), row.text("relation")), {})
        if row.has("value"):
            known[row.text("fact")] = Link(amount(row, reader.words), address_of(row.text("fact")))
    neighbours = (
        Neighbour(Link(reader.graph.link(partner, reader.language).text, address_of(relation)), tuple(known.values()))
        for (partner, relation), known in lengths.items()
    )
    return tuple(sorted(neighbours, key=lambda each: each.link.text.casefold()))
