"""What changed from one release to the next: the file of a release that tells it by relation."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bilateral.words import Words

CHANGES: Final = "changes.json"
"""The name of the file in a release."""

_ABOUT: Final = re.compile(rb'\{"about": "(?P<iri>[^"]+)"')


@dataclass(frozen=True)
class Value:
    """What of a property there was and is: terms as people read them."""

    property: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A thing that was ``added``, ``removed`` or ``changed``, its names by language, and the values that differ."""

    iri: str
    kind: str
    names: dict[str, str]
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Group:
    """The changes of a relation and its facts, or of all things of a namespace.

    ``added``, ``removed`` and ``changed`` count all of them; ``changes`` has the first.
    """

    about: str
    added: int
    removed: int
    changed: int
    changes: tuple[Change, ...]


def write_groups(groups: Iterable[Group], path: Path) -> int:
    """Write changes as JSON, one group a line; gives their number."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for count, group in enumerate(groups, 1):
            file.write((",\n" if count > 1 else "\n") + json.dumps(asdict(group), ensure_ascii=False))
        file.write("\n]\n")
    return count


def read_groups(path: Path, is_wanted: Callable[[str], bool] = lambda _: True) -> Iterator[Group]:
    """Read what `write_groups` wrote, a line at a time: of all, or of what groups about some IRIs alone have.

    A release may change every pair of the world, of which one client wants to know one.
    """
    with path.open("rb") as lines:
        for line in lines:
            found = _ABOUT.match(line)
            if found and is_wanted(found["iri"].decode()):
                yield _group_of(json.loads(line.rstrip(b",\n")))


def _group_of(content: dict[str, object]) -> Group:
    found = content.pop("changes")
    assert isinstance(found, list)
    changes = []
    for each in found:
        values = tuple(
            Value(value["property"], tuple(value["before"]), tuple(value["after"])) for value in each.pop("values")
        )
        changes.append(Change(**each, values=values))
    return Group(**content, changes=tuple(changes))  # type: ignore[arg-type] # it wrote itself


def counted(spoken: Words, added: int, removed: int, changed: int) -> str:
    """Say how many things were added, removed and changed, in a language."""
    counts = (
        (added, spoken.count("{number} added", "{number} added", added)),
        (removed, spoken.count("{number} removed", "{number} removed", removed)),
        (changed, spoken.count("{number} changed", "{number} changed", changed)),
    )
    return ", ".join(text for number, text in counts if number)
