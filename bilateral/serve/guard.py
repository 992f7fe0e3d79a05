"""A lexical look at a query before the engine sees it: its form, and what it may not ask for.

The tokens are those of SPARQL 1.1, section 19.8, told apart just as far as is needed to know a
keyword from the same letters in an IRI, a string, a comment, a variable or a prefixed name. A prefix is
looked for in 128 characters, so that a long row of dotted words costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bilateral.errors import QueryRefused, UpdateRefused
from bilateral.formats import ResultKind
from bilateral.message import Message
from bilateral.serve.limits import Limits

_TOKEN: Final = re.compile(
    r"""
    (?P<skip>[ \t\r\n]+|\#[^\r\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
              |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z][A-Za-z0-9-]*)
  | (?P<name>(?:[^\W\d_](?:[\w.\-]{0,126}[\w\-])?)?:(?:[\w:%\\]|\\.|(?<=.)[.\-](?=[\w:%\\.\-]))*|_:\w[\w.\-]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_FORMS: Final = {
    "SELECT": ResultKind.SOLUTIONS,
    "ASK": ResultKind.BOOLEAN,
    "CONSTRUCT": ResultKind.GRAPH,
    "DESCRIBE": ResultKind.GRAPH,
}
_UPDATES: Final = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))

_OPENING: Final = frozenset("{([")
_CLOSING: Final = frozenset("})]")
_SIGNS: Final = frozenset("!|&/^+*=")
_OPERATORS: Final = frozenset(
    ("UNION", "OPTIONAL", "MINUS", "FILTER", "EXISTS", "BIND", "GRAPH", "SELECT", "IN", "NOT")
)
_UNLIMITED: Final = Limits(nesting=1_000_000, operators=1_000_000)


@dataclass(frozen=True)
class Inspection:
    """What a look at the words of a query tells.

    ``kind`` is None where the query has no form that we know: the engine says what is wrong.
    ``names_dataset`` tells whether it has a FROM clause, ``asks_others`` whether SERVICE.
    """

    kind: ResultKind | None
    names_dataset: bool
    asks_others: bool = False


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Give the tokens of a query, without spaces and comments; the kind of each is the match's ``lastgroup``.

    >>> [(token.lastgroup, token.group()) for token in tokens("?s a <x:> # y")]
    [('variable', '?s'), ('word', 'a'), ('iri', '<x:>')]
    """
    return (match for match in _TOKEN.finditer(text) if match.lastgroup != "skip")


def keywords(text: str) -> Iterator[str]:
    """Give the bare words of a query, in upper case.

    >>> list(keywords("SELECT ?from { <http://x/FROM> a 'SERVICE' } # LOAD"))
    ['SELECT', 'A']
    """
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "word":
            yield match.group().upper()


def inspect(text: str, limits: Limits = _UNLIMITED, *, may_ask_others: bool = False) -> Inspection:
    """Look at a query's words.

    Raises:
        UpdateRefused: it is an update.
        QueryRefused: it has a SERVICE clause, and may not ask others; or it is nested deeper or has more
            operators than it may: the engine's stack and its planner would not stand that.
    """
    kind: ResultKind | None = None
    names_dataset = asks_others = False
    depth = operators = 0
    before = ""
    for match in _TOKEN.finditer(text):
        found = match.group()
        if match.lastgroup == "skip":
            continue
        if found == "{" and before:  # SERVICE:x { is the keyword before the name :x
            asks_others = asks_others or _is_service(before.partition(":")[0].upper(), may_ask_others=may_ask_others)
        before = found if match.lastgroup == "name" else ""
        if match.lastgroup == "word":
            word = found.upper()
            kind = kind or _form(word)
            asks_others = asks_others or _is_service(word, may_ask_others=may_ask_others)
            names_dataset = names_dataset or word == "FROM"
            operators += word in _OPERATORS
        elif match.lastgroup == "other":
            depth += (found in _OPENING) - (found in _CLOSING)
            operators += found in _SIGNS
        _check(depth, operators, limits)
    return Inspection(kind, names_dataset, asks_others)


def _form(word: str) -> ResultKind | None:
    if word in _UPDATES:
        raise UpdateRefused(Message("{word} is an update, and this endpoint is read-only: send a query.", word=word))
    return _FORMS.get(word)


def _is_service(word: str, *, may_ask_others: bool) -> bool:
    # The engine splits no words: SERVICESILENT, or a number before it, is the keyword to it as well.
    if "SERVICE" in word and not may_ask_others:
        raise QueryRefused(
            Message("SERVICE is refused: this endpoint asks no other. Ask that one yourself, and join the rows.")
        )
    return "SERVICE" in word


def _check(depth: int, operators: int, limits: Limits) -> None:
    if depth > limits.nesting:
        raise QueryRefused(
            Message("Brackets are nested more than {limit} deep: flatten the query.", limit=limits.nesting),
            limit="nesting",
            value=limits.nesting,
        )
    if operators > limits.operators:
        raise QueryRefused(
            Message("The query has more than {limit} operators: split it, or use VALUES.", limit=limits.operators),
            limit="operators",
            value=limits.operators,
        )
