"""The SERVICE clauses of a query: whom each asks, and what; and what the query is with its solutions in their place.

https://www.w3.org/TR/sparql11-federated-query/#service
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bilateral.serve.federation.splicing import Replacement, Span, splice

_TRUE: Final = " FILTER(true) "
_NOT_A_LINE: Final = re.compile(r"[^\r\n]")


@dataclass(frozen=True)
class Clause:
    """A SERVICE clause, and the span of the query that it takes.

    ``variables`` are those of its body, in the order of their names. ``is_plain`` tells that the body is of
    triple patterns alone. ``before`` is the span of what stands before the clause in the outermost group, where
    its solutions have to be joined with that; ``shared`` are the variables of both.
    """

    span: Span
    endpoint: str
    is_silent: bool
    body: Span
    variables: tuple[str, ...]
    is_plain: bool
    before: Span | None = None
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class FederatedQuery:
    """A query with SERVICE clauses, in the order in which they stand.

    ``prologue`` declares base and prefixes, ours among them (SPARQL 1.1, section 4.1). ``dataset`` are the FROM
    clauses. ``filters`` are the FILTERs of the outermost group.
    """

    text: str
    prologue: str
    dataset: str
    clauses: tuple[Clause, ...]
    filters: tuple[Span, ...]

    @property
    def without_services(self) -> str:
        """The query with a plain group in the place of each clause, and everything else where it was."""
        heads = (Span(clause.span.start, clause.body.start - 1) for clause in self.clauses)
        blanks = [Replacement(head, _NOT_A_LINE.sub(" ", head.of(self.text))) for head in heads]
        return splice(self.text, blanks)

    def request(self, clause: Clause, values: str = "") -> str:
        """Write what an endpoint is asked for a clause, joined with values where there are any (section 4).

        A body of more than triple patterns stays a group of its own, so that its FILTERs see what they saw.
        """
        body = clause.body.of(self.text)
        if values and not clause.is_plain:
            body = f"{{{body}\n}}"
        return f"{self.prologue}\nSELECT * WHERE {{\n{values}{body}\n}}"

    def bindings(self, clause: Clause, solved: Sequence[Replacement], limit: int) -> str:
        """Write what our own engine is asked for the values that a clause can be joined with.

        FILTERs are left out, since they are of the whole group (SPARQL 1.1, section 5.2.2): there may be more
        values without them, and never fewer.
        """
        assert clause.before is not None
        before = splice(self.text, [*solved, *(Replacement(span, _TRUE) for span in self.filters)], clause.before)
        shared = " ".join(f"?{name}" for name in clause.shared)
        return f"{self.prologue}\nSELECT DISTINCT {shared} {self.dataset}\nWHERE {{\n{before}\n}} LIMIT {limit}"
