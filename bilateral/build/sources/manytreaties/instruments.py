"""Treaties out of rows about their parties: agreements of exactly two, and treaties of several with memberships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bilateral.build.source import LeftOut
from bilateral.build.sources.manytreaties.codes import Codes
from bilateral.build.sources.manytreaties.dates import after, is_no_time, shared
from bilateral.build.sources.manytreaties.fields import Fields
from bilateral.build.sources.manytreaties.memberships import Membership, Memberships
from bilateral.build.sources.manytreaties.titles import Key, Row, groups, named
from bilateral.build.sources.manytreaties.unstated import NO_TIME, Unstated
from bilateral.build.world import World

_SEVERAL: Final = {"Multilateral", "Regional", "Trilateral"}
"""What the source calls treaties of which more parties are to be expected than two rows name."""


@dataclass(frozen=True)
class Instrument:
    """A treaty: an agreement of a pair, or with memberships; dates are empty where they are not known."""

    name: str
    title: str
    kind: str
    year: str
    signed: str
    force: str
    end: str
    status: str
    locator: str
    pair: tuple[str, str] | None = None
    memberships: tuple[Membership, ...] = ()


class Treaties:
    """The treaties of a source; ``left_out`` lists what is not stated."""

    def __init__(self, world: World, source: str, until: str) -> None:
        self._parties = world.parties
        self._until = until
        self._unstated = Unstated()
        self._dates = {row["written"]: row["meant"] for row in world.decisions("treaty-dates")}
        self._kinds = {(row["domain"], row["subject"]): row["kind"] for row in world.decisions("treaty-kinds")}
        self._codes = Codes(world, self._unstated)
        self._memberships = Memberships(world, self._codes, self._dates, until, self._unstated)
        fields, grouped = Fields(world.rows(source, "agreements")), groups(world, world.rows(source, "parties"))
        self.instruments = [*self._made(grouped, fields)]
        self.left_out: list[LeftOut] = [*self._unstated.listed(), *fields.partyless(grouped)]

    def _made(self, grouped: Mapping[Key, list[Row]], fields: Fields) -> Iterator[Instrument]:
        parties_of: dict[str, set[str]] = defaultdict(set)
        for (treaty, _, _), rows in grouped.items():
            parties_of[treaty] |= {row["state"] for row in rows}
        for name, key in named(grouped):
            treaty, title, begin = key
            rows = grouped[key]
            codes = sorted({row["state"] for row in rows})
            field = fields.of(key, codes)
            several = field["ambit"] in _SEVERAL or len(parties_of[treaty.partition(":")[2]]) > 2
            own = [row for row in rows if (row["title"], row["begin"]) == (title, begin)]
            made = self._described(name, key, own, field)
            if len(codes) <= 2 and not several:
                made = self._between(made, codes)
            else:
                made = replace(made, memberships=self._memberships.of(name, made.end, rows))
            if made.pair or made.memberships:
                yield made

    def _described(self, name: str, key: Key, rows: Sequence[Row], field: Row) -> Instrument:
        """Describe a treaty by the rows under its own title."""
        treaty, title, begin = key
        signed, force, end = (self._agreed(name, what, rows) for what in ("signed", "force", "end"))
        if after(signed, force) or force > self._until:
            reason = "in force before it was signed, or only after the state of the source"
            self._unstated.add(name, reason, force)
            force = ""
        if is_no_time(force or signed, end):
            self._unstated.add(name, NO_TIME, end)
            end = ""
        kind = self._kinds.get((field["domain"], field["subject"])) or self._kinds[field["domain"], ""]
        locator = f"ggo_parties.csv.gz, treatyID {treaty}, from line {min(int(row['line']) for row in rows)}"
        return Instrument(name, title, kind, (signed or begin)[:4], signed, force, end, "", locator)

    def _agreed(self, name: str, what: str, rows: Iterable[Row]) -> str:
        """Give the date that all rows give, or what they share; a sign for none is at odds with any date."""
        written = {row[what] for row in rows if row[what]}
        found = {self._dates.get(value, value) for value in written}
        if len(found) > 1:
            self._unstated.add(name, "its rows give different dates; what they share is stated", what, *sorted(written))
        return shared(found)

    def _between(self, made: Instrument, codes: Sequence[str]) -> Instrument:
        """Give an agreement its two parties, end it with them, and say how it stands."""
        pair = sorted({self._codes.party(made.name, code, made.signed or made.year) for code in codes})
        if len(pair) != 2 or not all(pair):
            reason = "of its two parties, one at least is no party here, or is not listed"
            self._unstated.add(made.name, reason, *codes)
            return made
        end = min((end for end in (made.end, *(self._parties[code].end for code in pair)) if end), default="")
        if after(made.force or made.signed, end):
            self._unstated.add(made.name, "begins after one of its parties has ended", *pair)
            return made
        over = "terminated" if end and end <= self._until else ""
        return replace(made, pair=(pair[0], pair[1]), end=end, status=over or ("in-force" if made.force else "signed"))
