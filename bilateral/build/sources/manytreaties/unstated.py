"""What the source says of treaties and the graph does not, by treaty and reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from bilateral.build.source import LeftOut

NO_TIME: Final = "ends before it begins, or on the same day"


class Unstated:
    """What is left out, in the order in which it was met; the same once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, treaty: str, reason: str, *what: str) -> None:
        """Leave out what a treaty has, for a reason."""
        known = self._found[treaty, reason]
        known += [each for each in what if each not in known]

    def listed(self) -> Iterator[LeftOut]:
        """Give what is left out of the table of parties."""
        for (treaty, reason), what in self._found.items():
            yield LeftOut("parties", f"{treaty} {' '.join(what)}", reason)
