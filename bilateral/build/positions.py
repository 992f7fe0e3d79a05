"""Where in a Turtle file a statement stands: parsers forget it, and curators need it.

The tokens are those of Turtle 1.1, section 6.5; a file that comes here has been parsed before, so
that only the places are of interest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bilateral.terms import expand

_TOKEN: Final = re.compile(
    r"""
    (?P<space>[ \t\r\n]+|\#[^\n]*)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
              |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<directive>@prefix|@base|(?i:PREFIX|BASE)(?=\s))
  | (?P<suffix>@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^)
  | (?P<name>(?:[^\s<>"'\#;,.()\[\]@^]|\.(?=[^\s;,.()\[\]]))*:(?:[^\s<>"'\#;,.()\[\]@^\\]|\.(?=[^\s;,.()\[\]])|\\.)*)
  | (?P<word>[A-Za-z0-9+\-](?:[A-Za-z0-9+\-]|\.(?=[0-9]))*)
  | (?P<mark>[;,.()\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)

_ESCAPES: Final = {"\\\\": "\\", '\\"': '"', "\\n": "\n", "\\t": "\t", "\\r": "\r", "\\'": "'"}


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


@dataclass
class Positions:
    """The lines (from 1) of subjects and of statements in one file."""

    subjects: dict[str, int] = field(default_factory=dict)
    statements: dict[tuple[str, str, str], int] = field(default_factory=dict)
    predicates: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Positions:
        """Find the places of all statements that are not inside blank nodes or lists."""
        positions = cls()
        prefixes: dict[str, str] = {}
        for statement in _statements(text):
            if statement[0].kind == "directive":
                _declare(statement, prefixes)
            else:
                positions._record(statement, prefixes)
        return positions

    def find(self, subject: str, predicate: str | None, value: str | None) -> int | None:
        """Give the line of a statement, else of its predicate, else of its subject."""
        if predicate is not None and value is not None:
            line = self.statements.get((subject, predicate, value))
            if line is not None:
                return line
        if predicate is not None and (subject, predicate) in self.predicates:
            return self.predicates[subject, predicate]
        return self.subjects.get(subject)

    def _record(self, statement: list[_Token], prefixes: dict[str, str]) -> None:
        subject = _resolve(statement[0], prefixes)
        self.subjects.setdefault(subject, statement[0].line)
        predicate: str | None = None
        for token in statement[1:]:
            if token.text == ";" and token.kind == "mark":
                predicate = None
            elif token.kind in ("mark", "suffix"):
                continue
            elif predicate is None:
                predicate = _resolve(token, prefixes)
                self.predicates.setdefault((subject, predicate), token.line)
            else:
                self.statements.setdefault((subject, predicate, _resolve(token, prefixes)), token.line)


def _tokens(text: str) -> Iterator[_Token]:
    line, at = 1, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:  # what we do not know cannot end a statement
            at += 1
            continue
        if match.lastgroup and match.lastgroup != "space":
            yield _Token(match.lastgroup, match.group(), line)
        line += match.group().count("\n")
        at = match.end()


def _statements(text: str) -> Iterator[list[_Token]]:
    """Split the tokens at the full stops, without what lies inside brackets and datatypes."""
    statement: list[_Token] = []
    depth, datatype = 0, False
    for token in _tokens(text):
        if token.kind == "mark" and token.text in "([":
            depth += 1
        elif token.kind == "mark" and token.text in ")]":
            depth -= 1
        elif token.text == "." and token.kind == "mark" and depth == 0:
            if statement:
                yield statement
            statement = []
        elif depth == 0 and not datatype:
            statement.append(token)
            if statement[0].text.upper() in ("PREFIX", "BASE") and token.kind == "iri":
                yield statement
                statement = []
        datatype = token.text == "^^"


def _declare(statement: list[_Token], prefixes: dict[str, str]) -> None:
    if len(statement) == 3:
        prefixes[statement[1].text[:-1]] = statement[2].text[1:-1]


def _resolve(token: _Token, prefixes: dict[str, str]) -> str:
    match token.kind:
        case "iri":
            return token.text[1:-1]
        case "name":
            prefix, _, local = token.text.partition(":")
            return prefixes.get(prefix, f"{prefix}:") + local.replace("\\", "")
        case "string":
            quotes = 3 if token.text[:3] in ('"""', "'''") else 1
            return re.sub(r"\\.", lambda m: _ESCAPES.get(m.group(), m.group()), token.text[quotes:-quotes])
    return expand("rdf:type") if token.text == "a" else token.text


def comment_line(text: str) -> int | None:
    """Give the line of the first comment in a Turtle file."""
    line, at = 1, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match and match.group().startswith("#"):
            return line
        end = match.end() if match else at + 1
        line += text.count("\n", at, end)
        at = end
    return None
