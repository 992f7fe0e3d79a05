"""Changes between releases, as pages and feeds tell them."""

from __future__ import annotations

from dataclasses import dataclass

from bilateral.changes import Group
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.link import Link, address_of, shortened


@dataclass(frozen=True)
class Item:
    """A thing that was ``added``, ``removed`` or ``changed``, and of which properties the values differ."""

    kind: str
    link: Link
    values: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Told:
    """What became of a relation, or of a kind of things; ``more`` counts what is not listed."""

    link: Link
    added: int
    removed: int
    changed: int
    items: tuple[Item, ...]
    more: int


def told(graph: Graph, group: Group, language: str) -> Told:
    """Tell a group of changes in a language."""
    items = tuple(
        Item(
            change.kind,
            Link(
                change.names.get(language) or next(iter(change.names.values()), shortened(change.iri)),
                address_of(change.iri),
            ),
            tuple((value.property, ", ".join(value.before), ", ".join(value.after)) for value in change.values),
        )
        for change in group.changes
    )
    more = group.added + group.removed + group.changed - len(items)
    return Told(graph.link(group.about, language), group.added, group.removed, group.changed, items, more)
