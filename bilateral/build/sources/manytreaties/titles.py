"""Which rows are of one treaty: an identifier of the source may stand for several, and a treaty for several titles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bilateral.build.world import World

Row = Mapping[str, str]
Key = tuple[str, str, str]
"""Identifier, title and first day of a treaty in the source; the identifier alone does not tell treaties apart."""


def groups(world: World, rows: Iterable[Row]) -> dict[Key, list[Row]]:
    """Put rows of one treaty together, under the title that was decided on where there are several."""
    same = {
        (row["treaty"], row["title"], row["begin"]): (row["treaty"], row["same_title"], row["same_begin"])
        for row in world.decisions("treaty-titles")
    }
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        key = (row["treaty"], row["title"], row["begin"])
        found[same.get(key, key)].append(row)
    return found


def named(keys: Iterable[Key]) -> Iterator[tuple[str, Key]]:
    """Name treaties by their identifier, with a number in the order of time where it stands for several."""
    ordered = sorted(keys, key=lambda key: (key[0], key[2], key[1]))
    of_id = Counter(treaty for treaty, _, _ in ordered)
    number: Counter[str] = Counter()
    for key in ordered:
        treaty = key[0]
        number[treaty] += 1
        yield treaty.replace(" ", "_") + (f".{number[treaty]}" if of_id[treaty] > 1 else ""), key
