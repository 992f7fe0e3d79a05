"""Rules as editions tell them in turn, joined to intervals from the first to the last of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

PASSING: Final = {"pandemic-ban", "event-permit"}
"""What stands beside another rule, which goes on."""
_ONLINE: Final = "online"
"""An electronic visa, or an authorisation that needs no visa: the edition does not say."""


@dataclass(frozen=True)
class Rule:
    """A rule as one edition tells it; ``days`` is empty where there is no limit, None where it does not say."""

    name: str
    days: str | None = ""


@dataclass(frozen=True)
class Interval:
    """A rule, from the first to the last edition in which it was seen."""

    rule: Rule
    first: str
    last: str


def joined(observations: list[tuple[str, Rule]]) -> Iterator[Interval]:
    """Join what editions tell in turn; what passes does not end a rule."""
    current: dict[bool, Interval] = {}
    for edition, rule in observations:
        passes = rule.name in PASSING
        before = current.get(passes)
        both = _join(before.rule, rule) if before else None
        if before and both:
            current[passes] = Interval(both, before.first, edition)
        else:
            if before:
                yield before
            current[passes] = Interval(rule, edition, edition)
    yield from current.values()


def _join(one: Rule, other: Rule) -> Rule | None:
    """Give the rule that both can mean, as well as they tell it; None where they contradict each other."""
    if one.name == other.name:
        if one.days == other.days or other.days is None:
            return one
        return other if one.days is None else None
    online = {one.name, other.name}
    if online in ({_ONLINE, "e-visa"}, {_ONLINE, "eta"}):
        return one if other.name == _ONLINE else other
    return None
