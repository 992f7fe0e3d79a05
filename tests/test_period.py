"""Periods: when a fact held, at the precision that its sources have."""

import datetime as dt

import pytest

from bilateral.serve.site.period import Held, Moment, Period


def period(start: str = "", end: str = "", first: str = "", last: str = "") -> Period:
    return Period(*(Moment.parse(text) for text in (start, end, first, last)))


@pytest.mark.parametrize(
    ("fact", "day", "held"),
    [
        (period("1971-08-01"), "1971-07-31", Held.NO),
        (period("1971-08-01"), "1971-08-01", Held.YES),
        (period("1971-08-01", "1980-02-03"), "1980-02-02", Held.YES),
        (period("1971-08-01", "1980-02-03"), "1980-02-03", Held.NO),
        (period("1971", "1980"), "1971-06-01", Held.UNKNOWN),
        (period("1971", "1980"), "1971-12-31", Held.YES),
        (period("1971", "1980"), "1980-06-01", Held.UNKNOWN),
        (period(last="2022-11-16"), "2022-11-15", Held.UNKNOWN),
        (period(last="2022-11-16"), "2026-01-01", Held.YES),
        (period(first="2019-11-23", last="2026-02-17"), "2019-11-23", Held.YES),
        (period(end="1971-08-01"), "1970-01-01", Held.YES),
        (period(), "1970-01-01", Held.UNKNOWN),
    ],
)
def test_a_fact_held_on_a_day_as_far_as_its_sources_tell(fact: Period, day: str, held: Held) -> None:
    assert fact.held_on(dt.date.fromisoformat(day)) is held


def test_what_has_no_start_was_not_there_before_the_ties() -> None:
    ties = Moment.parse("1963-04-01")
    assert period(end="1971-08-01").held_on(dt.date(1963, 3, 31), not_before=ties) is Held.NO


@pytest.mark.parametrize("lexical", ["", "-0300", "1971-02-30", "2011-13", "--06-04", "never"])
def test_what_is_no_date_of_the_calendar_is_none(lexical: str) -> None:
    assert Moment.parse(lexical) is None


@pytest.mark.parametrize(("day", "applied"), [("2021-01-01", "ban"), ("2020-01-01", "rule"), ("2026-11-23", "rule")])
def test_a_ban_applies_beside_the_rule_that_it_suspends_only_while_it_was_seen(day: str, applied: str) -> None:
    rules = {
        "rule": period(first="2019-11-23", last="2026-02-17"),
        "ban": period(first="2020-11-19", last="2022-03-06"),
    }
    date = dt.date.fromisoformat(day)
    held = {name: rule for name, rule in rules.items() if rule.held_on(date) is Held.YES}
    assert max(held, key=lambda name: held[name].precedence(date)) == applied
