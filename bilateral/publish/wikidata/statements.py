"""Statements: what Wikidata could have from us, and what it cannot have, with the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from bilateral.publish.wikidata.evidence import DATE, KIND, Evidence, Reference, Support
from bilateral.publish.wikidata.links import item_of, rows
from bilateral.terms import compact

DIPLOMATIC_RELATION: Final = "P530"
START: Final = "P580"
END: Final = "P582"
OPERATOR: Final = "P137"
INCEPTION: Final = "P571"
DISSOLVED: Final = "P576"
SIGNATORY: Final = "P1891"
POINT_IN_TIME: Final = "P585"
EFFECTIVE: Final = "P7588"
_ESTABLISHMENT: Final = "event:establishment"
_SEVERANCE: Final = "event:severance"
_RESTORATION: Final = "event:restoration"
_QUALIFIERS: Final = {_ESTABLISHMENT: START, _SEVERANCE: END, _RESTORATION: START}
_NO_ITEM: Final = "no item: {} has none here"
_TWO_SPELLS: Final = (
    "two spells: ties began more than once, and QuickStatements cannot tell two statements of one value apart"
)
_LASTING: Final = "its end cannot be stated, and a start alone would say that ties last: {}"
_ABSENT: Final = "no property: Wikidata has none for an accreditation without residence"
_OFFICE: Final = "no item: the office of an ambassador to one country has none here"
_UNDATED: Final = "no date: no source gives one"
_ENDED: Final = "no property: none that we are sure of tells when an agreement ended"


@dataclass(frozen=True)
class Statement:
    """A statement with its reference. ``value`` is an item or a date; so is the one qualifier's, where there is one."""

    item: str
    property: str
    value: str
    qualifier: tuple[str, str] | None
    reference: Reference
    fact: str


@dataclass(frozen=True)
class LeftOut:
    """What cannot be stated: of which item, by which property, with the reason and the sources that say so."""

    fact: str
    item: str
    property: str
    value: str
    reason: str
    sources: tuple[str, ...] = ()


Outcome = Statement | LeftOut


def proposed(store: ox.Store) -> tuple[list[Statement], list[LeftOut]]:
    """Give what Wikidata could have and what it cannot, each sorted and once."""
    evidence = Evidence.of(store)
    outcomes: set[Outcome] = {
        *_ties(store, evidence),
        *_missions(store, evidence),
        *_agreements(store, evidence),
        *_accreditations(store),
    }
    statements = [outcome for outcome in outcomes if isinstance(outcome, Statement)]
    left_out = [outcome for outcome in outcomes if isinstance(outcome, LeftOut)]
    return sorted(statements, key=_statement_order), sorted(left_out, key=_left_out_order)


def _statement_order(one: Statement) -> tuple[object, ...]:
    number = (int(one.item[1:]), int(one.property[1:]))
    return (*number, one.value, one.qualifier or (), one.reference, one.fact)


def _left_out_order(one: LeftOut) -> tuple[object, ...]:
    return (one.fact, one.property, one.item, one.value, one.reason, one.sources)


@dataclass(frozen=True)
class _Fact:
    """A fact with the items that it is about; empty where there is none."""

    iri: str
    items: tuple[str, ...]
    evidence: Evidence

    def date(self, property_: str) -> Support:
        return self.evidence.of_value(self.iri, property_)

    def itself(self) -> Support:
        """Give the support of the fact as such, whatever its dates."""
        return self.evidence.of_value(self.iri, KIND)

    def stated(self, place: tuple[str, str, str], qualifier: str, support: Support) -> Iterator[Outcome]:
        """State a value of an item, once for each reference, or leave it out; with a date as its qualifier."""
        item, property_, value = place
        qualified = (qualifier, support.value) if qualifier else None
        for reference in support.references:
            yield Statement(item, property_, value, qualified, reference, self.iri)
        if support.obstacle:
            yield self.left_out(item, f"{property_} {qualifier}".strip(), support, support.obstacle)

    def left_out(self, item: str, property_: str, support: Support, reason: str) -> LeftOut:
        """Leave a value out."""
        return LeftOut(self.iri, item, property_, support.value, reason, support.sources)


_Tie = tuple[str, _Fact, Mapping[str, str]]
"""The kind of a fact about ties, the fact, and the row that it came in."""


def _ties(store: ox.Store, evidence: Evidence) -> Iterator[Outcome]:
    """State that parties have diplomatic relations, since when and until when, of each of them."""
    relations: dict[str, list[_Tie]] = defaultdict(list)
    for row in rows(store, "ties"):
        fact = _Fact(row["fact"], (_item(row, "oneItem"), _item(row, "otherItem")), evidence)
        relations[row["relation"]].append((compact(row["kind"]), fact, row))
    for ties in relations.values():
        yield from _ties_of_relation(ties)


