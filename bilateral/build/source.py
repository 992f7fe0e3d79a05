"""A source: its description, and how its files become tables, and its tables things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bilateral.build.description import Description
from bilateral.build.raw import Raw, Row
from bilateral.build.thing import Thing
from bilateral.build.world import World


@dataclass(frozen=True, eq=False)
class Source:
    """Open data of one publisher: its description, and the functions that read it.

    Each of the tables is a function of the raw files alone; the facts are a function of the tables, and so
    is the list of what they leave out.
    """

    about: Description
    rows: Mapping[str, Callable[[Raw], Iterable[Row]]]
    facts: Callable[[World], Iterable[Thing]]
    left_out: Callable[[World], Iterable[LeftOut]] = lambda _: ()

    def __post_init__(self) -> None:
        assert [*self.rows] == [*self.about.tables], f"{self.about.name} describes other tables than it makes"

    @property
    def name(self) -> str:
        """Its name, which is that of its graph as well."""
        return self.about.name

    @property
    def iri(self) -> str:
        """Its address in the graph."""
        return self.about.iri


@dataclass(frozen=True)
class LeftOut:
    """What a source has and the graph has not: its place in a table of ours, and the reason why not."""

    table: str
    row: str
    reason: str
