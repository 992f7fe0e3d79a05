"""Reading a query for its SERVICE clauses, which are found among its tokens.

The engine never sees one: each is replaced by its solutions. What could be read in two ways is refused
rather than guessed at (SPARQL 1.1 Federated Query, section 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bilateral.errors import QueryError, QueryRefused
from bilateral.message import Message
from bilateral.serve import guard
from bilateral.serve.federation.clause import Clause, FederatedQuery
from bilateral.serve.federation.splicing import Span
from bilateral.terms import BASE, PREFIXES

_FORMS: Final = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_CLOSING: Final = {"{": "}", "(": ")", "[": "]"}
_PLAIN_WORDS: Final = frozenset(("A", "TRUE", "FALSE"))
_ESCAPE: Final = re.compile(r"\\[uU]")

_Token = re.Match[str]


def read(text: str, allowed: Sequence[str], most: int) -> FederatedQuery:
    """Find the SERVICE clauses of a query.

    Raises:
        QueryRefused: one asks an endpoint that is not among those ``allowed``, or there are more than ``most``,
            or one that cannot be told apart for certain.
        QueryError: the group of one does not end.
    """
    if _ESCAPE.search(text):
        raise QueryRefused(
            Message("A query with SERVICE must not have codepoint escapes (\\u): write the characters themselves.")
        )
    reader = _Reader(text, allowed)
    reader.read()
    if len(reader.clauses) > most:
        raise QueryRefused(
            Message("The query has more than {most} SERVICE clauses: split it.", most=most),
            limit="federation_clauses",
            value=most,
        )
    return FederatedQuery(text, reader.prologue(), reader.dataset(), tuple(reader.clauses), tuple(reader.filters))


@dataclass(frozen=True)
class _Group:
    """A bracket that is open.

    ``joins_at`` is where the outermost group has to have its solutions ready, for those of a clause in this
    group to be joined with them; -1 is the place of the clause itself.
    """

    bracket: str
    joins_at: int | None = None


@dataclass
class _Reader:
    """Goes through the tokens of a query once."""

    text: str
    allowed: Sequence[str]
    clauses: list[Clause] = field(default_factory=list)
    filters: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._tokens = list(guard.tokens(self.text))
        self._open: list[_Group] = []
        self._outermost = 0
        self._form = len(self.text)
        self._from: list[Span] = []
        self._declared: set[str] = set()
        self._used: set[str] = set()

    def read(self) -> None:
        """Find clauses, filters, and what is declared."""
        place = 0
        while place < len(self._tokens):
            place = self._step(place)

    def prologue(self) -> str:
        """Declare our base and whatever known prefixes are used, before what the query itself declares."""
        ours = sorted(self._used & PREFIXES.keys() - self._declared)
        lines = [f"BASE <{BASE}>", *(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in ours)]
        return "\n".join([*lines, self.text[: self._form].strip()])

    def dataset(self) -> str:
        """Repeat the FROM clauses."""
        return " ".join(span.of(self.text) for span in self._from)

    def _step(self, place: int) -> int:
        """Take note of a token; gives the place of the next."""
        token = self._tokens[place]
        found = token.group()
        if token.lastgroup == "word":
            return self._word(place, found.upper())
        if token.lastgroup == "name":
            self._name(place, found.partition(":")[0])
        elif found in _CLOSING:
            self._enter(place, found)
        elif self._open and found == _CLOSING[self._open[-1].bracket]:
            self._open.pop()
        return place + 1

    def _word(self, place: int, word: str) -> int:
        start = self._tokens[place].start()
        if word in _FORMS and not self._open:
            self._form = min(self._form, start)
        elif word == "FROM" and not self._open:
            self._from.append(Span(start, self._end_of_name(place)))
        elif word == "FILTER" and self._is_outermost():
            self.filters.append(Span(start, self._end_of_constraint(place)))
        elif word == "SERVICE":
            return self._service(place)
        elif "SERVICE" in word:
            raise self._refusal(place, Message("SERVICE has to be a word of its own, before a full IRI."))
        return place + 1

    def _name(self, place: int, prefix: str) -> None:
        before = self._tokens[place - 1].group().upper() if place else ""
        if before == "PREFIX":
            self._declared.add(prefix)
        elif "SERVICE" in prefix.upper() and self._is(place + 1, "{"):
            found = self._tokens[place].group()
            raise self._refusal(place, Message("SERVICE takes a full IRI, not {found}.", found=found))
        self._used.add(prefix)

    def _enter(self, place: int, bracket: str) -> None:
        if bracket == "{" and not self._open:
            self._outermost = self._tokens[place].end()
            self._open.append(_Group(bracket, -1))
        elif bracket == "{" and self._is_outermost() and self._is(place - 1, "OPTIONAL"):
            self._open.append(_Group(bracket, self._tokens[place - 1].start()))
        else:
            self._open.append(_Group(bracket))

    def _is_outermost(self) -> bool:
        return len(self._open) == 1 and self._open[0].bracket == "{"

    def _is(self, place: int, word: str) -> bool:
        return 0 <= place < len(self._tokens) and self._tokens[place].group().upper() == word

    def _service(self, place: int) -> int:
        """Read a clause: SERVICE SILENT? VarOrIri GroupGraphPattern (grammar, rule 59)."""
        is_silent = self._is(place + 1, "SILENT")
        named = place + 1 + is_silent
        endpoint = self._endpoint(named)
        if not self._is(named + 1, "{"):
            raise self._mistake(named, Message("expected {bracket} after the IRI of SERVICE", bracket="{"))
        last = self._last_of_group(named + 1)
        span = Span(self._tokens[place].start(), self._tokens[last].end())
        body = Span(self._tokens[named + 1].end(), self._tokens[last].start())
        inside = self._tokens[named + 2 : last]
        self._check_body(named + 2, last)
        variables = _variables(inside)
        before = self._before(span.start)
        shared = tuple(sorted(set(variables) & self._visible(before))) if before else ()
        self.clauses.append(
            Clause(span, endpoint, is_silent, body, variables, _is_plain(inside), before if shared else None, shared)
        )
        return last + 1

    def _endpoint(self, place: int) -> str:
        token = self._tokens[place] if place < len(self._tokens) else None
        allowed = ", ".join(f"<{iri}>" for iri in self.allowed)
        may = Message("This endpoint asks {endpoints} and no other.", endpoints=allowed)
        if token is None or token.lastgroup != "iri":
            raise self._refusal(min(place, len(self._tokens) - 1), _no_iri(token, may))
        iri = token.group()[1:-1]
        if iri not in self.allowed:
            raise self._refusal(place, Message("SERVICE <{iri}> is refused. {may}", iri=iri[:200], may=may))
        return iri

    def _check_body(self, first: int, last: int) -> None:
        for place in range(first, last):
            token = self._tokens[place]
            if token.lastgroup == "word" and "SERVICE" in token.group().upper():
                raise self._refusal(place, Message("SERVICE inside of SERVICE is refused: a label is an rdfs:label."))
            if token.lastgroup == "name":
                self._name(place, token.group().partition(":")[0])

    def _before(self, start: int) -> Span | None:
        """Give what stands before a clause in the outermost group, if it is joined with that."""
        joins_at = self._open[-1].joins_at if self._open else None
        if joins_at is None:
            return None
        return Span(self._outermost, start if joins_at == -1 else joins_at)

    def _visible(self, span: Span) -> set[str]:
        """Give the variables in a span of the query, other than in FILTERs, which bind none."""
        inside = (
            token
            for token in self._tokens
            if token.lastgroup == "variable"
            and span.start <= token.start() < span.end
            and not any(each.start <= token.start() < each.end for each in self.filters)
        )
        return set(_variables(inside))

    def _end_of_name(self, place: int) -> int:
        ends = (token.end() for token in self._tokens[place + 1 : place + 3] if token.lastgroup in ("iri", "name"))
        return next(ends, self._tokens[place].end())

    def _end_of_constraint(self, place: int) -> int:
        """Give the end of a FILTER: it ends with the first bracket that it opens (grammar, rule 69)."""
        opening = next((at for at in range(place, len(self._tokens)) if self._tokens[at].group() in _CLOSING), None)
        return self._tokens[place if opening is None else self._last_of_group(opening)].end()

    def _last_of_group(self, first: int) -> int:
        """Find the bracket that closes one."""
        opening = self._tokens[first].group()
        depth = 0
        for place in range(first, len(self._tokens)):
            found = self._tokens[place].group()
            depth += (found == opening) - (found == _CLOSING[opening])
            if depth == 0:
                return place
        raise self._mistake(
            first, Message("expected {closing} to close this {opening}", closing=_CLOSING[opening], opening=opening)
        )

    def _refusal(self, place: int, message: Message) -> QueryRefused:
        line, column = self._place(place)
        return QueryRefused(
            Message("Line {line}, column {column}: {refusal}", line=line, column=column, refusal=message)
        )

    def _mistake(self, place: int, message: Message) -> QueryError:
        line, column = self._place(place)
        placed = Message("Line {line}, column {column}: {mistake}.", line=line, column=column, mistake=message)
        return QueryError(placed, line=line, column=column)

    def _place(self, place: int) -> tuple[int, int]:
        before = self.text[: self._tokens[place].start()]
        return before.count("\n") + 1, len(before) - before.rfind("\n")


def _no_iri(token: _Token | None, may: Message) -> Message:
    if token is None:
        return Message("SERVICE takes a full IRI. {may}", may=may)
    return Message("SERVICE takes a full IRI, not {found}. {may}", found=token.group()[:60], may=may)


def _variables(tokens: Iterable[_Token]) -> tuple[str, ...]:
    return tuple(sorted({token.group()[1:] for token in tokens if token.lastgroup == "variable"}))


def _is_plain(tokens: Sequence[_Token]) -> bool:
    return all(
        token.group().upper() in _PLAIN_WORDS if token.lastgroup == "word" else token.group() != "{" for token in tokens
    )
