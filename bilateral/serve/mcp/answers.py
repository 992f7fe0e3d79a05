"""What the tools answer. Names and docstrings become the schemas that models read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A thing that a name may mean."""

    iri: str
    name: str
    kind: str


@dataclass(frozen=True)
class Search:
    """What a text may mean, the likeliest first."""

    found: list[Found]


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: title, address, place in it, and the day on which it was looked at."""

    title: str
    url: str | None
    locator: str | None
    accessed: str | None


@dataclass(frozen=True)
class Fact:
    """A fact: ``iri`` is its address, to be cited; ``on_that_day`` is yes, no or unknown, where it lasts."""

    iri: str
    kind: str
    text: str
    since: str | None
    until: str | None
    on_that_day: str | None
    sources: list[Source]


@dataclass(frozen=True)
class Claim:
    """One of the rival values that sources give; a rejected one was found wrong, for the reason given."""

    value: str
    rank: str
    reason: str | None
    sources: list[str]


@dataclass(frozen=True)
class Contest:
    """A property of a fact of which sources differ."""

    fact: str
    property: str
    claims: list[Claim]


@dataclass(frozen=True)
class Relation:
    """How two parties stand to each other on a day: what lasts, what has happened, figures, and what is in doubt.

    ``treaties`` are multilateral ones that bound both on the day, the latest first, and ``organizations`` those to
    which both belonged. ``unknown`` lists the kinds of facts of which the graph has none: that is no proof that there
    are none.
    """

    iri: str
    name: str
    as_of: str
    representation: list[Fact]
    agreements: list[Fact]
    treaties: list[Fact]
    organizations: list[Fact]
    rules_of_entry: list[Fact]
    events: list[Fact]
    figures: list[Fact]
    contested: list[Contest]
    unknown: list[str]
    data_version: str


@dataclass(frozen=True)
class Parameter:
    """What a question may be asked about; without a value it is asked about ``default``."""

    name: str
    type: str
    default: str


@dataclass(frozen=True)
class Question:
    """A question that the graph answers by name."""

    name: str
    question: str
    parameters: list[Parameter]


@dataclass(frozen=True)
class Questions:
    """The questions that can be asked by name."""

    questions: list[Question]


@dataclass(frozen=True)
class Rows:
    """The rows of a result, whole; IRIs of ours are addresses of facts with their sources."""

    columns: list[str]
    rows: list[list[str | None]]
    data_version: str


@dataclass(frozen=True)
class Document:
    """What is said of a thing, as Turtle, and of a fact its sources."""

    iri: str
    turtle: str
    sources: list[Source]
    data_version: str
