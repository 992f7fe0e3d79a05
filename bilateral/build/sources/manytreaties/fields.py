"""What the source says of a treaty beside its parties: domain, subject, and between how many it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bilateral.build.source import LeftOut
from bilateral.build.sources.manytreaties.titles import Key, Row


class Fields:
    """The fields of all treaties, by what can tell which treaty is meant."""

    def __init__(self, agreements: Iterable[Row]) -> None:
        self._rows = [*agreements]
        self._by_title: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._by_id: dict[str, list[Row]] = defaultdict(list)
        self._met: set[str] = set()
        for row in self._rows:
            self._by_title[row["title"], row["begin"]].append(row)
            self._by_id[row["treaty"]].append(row)

    def of(self, key: Key, codes: Sequence[str]) -> Row:
        """Give the field of a treaty: by title and day, by the identifier, or by that which two codes make.

        Where several may be meant, what they have alike; empty where nothing is known.
        """
        treaty, title, begin = key
        paired = "-".join(codes) + "_" + treaty.partition("_")[2]
        rows = self._by_title.get((title, begin)) or self._by_id.get(treaty)
        if not rows and len(codes) == 2:
            rows = [row for row in self._by_id.get(paired, []) if row["begin"] == begin]
            self._met |= {row["line"] for row in rows}
        told = {name: {row[name] for row in rows or ()} for name in ("domain", "subject", "ambit")}
        return {name: values.pop() if len(values) == 1 else "" for name, values in told.items()}

    def partyless(self, groups: Mapping[Key, list[Row]]) -> Iterator[LeftOut]:
        """List the treaties of which the source names no parties, under neither their title nor their identifier."""
        of_parties = {(row["title"], row["begin"]) for rows in groups.values() for row in rows}
        unmet = [row for row in self._rows if row["line"] not in self._met]
        known = Counter(
            (row["treaty"], row["begin"]) for row in unmet if (row["title"], row["begin"]) not in of_parties
        )
        met = Counter((treaty, begin) for treaty, title, begin in groups if (title, begin) not in self._by_title)
        for (treaty, begin), count in sorted(known.items()):
            missing = count - met[treaty, begin]
            if missing > 0:
                reason = f"no row names the parties of {missing} of {count}"
                yield LeftOut("agreements", f"{treaty} {begin}", reason)
