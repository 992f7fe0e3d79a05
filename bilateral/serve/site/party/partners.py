"""A party's relations: since when, with which missions and rules of entry, filtered and ordered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Final

from bilateral.errors import BadRequest
from bilateral.message import Message
from bilateral.serve.site.graph import Row
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.period import Held, Moment, Period
from bilateral.serve.site.reader import Reader
from bilateral.terms import expand

_EMBASSIES: Final = frozenset(
    expand(f"mission:{kind}") for kind in ("embassy", "high-commission", "nunciature", "de-facto-embassy")
)
_FREE: Final = frozenset(expand(f"visa:{kind}") for kind in ("visa-free", "freedom-of-movement"))


@dataclass(frozen=True)
class Post:
    """A mission: where it is, and whether it is there today."""

    link: Link
    partner: str
    is_embassy: bool
    latitude: str
    longitude: str


@dataclass(frozen=True)
class Entry:
    """A rule of entry, as last seen."""

    link: Link
    is_free: bool


@dataclass(frozen=True)
class Partner:
    """One relation of the party, seen from it."""

    relation: str
    link: Link
    facts: int
    since: Moment | None
    sent: tuple[Post, ...]
    received: tuple[Post, ...]
    abroad: Entry | None
    here: Entry | None
    trade: str

    @property
    def sends_embassy(self) -> bool:
        """Whether the party keeps an embassy with the partner."""
        return any(post.is_embassy for post in self.sent)

    @property
    def receives_embassy(self) -> bool:
        """Whether the partner keeps an embassy with the party."""
        return any(post.is_embassy for post in self.received)


_YEAR: Final = re.compile("[0-9]{4}")

Test = Callable[[Partner], bool]

_EMBASSY: Final[Mapping[str, Test]] = {
    "": lambda _: True,
    "sent": lambda partner: partner.sends_embassy,
    "received": lambda partner: partner.receives_embassy,
    "mutual": lambda partner: partner.sends_embassy and partner.receives_embassy,
    "none": lambda partner: not (partner.sends_embassy or partner.receives_embassy),
}
_VISA: Final[Mapping[str, Test]] = {
    "": lambda _: True,
    "abroad": lambda partner: partner.abroad is not None and partner.abroad.is_free,
    "here": lambda partner: partner.here is not None and partner.here.is_free,
}
_ORDER: Final[Mapping[str, Callable[[Partner], tuple[object, ...]]]] = {
    "facts": lambda partner: (-partner.facts, partner.link.text),
    "name": lambda partner: (partner.link.text.casefold(),),
    "since": lambda partner: (partner.since.first if partner.since else dt.date.max, partner.link.text),
}


@dataclass(frozen=True)
class Choice:
    """What of a party's relations to show, as the address says it.

    Raises:
        BadRequest: a value is none of those that there are.
    """

    embassy: str = ""
    visa: str = ""
    trade: str = ""
    before: str = ""
    sort: str = "facts"

    def __post_init__(self) -> None:
        tables = {"embassy": _EMBASSY, "visa": _VISA, "trade": {"": 0, "known": 0}, "sort": _ORDER}
        for name, table in tables.items():
            if (value := getattr(self, name)) not in table:
                raise BadRequest(
                    Message(
                        "{name} must be one of {known}, not {given}.",
                        name=name,
                        known=", ".join(filter(None, table)),
                        given=value,
                    )
                )
        if self.before and not _YEAR.fullmatch(self.before):
            raise BadRequest(Message("before must be a year of four digits, not {given}.", given=self.before))

    @classmethod
    def asked(cls, parameters: Mapping[str, str]) -> Choice:
        """Read the choice from the parameters of an address; what is empty or missing is as by default."""
        names = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in parameters.items() if value and name in names})

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves relations out, so that a reader wants to see all that are left."""
        return bool(self.embassy or self.visa or self.trade or self.before)

    def of(self, partners: list[Partner]) -> list[Partner]:
        """Filter and order relations."""
        tests = (_EMBASSY[self.embassy], _VISA[self.visa], self._trades, self._is_old)
        kept = (partner for partner in partners if all(test(partner) for test in tests))
        return sorted(kept, key=_ORDER[self.sort])

    def _trades(self, partner: Partner) -> bool:
        return bool(partner.trade or not self.trade)

    def _is_old(self, partner: Partner) -> bool:
        if not self.before:
            return True
        return partner.since is not None and partner.since.last.year < int(self.before)


def read_partners(reader: Reader, today: dt.date) -> list[Partner]:
    """Read all relations of a party."""
    since = {row.text("relation"): Moment.parse(row.text("date")) for row in reversed(reader.rows("party/ties"))}
    trade = {row.text("relation"): row.text("year") for row in reader.rows("party/trade")}
    sent = _posts(reader, "party/missions-sent", today)
    received = _posts(reader, "party/missions-received", today)
    abroad = _entries(reader, "party/entry-elsewhere", today)
    here = _entries(reader, "party/entry-here", today)
    partners = []
    for row in reader.rows("party/partners"):
        relation, partner = row.text("relation"), row.text("partner")
        named = reader.graph.link(partner, reader.language)
        partners.append(
            Partner(
                relation=relation,
                link=Link(named.text, address_of(relation), named.language),
                facts=int(row.text("facts")),
                since=since.get(relation),
                sent=tuple(sent.get(partner, ())),
                received=tuple(received.get(partner, ())),
                abroad=abroad.get(partner),
                here=here.get(partner),
                trade=trade.get(relation, ""),
            )
        )
    return partners


def _posts(reader: Reader, name: str, today: dt.date) -> dict[str, list[Post]]:
    posts: dict[str, list[Post]] = {}
    seen = set()
    for row in reader.rows(name):
        if row.text("fact") in seen or Period.of(row).held_on(today) is Held.NO:
            continue
        seen.add(row.text("fact"))
        post = Post(
            link=reader.fact(row),
            partner=row.text("partner"),
            is_embassy=row.text("kind") in _EMBASSIES,
            latitude=row.text("latitude"),
            longitude=row.text("longitude"),
        )
        posts.setdefault(post.partner, []).append(post)
    return posts


def _entries(reader: Reader, name: str, today: dt.date) -> dict[str, Entry]:
    """Give the rule of today for each partner."""
    held: dict[str, list[tuple[tuple[bool, dt.date], Row]]] = {}
    for row in reader.rows(name):
        period = Period.of(row)
        if period.held_on(today) is Held.YES:
            held.setdefault(row.text("partner"), []).append((period.precedence(today), row))
    rules = {partner: max(rows, key=lambda pair: pair[0])[1] for partner, rows in held.items()}
    return {partner: _entry(reader, row) for partner, row in rules.items()}


def _entry(reader: Reader, row: Row) -> Entry:
    kind = reader.graph.link(row.text("kind"), reader.language)
    days = row.text("days")
    text = f"{kind.text}, {reader.words.count('{number} day', '{number} days', int(days))}" if days else kind.text
    return Entry(Link(text, address_of(row.text("fact"))), row.text("kind") in _FREE)
