"""A party's codes, capital and end."""

from __future__ import annotations

from dataclasses import dataclass

from bilateral.serve.site.link import Link
from bilateral.serve.site.period import Moment
from bilateral.serve.site.reader import Reader


@dataclass(frozen=True)
class Profile:
    """What identifies a party; ``number`` is its M49 code with three digits."""

    code: str
    alpha2: str
    number: str
    formal_name: str
    capitals: tuple[Link, ...]
    item: Link | None
    end: Moment | None
    successors: tuple[Link, ...]


def read_profile(reader: Reader) -> Profile:
    """Read what identifies a party."""
    rows = reader.rows("party/overview")
    row = rows[0]
    return Profile(
        code=row.text("code"),
        alpha2=row.text("alpha2"),
        number=row.text("number").zfill(3) if row.has("number") else "",
        formal_name=row.text("formalName"),
        capitals=_distinct(reader, [each.text("capital") for each in rows]),
        item=reader.graph.link(row.text("item"), reader.language) if row.has("item") else None,
        end=Moment.parse(row.text("end")),
        successors=_distinct(reader, [each.text("successor") for each in rows]),
    )


def _distinct(reader: Reader, iris: list[str]) -> tuple[Link, ...]:
    return tuple(reader.graph.link(iri, reader.language) for iri in dict.fromkeys(iris) if iri)
