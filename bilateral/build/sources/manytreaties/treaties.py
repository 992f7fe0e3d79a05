"""Treaties out of rows about their parties: which rows are one instrument, whom a code meant, what rows agree on.

Rows of one party that differ are dealt with so: those that say less than another count as that one; those that
follow each other in time are memberships in turn; of dates that differ, what they share is stated, a year or a
month; where they give different ends, nothing is stated. Nor are ends that several parties share of a treaty
that goes on. What is not stated is listed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Final

from bilateral.build.world import World

_SEVERAL: Final = {"Multilateral", "Regional", "Trilateral"}
"""What the source calls treaties of which more parties are to be expected than two rows name."""
_MANY: Final = 3
"""From so many parties on, an end on one day is doubted: the source has spread the end of one to others."""
_NO_TIME: Final = "ends before it begins, or on the same day"
_NONE_BEFORE: Final = "0000"
_OPEN: Final = "~"
"""An end that the source says there is none of; it sorts after every date."""
_UNKNOWN: Final = "no party here: an organization, a part of a state, or a code that could not be matched"

Row = Mapping[str, str]
Key = tuple[str, str, str]
"""Identifier, title and first day of a treaty in the source; the identifier alone does not tell treaties apart."""


@dataclass(frozen=True, order=True)
class Period:
    """For how long a party was bound; empty where it is not known, or has not ended."""

    force: str
    ratified: str
    end: str

    @property
    def start(self) -> str:
        """The first day that is known."""
        return self.force or self.ratified


@dataclass(frozen=True)
class Membership:
    """A party of a treaty; its name tells the memberships of the treaty apart."""

    party: str
    name: str
    ratified: str
    force: str
    end: str


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
    """The treaties of a source; ``left_out`` lists what is not stated: table, place and reason."""

    def __init__(self, world: World, source: str, until: str) -> None:
        self._world = world
        self._until = until
        self._dates = {row["written"]: row["meant"] for row in world.decisions("treaty-dates")}
        self._kinds = {(row["domain"], row["subject"]): row["kind"] for row in world.decisions("treaty-kinds")}
        self._codes: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in world.decisions("treaty-codes"):
            self._codes[row["treaty"], row["code"]].append(row)
        self._unsaid: dict[tuple[str, str], list[str]] = defaultdict(list)
        fields = _Fields(world.rows(source, "agreements"))
        groups = self._groups(world.rows(source, "parties"))
        self.instruments = [*self._made(groups, fields)]
        self.left_out = [
            *(("parties", f"{name} {' '.join(what)}", reason) for (name, reason), what in self._unsaid.items()),
            *fields.partyless(groups),
        ]

    def _groups(self, rows: Iterable[Row]) -> dict[Key, list[Row]]:
        """Put rows of one treaty together, under the title that was decided on where there are several."""
        same = {
            (row["treaty"], row["title"], row["begin"]): (row["treaty"], row["same_title"], row["same_begin"])
            for row in self._world.decisions("treaty-titles")
        }
        groups: dict[Key, list[Row]] = defaultdict(list)
        for row in rows:
            key = (row["treaty"], row["title"], row["begin"])
            groups[same.get(key, key)].append(row)
        return groups

    def _made(self, groups: Mapping[Key, list[Row]], fields: _Fields) -> Iterator[Instrument]:
        of_id = Counter(treaty for treaty, _, _ in groups)
        number: Counter[str] = Counter()
        parties_of: dict[str, set[str]] = defaultdict(set)
        for (treaty, _, _), rows in groups.items():
            parties_of[treaty] |= {row["state"] for row in rows}
        for key in sorted(groups, key=lambda key: (key[0], key[2], key[1])):
            treaty, title, begin = key
            number[treaty] += 1
            name = treaty.replace(" ", "_") + (f".{number[treaty]}" if of_id[treaty] > 1 else "")
            rows = groups[key]
            own = [row for row in rows if (row["title"], row["begin"]) == (title, begin)]
            codes = sorted({row["state"] for row in rows})
            field = fields.of(key, codes)
            several = field["ambit"] in _SEVERAL or len(parties_of[treaty.partition(":")[2]]) > 2
            made = self._with_parties(self._described(name, key, own, field), rows, codes, several=several)
            if made.pair or made.memberships:
                yield made

    def _described(self, name: str, key: Key, rows: Sequence[Row], field: Row) -> Instrument:
        """Describe a treaty by the rows under its own title."""
        treaty, title, begin = key
        signed, force, end = (self._agreed(name, what, rows) for what in ("signed", "force", "end"))
        if _after(signed, force) or force > self._until:
            self._leave_out(name, "in force before it was signed, or only after the state of the source", force)
            force = ""
        if _is_no_time(force or signed, end):
            self._leave_out(name, _NO_TIME, end)
            end = ""
        kind = self._kinds.get((field["domain"], field["subject"])) or self._kinds[field["domain"], ""]
        locator = f"ggo_parties.csv.gz, treatyID {treaty}, from line {min(int(row['line']) for row in rows)}"
        return Instrument(name, title, kind, (signed or begin)[:4], signed, force, end, "", locator)

    def _agreed(self, name: str, what: str, rows: Iterable[Row]) -> str:
        """Give the date that all rows give, or what they share; a sign for none is at odds with any date."""
        written = {row[what] for row in rows if row[what]}
        found = {self._dates.get(value, value) for value in written}
        if len(found) > 1:
            self._leave_out(name, "its rows give different dates; what they share is stated", what, *sorted(written))
        return _shared(found)

    def _with_parties(
        self, made: Instrument, rows: Sequence[Row], codes: Sequence[str], *, several: bool
    ) -> Instrument:
        """Give it its pair or its memberships; one of ``several`` has more parties than its rows may name."""
        day = made.signed or made.year
        if len(codes) <= 2 and not several:
            parties = sorted({self._party(made.name, code, day) for code in codes})
            if len(parties) == 2 and all(parties):
                return self._between(made, (parties[0], parties[1]))
            self._leave_out(made.name, "of its two parties, one at least is no party here, or is not listed", *codes)
            return made
        memberships = self._undoubted(made, [*self._memberships(made.name, rows)])
        if not memberships:
            self._leave_out(made.name, "no party is known to be bound")
        return replace(made, memberships=memberships)

    def _between(self, made: Instrument, pair: tuple[str, str]) -> Instrument:
        """End an agreement with its parties, and say how it stands."""
        ends = [end for end in (made.end, *(self._world.parties[code].end for code in pair)) if end]
        end = min(ends, default="")
        if _after(made.force or made.signed, end):
            self._leave_out(made.name, "begins after one of its parties has ended", *pair)
            return made
        over = "terminated" if end and end <= self._until else ""
        return replace(made, pair=pair, end=end, status=over or ("in-force" if made.force else "signed"))

    def _memberships(self, name: str, rows: Iterable[Row]) -> Iterator[Membership]:
        periods: dict[str, set[Period]] = defaultdict(set)
        unbound: set[str] = set()
        for row in rows:
            ratified, force, end = (self._meant(row[f"state_{what}"]) for what in ("ratified", "force", "end"))
            if force > self._until:
                self._leave_out(name, "in force only after the state of the source", row["state"], force)
                force = ""
            period = Period(force, ratified, end or (_OPEN if row["state_end"] else ""))
            if not period.start:
                unbound.add(row["state"])
                continue
            for party, cut in self._cut(name, row["state"], period):
                periods[party].add(cut)
        if unbound:
            self._leave_out(name, "neither ratified nor in force: may have signed alone", *sorted(unbound))
        for party in sorted(periods):
            for number, period in enumerate(self._resolved(name, party, periods[party]), 1):
                own = party if number == 1 else f"{party}-{number}"
                yield Membership(party, own, period.ratified, period.force, period.end.strip(_OPEN))

    def _undoubted(self, made: Instrument, memberships: Sequence[Membership]) -> tuple[Membership, ...]:
        """Leave out ends that the source gives to several at once of a treaty that goes on: most are errors."""
        left = Counter(one.end for one in memberships if not self._world.parties[one.party].end)
        doubted = {end for end, count in left.items() if end not in {"", made.end} and count >= _MANY and left[""]}
        for one in memberships:
            if one.end in doubted:
                reason = f"{_MANY} parties or more end on one day, while the treaty goes on for others"
                self._leave_out(made.name, reason, f"{one.party}={one.end}")
        return tuple(one for one in memberships if one.end not in doubted)

    def _meant(self, written: str) -> str:
        return self._dates.get(written, written)

    def _steps(self, name: str, code: str) -> Sequence[Row]:
        """Give whom a code stands for, in the order of time."""
        party = code if code in self._world.parties else ""
        itself = {"before": "", "party": party, "goes_on": "", "reason": "" if party else _UNKNOWN}
        return self._codes.get((name, code)) or self._codes.get(("", code)) or [itself]

    def _party(self, name: str, code: str, day: str) -> str:
        """Tell whom a code stood for on a day; empty for no party here."""
        step = next(step for step in self._steps(name, code) if not step["before"] or day < step["before"])
        if not step["party"]:
            self._leave_out(name, step["reason"], code)
        return step["party"]

    def _cut(self, name: str, code: str, period: Period) -> Iterator[tuple[str, Period]]:
        """Give a state of the past what is before its end, and to its successor what goes on with it."""
        if _is_no_time(period.start, period.end):
            self._leave_out(name, _NO_TIME, code)
            return
        before = _NONE_BEFORE
        for step in self._steps(name, code):
            if step["before"] and period.start >= step["before"]:
                continue
            if before != _NONE_BEFORE:  # it began under an earlier state
                if step["goes_on"] != "yes" or (period.end and period.end <= before):
                    return
                period = Period(before, "", period.end)
            if not step["party"]:
                self._leave_out(name, step["reason"], code)
                return
            yield from self._within(name, step["party"], period)
            before = step["before"]

    def _within(self, name: str, party: str, period: Period) -> Iterator[tuple[str, Period]]:
        """End a membership with its state."""
        last = self._world.parties[party].end
        if _after(period.start, last):
            self._leave_out(name, "begins after the state has ended", party)
        elif last and (not period.end or period.end > last):
            yield party, replace(period, end=last)
        else:
            yield party, period

    def _resolved(self, name: str, party: str, periods: Iterable[Period]) -> Sequence[Period]:
        merged = _merged(sorted(periods))
        if all(one.end and one.end <= other.start for one, other in pairwise(merged)):
            return merged
        ends = sorted({period.end.replace(_OPEN, "none") or "not known" for period in merged})
        if len(ends) > 1:
            self._leave_out(name, "the rows of a party give different ends", f"{party}={'|'.join(ends)}")
            return ()
        shared = Period(
            _shared({period.force for period in merged if period.force}),
            _shared({period.ratified for period in merged if period.ratified}),
            merged[0].end,
        )
        dates = sorted({f"{period.ratified}/{period.force}" for period in merged})
        reason = "the rows of a party give different dates; what they share is stated"
        self._leave_out(name, reason, f"{party}={'|'.join(dates)}")
        return (shared,) if shared.start else ()

    def _leave_out(self, name: str, reason: str, *what: str) -> None:
        known = self._unsaid[name, reason]
        known += [each for each in what if each not in known]


class _Fields:
    """What the source says of a treaty beside its parties."""

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

    def partyless(self, groups: Mapping[Key, list[Row]]) -> Iterator[tuple[str, str, str]]:
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
                yield ("agreements", f"{treaty} {begin}", f"no row names the parties of {missing} of {count}")


def _merged(periods: Iterable[Period]) -> list[Period]:
    """Join periods that do not contradict each other: each says what the other leaves open."""
    merged: list[Period] = []
    for period in periods:
        for place, other in enumerate(merged):
            joined = _joined(other, period)
            if joined:
                merged[place] = joined
                break
        else:
            merged.append(period)
    return sorted(merged)


def _joined(one: Period, other: Period) -> Period | None:
    pairs = ((one.force, other.force), (one.ratified, other.ratified), (one.end, other.end))
    joined = Period(*(a or b for a, b in pairs))
    if any(a and b and a != b for a, b in pairs) or _is_no_time(joined.force, joined.end):
        return None
    return joined


def _shared(dates: Iterable[str]) -> str:
    """Give what dates share: a day, a month, a year, or nothing.

    >>> _shared({"1985-09-10", "1985-10-21"})
    '1985'
    """
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*dates, strict=False))
    shared = "".join(letters[0] for letters in alike)
    return next((shared[:length] for length in (10, 7, 4) if len(shared) >= length), "")


def _is_no_time(start: str, end: str) -> bool:
    """Tell whether an end leaves no time after the start."""
    return _after(start, end) or ("" < end == start)


def _after(one: str, other: str) -> bool:
    """Tell whether a date is after another for sure, as far as both are given.

    >>> _after("1992-05", "1992"), _after("1993", "1992-12-31"), _after("1993", "")
    (False, True, False)
    """
    length = min(len(one), len(other))
    return bool(length) and one[:length] > other[:length]
