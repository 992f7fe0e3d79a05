"""History: a party's wars, and how often it visited others and they it."""

from __future__ import annotations

from dataclasses import dataclass

from bilateral.serve.site.fold import Fold, Folded
from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.period import Moment, Period
from bilateral.serve.site.reader import Reader


@dataclass(frozen=True)
class War:
    """A war, and when it was."""

    link: Link
    period: Period


@dataclass(frozen=True)
class Visited:
    """A partner, as the link to the visits of the relation; how many there were, and when the last one began."""

    link: Link
    visits: int
    latest: Moment | None


def read_wars(reader: Reader) -> tuple[War, ...]:
    """Read the wars in which a party took part, in the order of time."""
    wars = {row.text("war"): row for row in reader.rows("party/wars")}
    return tuple(War(reader.graph.link(iri, reader.language), Period.of(row)) for iri, row in wars.items())


def read_visits(reader: Reader, name: str, fold: Fold) -> Folded[Visited]:
    """Read with whom a named query counts visits, the most first."""
    return fold.first("visits", [_visited(reader, row) for row in reader.rows(name)])


def _visited(reader: Reader, row: Row) -> Visited:
    partner = reader.graph.link(row.text("partner"), reader.language)
    link = Link(partner.text, f"{address_of(row.text('relation'))}#visits", partner.language)
    return Visited(link, int(row.text("visits")), Moment.parse(row.text("latest")))
