"""The rows of the source: who votes, and the roll calls with all their votes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from bilateral.build.raw import Raw, Row

NONE: Final = "-"
"""The letter of who did not vote."""
_LETTERS: Final = {"yes": "y", "no": "n", "abstain": "a"}

Voter = tuple[str, str]
"""Code and name, as the records have them; some codes are lost there, and some stand for two states in turn."""


def _votes(raw: Raw) -> dict[str, dict[Voter, str]]:
    votes: dict[str, dict[Voter, str]] = defaultdict(dict)
    for record in raw.records("votes", ("rcid", "country_code", "country", "vote")):
        call = votes[record["rcid"]]
        voter = (record["country_code"], record["country"])
        if voter in call:
            record.fail(f"has a second vote of {record['country']}")
        call[voter] = record.known("vote", _LETTERS, "a vote")
    return votes


def _order(votes: dict[str, dict[Voter, str]]) -> list[Voter]:
    return sorted({voter for call in votes.values() for voter in call})


def voters(raw: Raw) -> Iterator[Row]:
    """Give all who vote, in the order of the letters of each roll call."""
    for position, (alpha2, name) in enumerate(_order(_votes(raw))):
        yield (f"{position:03}", alpha2, name)


def roll_calls(raw: Raw) -> Iterator[Row]:
    """Give the roll calls, each with a letter for each voter."""
    votes = _votes(raw)
    order = _order(votes)
    for record in raw.records("roll-calls", ("rcid", "session", "date", "unres")):
        call = votes.pop(record["rcid"], {})
        letters = "".join(call.get(voter, NONE) for voter in order)
        session = record["session"].removesuffix(".0")
        yield (f"{int(record['rcid']):05}", record["date"], session, record["unres"], letters)
    assert not votes, "a vote of a roll call that the list does not have"
