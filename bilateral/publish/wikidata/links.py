"""Links: what the graph states to be the same as an item of Wikidata, and what of it can be compared."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Final

import pyoxigraph as ox

from bilateral.query import select
from bilateral.terms import WIKIDATA, compact

_RELATION: Final = "bilat:party"
_SENDER: Final = "bilat:fromParty"
_RECEIVER: Final = "bilat:toParty"


@dataclass(frozen=True)
class Link:
    """A thing of ours and the item that it is stated to be.

    ``class_`` is a prefixed name, and empty where the thing has no class that we know items for.
    ``parties``, ``senders`` and ``receivers`` are items: of a relation, and of a mission.
    """

    subject: str
    item: str
    class_: str = ""
    names: tuple[str, ...] = ()
    alpha3: str = ""
    alpha2: str = ""
    parties: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kinds:
    """The items that a thing of a class may be an instance of, by class; each with its English name."""

    fitting: Mapping[str, Mapping[str, str]]

    @classmethod
    def reviewed(cls) -> Kinds:
        """Read the table beside this module."""
        fitting: dict[str, dict[str, str]] = defaultdict(dict)
        text = resources.files(__package__).joinpath("classes.csv").read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines()):
            fitting[row["class"]][row["item"]] = row["name"]
        return cls(fitting)

    def chosen(self, classes: Sequence[str]) -> str:
        """Choose of a thing's classes the one that comes first in the table."""
        return next((class_ for class_ in self.fitting if class_ in classes), "")


@dataclass
class _Found:
    """What the queries have said of one subject so far."""

    item: str
    classes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    codes: tuple[str, str] = ("", "")
    ends: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def stated(store: ox.Store, kinds: Kinds) -> list[Link]:
    """Give every link of the graph, parties first: they are needed to judge the others.

    A subject that is stated to be two items is two links.
    """
    order = {class_: place for place, class_ in enumerate((*kinds.fitting, ""))}
    found = [_link(subject, one, kinds) for (subject, _), one in _collected(store).items()]
    return sorted(found, key=lambda link: (order[link.class_], int(link.item[1:]), link.subject))


def _link(subject: str, found: _Found, kinds: Kinds) -> Link:
    return Link(
        subject,
        found.item,
        kinds.chosen(found.classes),
        tuple(dict.fromkeys(found.names)),
        *found.codes,
        parties=tuple(found.ends[_RELATION]),
        senders=tuple(found.ends[_SENDER]),
        receivers=tuple(found.ends[_RECEIVER]),
    )


def _collected(store: ox.Store) -> dict[tuple[str, str], _Found]:
    found: dict[tuple[str, str], _Found] = {}
    of: dict[str, list[_Found]] = defaultdict(list)
    for row in rows(store, "links"):
        key = (row["subject"], item_of(row["item"]))
        if key not in found:
            found[key] = _Found(key[1])
            of[key[0]].append(found[key])
        found[key].classes.append(compact(row.get("class", "")))
    for row in rows(store, "names"):
        for one in of[row["subject"]]:
            one.names.append(row["name"])
    for row in rows(store, "codes"):
        for one in of[row["subject"]]:
            one.codes = (row["alpha3"], row.get("alpha2", ""))
    for row in rows(store, "ends"):
        for one in of[row["subject"]]:
            one.ends[compact(row["end"])].append(item_of(row["party"]))
    return found


def item_of(iri: str) -> str:
    """Give the number of an item.

    >>> item_of("http://www.wikidata.org/entity/Q419")
    'Q419'
    """
    return iri.removeprefix(WIKIDATA)


def rows(store: ox.Store, name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a query of this package as text; a variable that is not bound has no key."""
    solutions = select(store, f"wikidata/{name}")
    variables = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: solution[name].value for name in variables if solution[name] is not None}
