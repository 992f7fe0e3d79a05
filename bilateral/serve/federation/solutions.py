"""Solutions: what an endpoint answers, as terms that can be written into a query."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Self

import pyoxigraph as ox

from bilateral.message import Message

_VARIABLE: Final = re.compile(r"\w+")
_UNDEF: Final = "UNDEF"
_Term = ox.NamedNode | ox.BlankNode | ox.Literal


class NoSolutions(ValueError):
    """The content is no result of a SELECT query in JSON; ``found`` says what it is instead."""

    def __init__(self, found: Message) -> None:
        super().__init__(found)
        self.found = found


@dataclass(frozen=True)
class Solutions:
    """A sequence of solutions: variables, and rows of terms as SPARQL writes them; None is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    @classmethod
    def read(cls, content: bytes, most: int, genid: str | None = None) -> Self:
        """Read SPARQL 1.1 Query Results JSON, up to so many rows and one more.

        Every term is checked by the parser, and written by it. A blank node becomes an IRI that begins with
        ``genid`` (RDF 1.1 Concepts, section 3.5), or is unbound where there is none.

        Raises:
            NoSolutions: the content is something else.
        """
        genid = f"{genid}{secrets.token_hex(8)}-" if genid else None
        try:
            results = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
            if not isinstance(results, ox.QuerySolutions):
                raise NoSolutions(Message("a boolean"))
            variables = tuple(variable.value for variable in results.variables)
            rows = tuple(tuple(_write(term, genid) for term in row) for row in islice(results, most + 1))
        except (SyntaxError, ValueError, UnicodeDecodeError) as error:
            raise NoSolutions(Message.verbatim(str(getattr(error, "msg", error)))) from error
        if not all(map(_VARIABLE.fullmatch, variables)):
            raise NoSolutions(Message("a variable has a name that cannot be written"))
        return cls(variables, rows)

    @classmethod
    def of_failure(cls, variables: tuple[str, ...]) -> Self:
        """Give the one solution without bindings that a failed SILENT clause has (Federated Query, section 2.3)."""
        return cls(variables, ((None,) * len(variables),))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put solutions one after the other."""
        variables = tuple(dict.fromkeys(name for part in parts for name in part.variables))
        return cls(variables, tuple(row for part in parts for row in part.rows_of(variables)))

    def bound(self) -> Self:
        """Leave out the variables that some row does not bind, and then rows that are there twice.

        A value that is not there would join with every other, so that solutions came twice.
        """
        kept = [at for at in range(len(self.variables)) if all(row[at] is not None for row in self.rows)]
        rows = dict.fromkeys(tuple(row[at] for at in kept) for row in self.rows)
        return type(self)(tuple(self.variables[at] for at in kept), tuple(rows))

    def batches(self, size: int) -> Iterator[Self]:
        """Give the rows in parts of so many."""
        for start in range(0, len(self.rows), size):
            yield type(self)(self.variables, self.rows[start : start + size])

    def as_values(self) -> str:
        """Write a VALUES block (SPARQL 1.1, section 10.2)."""
        names = " ".join(f"?{name}" for name in self.variables)
        rows = "\n".join(f"({' '.join(term or _UNDEF for term in row)})" for row in self.rows)
        return f"VALUES ({names}) {{\n{rows}\n}}"

    def as_group(self) -> str:
        """Write a group that has these solutions.

        It is a query of its own, with all its rows: so the engine joins it by hashing, and does not go through
        the rows again for each solution of the rest.
        """
        values = self.as_values()
        if not self.variables:
            return f"{{ {values} }}"
        names = " ".join(f"?{name}" for name in self.variables)
        return f"{{ SELECT {names} WHERE {{ {values} }} LIMIT {len(self.rows)} }}"

    def rows_of(self, variables: Iterable[str]) -> Iterator[tuple[str | None, ...]]:
        """Give the rows, in the order of other variables."""
        places = {name: at for at, name in enumerate(self.variables)}
        at = [places.get(name) for name in variables]
        return (tuple(None if place is None else row[place] for place in at) for row in self.rows)


def _write(term: _Term | None, genid: str | None) -> str | None:
    if isinstance(term, ox.BlankNode):
        return str(ox.NamedNode(f"{genid}{term.value}")) if genid else None
    return None if term is None else str(term)
