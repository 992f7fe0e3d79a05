"""Folding: of a long section a page shows the first or latest entries.

The others are folded below them, or where there are hundreds at an address of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar
from urllib.parse import urlencode

from bilateral.errors import BadRequest
from bilateral.message import Message

Entry = TypeVar("Entry")

MOST: Final = 12
"""Entries of a section that a page shows by itself, if the section does not say otherwise."""


@dataclass(frozen=True)
class Folded(Generic[Entry]):
    """Entries of a section: those that are shown, how many there are, and where all of them are shown."""

    shown: tuple[Entry, ...]
    count: int
    href: str

    @property
    def rest(self) -> int:
        """How many entries are not shown."""
        return self.count - len(self.shown)


@dataclass(frozen=True)
class Parted(Generic[Entry]):
    """Entries of a table: the first, and the others, which are on the page as well, folded below them."""

    first: tuple[Entry, ...]
    others: tuple[Entry, ...]

    @classmethod
    def of(cls, entries: Sequence[Entry], most: int = MOST) -> Parted[Entry]:
        """Keep the first entries in sight; a few others are no reason to fold.

        >>> Parted.of(range(14)).others, Parted.of(range(40)).others[:2]
        ((), (12, 13))
        """
        cut = most if len(entries) > most * 3 // 2 else len(entries)
        return cls(tuple(entries[:cut]), tuple(entries[cut:]))


@dataclass(frozen=True)
class Fold:
    """Which section a page shows whole: the one that ``?all=`` names.

    ``kept`` are the other parameters of the address, which the links keep.

    Raises:
        BadRequest: there is no such section.
    """

    sections: tuple[str, ...]
    whole: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.whole and self.whole not in self.sections:
            raise BadRequest(
                Message(
                    "{name} must be one of {known}, not {given}.",
                    name="all",
                    known=", ".join(self.sections),
                    given=self.whole,
                )
            )

    @classmethod
    def asked(cls, sections: tuple[str, ...], parameters: Mapping[str, str]) -> Fold:
        """Read from the parameters of an address which section to show whole."""
        kept = tuple((name, value) for name, value in parameters.items() if name != "all")
        return cls(sections, parameters.get("all", ""), kept)

    def is_whole(self, section: str) -> bool:
        """Whether a section is shown whole."""
        return self.whole == section

    def first(self, section: str, entries: Sequence[Entry], most: int = MOST) -> Folded[Entry]:
        """Keep the first entries of a section, unless it is shown whole."""
        return self._folded(section, entries, entries[:most])

    def last(self, section: str, entries: Sequence[Entry], most: int = MOST) -> Folded[Entry]:
        """Keep the last entries of a section, unless it is shown whole."""
        return self._folded(section, entries, entries[-most:])

    def _folded(self, section: str, entries: Sequence[Entry], kept: Sequence[Entry]) -> Folded[Entry]:
        assert section in self.sections, f"{section} is no section of the page"
        shown = entries if self.is_whole(section) else kept
        return Folded(tuple(shown), len(entries), f"?{urlencode([*self.kept, ('all', section)])}#{section}")