def _ties_of_relation(ties: Sequence[_Tie]) -> Iterator[Outcome]:
    obstacle = _obstacle_of_all(ties)
    lasting = _obstacle_of_end(ties)
    for kind, fact, _ in ties:
        place = f"{DIPLOMATIC_RELATION} {_QUALIFIERS[kind]}"
        if obstacle:
            yield fact.left_out(fact.items[0], place, fact.date(DATE), obstacle)
        elif lasting and kind == _ESTABLISHMENT:
            yield fact.left_out(fact.items[0], place, fact.date(DATE), _LASTING.format(lasting))
        else:
            yield from _tie(fact, _QUALIFIERS[kind])


def _obstacle_of_all(ties: Sequence[_Tie]) -> str:
    """Tell why nothing of the ties of two parties can be stated."""
    _, fact, row = ties[0]
    nameless = [compact(row[side]) for side, item in zip(("one", "other"), fact.items, strict=True) if not item]
    if nameless:
        return _NO_ITEM.format(" and ".join(nameless))
    kinds = Counter(kind for kind, _, _ in ties)
    return _TWO_SPELLS if _RESTORATION in kinds or max(kinds.values()) > 1 else ""


def _obstacle_of_end(ties: Sequence[_Tie]) -> str:
    """Tell why the end of ties cannot be stated; nothing where it can, or where there is none."""
    ends = [fact.date(DATE) for kind, fact, _ in ties if kind == _SEVERANCE]
    return next((end.obstacle or "it has no date" for end in ends if not end.references), "")


def _tie(fact: _Fact, qualifier: str) -> Iterator[Outcome]:
    """State a tie of both parties with its date; a start without one, where that alone cannot be stated."""
    date, itself = fact.date(DATE), fact.itself()
    for item, other in (fact.items, fact.items[::-1]):
        place = (item, DIPLOMATIC_RELATION, other)
        if date.references:
            yield from fact.stated(place, qualifier, date)
        elif qualifier == START and itself.references:
            yield from fact.stated(place, "", itself)
    if not date.references:
        place_left = f"{DIPLOMATIC_RELATION} {qualifier}"
        yield fact.left_out(fact.items[0], place_left, date, date.obstacle or itself.obstacle or _UNDATED)


def _missions(store: ox.Store, evidence: Evidence) -> Iterator[Outcome]:
    """State of missions whose they are, when they opened and when they closed."""
    dates = (("bilat:startDate", INCEPTION), ("bilat:endDate", DISSOLVED))
    for row in rows(store, "missions"):
        fact = _Fact(row["fact"], (_item(row, "item"), _item(row, "senderItem")), evidence)
        item, sender = fact.items
        if item and sender:
            yield from fact.stated((item, OPERATOR, sender), "", _valued(fact.itself(), sender))
        else:
            nameless = compact(row["sender"]) if item else "the mission"
            yield fact.left_out(item, OPERATOR, _valued(fact.itself(), sender), _NO_ITEM.format(nameless))
        yield from _dated(fact, item, dates, "the mission")


def _dated(fact: _Fact, item: str, dates: Iterable[tuple[str, str]], what: str) -> Iterator[Outcome]:
    """State the dates of an item."""
    for ours, property_ in dates:
        date = fact.date(ours)
        if date.value and not item:
            yield fact.left_out("", property_, date, _NO_ITEM.format(what))
        elif date.value:
            yield from fact.stated((item, property_, date.value), "", date)


def _agreements(store: ox.Store, evidence: Evidence) -> Iterator[Outcome]:
    """State of agreements who signed them and when, and when they took effect."""
    for row in rows(store, "agreements"):
        fact = _Fact(row["fact"], (_item(row, "oneItem"), _item(row, "otherItem")), evidence)
        item = _item(row, "item")
        signed = fact.date("bilat:signedDate")
        sides = [*zip((row["one"], row["other"]), fact.items, strict=True)]
        for party, party_item in sides if signed.value and item else ():
            if party_item:
                yield from fact.stated((item, SIGNATORY, party_item), POINT_IN_TIME, signed)
            else:
                yield fact.left_out(item, f"{SIGNATORY} {POINT_IN_TIME}", signed, _NO_ITEM.format(compact(party)))
        if signed.value and not item:
            yield fact.left_out("", f"{SIGNATORY} {POINT_IN_TIME}", signed, _NO_ITEM.format("the agreement"))
        yield from _dated(fact, item, [("bilat:inForceDate", EFFECTIVE)], "the agreement")
        ended = fact.date("bilat:endDate")
        if ended.value:
            yield fact.left_out(item, "", ended, _ENDED)


def _accreditations(store: ox.Store) -> Iterator[Outcome]:
    for row in rows(store, "accreditations"):
        reason = _ABSENT if row.get("resident") == "false" else _OFFICE
        yield LeftOut(row["fact"], "", "", "", reason)


def _valued(support: Support, value: str) -> Support:
    """Give the support of a fact another value: what is stated is not its kind."""
    return Support(value, support.references, support.obstacle, support.sources)


def _item(row: Mapping[str, str], name: str) -> str:
    return item_of(row.get(name, ""))
