"""The engine: a query becomes the bytes of its result. The one place that knows Oxigraph."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import IO, Final, Protocol, Self, cast

import pyoxigraph as ox

from bilateral.errors import BadRequest, QueryError, QueryRefused, ResultTooLarge
from bilateral.formats import TRIG, TURTLE, Format, by_name
from bilateral.message import Message, Verbatim
from bilateral.serve import codings
from bilateral.serve.codings import Coding
from bilateral.serve.rows import Rows, rows_of
from bilateral.terms import BASE, PREFIXES

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PREFIX: Final = re.compile(r"(\w+):")
_RANGES: Final = re.compile(r",? ?\[(?:'.*?'|_)\]", re.DOTALL)
# Of what could stand there, the ranges of letters, which help nobody.


@dataclass(frozen=True)
class Evaluation:
    """What the engine is asked: a query, its dataset, the format of its result and how that is compressed.

    ``union`` makes the default graph the union of all graphs. Where graphs are named, they are the
    dataset, whatever the query's own FROM clauses say (SPARQL 1.1 Protocol, section 2.1.4).
    """

    text: str
    format: Format
    coding: Coding = codings.IDENTITY
    union: bool = True
    default_graph_uris: tuple[str, ...] = ()
    named_graph_uris: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Identify what is asked by its content."""
        return hashlib.sha256(self.as_json).hexdigest()[:16]

    @cached_property
    def as_json(self) -> bytes:
        """Itself, written for a worker."""
        content = {
            "text": self.text,
            "format": self.format.name,
            "coding": self.coding.name,
            "union": self.union,
            "default_graph_uris": self.default_graph_uris,
            "named_graph_uris": self.named_graph_uris,
        }
        return json.dumps(content).encode("ascii")

    @classmethod
    def from_json(cls, line: bytes) -> Evaluation:
        """Read what `as_json` wrote."""
        content = json.loads(line)
        format_ = by_name(content["format"])
        assert format_ is not None
        graphs = {name: tuple(content[name]) for name in ("default_graph_uris", "named_graph_uris")}
        return cls(content["text"], format_, codings.BY_NAME[content["coding"]], content["union"], **graphs)


class Rest(Protocol):
    """What is still to come of a result; to close it stops the query."""

    def __aiter__(self) -> Self:
        """Iterate over pieces."""

    async def __anext__(self) -> bytes:
        """Give the next bytes."""

    def close(self) -> None:
        """Stop; no harm where all has come."""


@dataclass(frozen=True)
class Answer:
    """A result: its first bytes, and the rest as it comes; there is no rest where the first are all."""

    first: bytes
    rest: Rest | None = None


class Engine(Protocol):
    """Whatever can evaluate a query."""

    async def evaluate(self, evaluation: Evaluation, *, seconds: float | None = None) -> Answer:
        """Evaluate a query, within so many ``seconds``; gives its result when the first bytes are there.

        Raises:
            QueryError: the query does not parse.
            EngineError: a limit was met.
        """


class Output(Protocol):
    """Where a result is written."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""


def evaluate(store: ox.Store, evaluation: Evaluation, output: Output, *, rows: int = sys.maxsize) -> None:
    """Evaluate a query on a store, and write its result, unless that has more than so many ``rows``.

    Raises:
        QueryError: the query does not parse.
        QueryRefused: the engine knows no such function.
        ResultTooLarge: the result has more rows; some are written already.
    """
    # Every prefix that is handed over costs time, whether the query uses it or not.
    prefixes = {prefix: PREFIXES[prefix] for prefix in PREFIXES.keys() & _PREFIX.findall(evaluation.text)}
    try:
        if evaluation.default_graph_uris or evaluation.named_graph_uris:
            results = store.query(
                evaluation.text,
                base_iri=BASE,
                prefixes=prefixes,
                default_graph=[*_graphs(evaluation.default_graph_uris)],
                named_graphs=[*_graphs(evaluation.named_graph_uris)],
            )
        else:
            results = store.query(
                evaluation.text,
                base_iri=BASE,
                prefixes=prefixes,
                use_default_graph_as_union=evaluation.union,
            )
        _serialize(results, evaluation.format, output, rows)
    except SyntaxError as error:
        raise _query_error(str(error.msg or error)) from error
    except RuntimeError as error:
        raise QueryRefused(Message.verbatim(str(error))) from error


def _graphs(iris: tuple[str, ...]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise BadRequest(Message("A graph is named by an absolute IRI: {error}.", error=Verbatim(error))) from error


def _serialize(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, format_: Format, output: Output, rows: int
) -> None:
    if isinstance(results, ox.QueryTriples):
        rdf_format = ox.RdfFormat.from_media_type(format_.media_type)
        triples = _at_most(results, rows)
        ox.serialize(triples, output=cast(IO[bytes], output), format=rdf_format, prefixes=_prefixes(format_))
        return
    if isinstance(results, ox.QuerySolutions):
        output = _Counted(output, rows_of(format_), rows)
    results_format = ox.QueryResultsFormat.from_media_type(format_.media_type)
    results.serialize(output=cast(IO[bytes], output), format=results_format)


class _Counted:
    """Writes on what it is given, up to a number of solutions."""

    def __init__(self, output: Output, rows: Rows, limit: int) -> None:
        self._output = output
        self._rows = rows
        self._limit = limit

    def write(self, data: bytes) -> int:
        self._rows.add(data)
        _check_rows(self._rows.count, self._limit)
        return self._output.write(data)

    def flush(self) -> None:
        """Leave it to the output when to send."""


def _at_most(triples: Iterable[ox.Triple], limit: int) -> Iterator[ox.Triple]:
    for count, triple in enumerate(triples, 1):
        _check_rows(count, limit)
        yield triple


def _check_rows(count: int, limit: int) -> None:
    if count > limit:
        raise ResultTooLarge(
            Message("The result has more than {limit} rows: ask for less, or add LIMIT.", limit=limit),
            limit="rows",
            value=limit,
        )


def serialize_graph(items: Iterable[ox.Triple] | Iterable[ox.Quad], format_: Format) -> bytes:
    """Write triples or quads; where the format has prefixes, with ours."""
    rdf_format = ox.RdfFormat.from_media_type(format_.media_type)
    content = ox.serialize(items, format=rdf_format, prefixes=_prefixes(format_))
    assert content is not None
    return content


def _prefixes(format_: Format) -> dict[str, str] | None:
    return PREFIXES if format_ in (TURTLE, TRIG) else None


def _query_error(message: str) -> QueryError:
    place = _PLACE.fullmatch(message)
    if place is None:
        return QueryError(Message.verbatim(message))
    line, column, expected = int(place[1]), int(place[2]), _RANGES.sub("", place[3])
    mistake = Message("what stands here is not understood") if expected == "expected" else Verbatim(expected)
    placed = Message("Line {line}, column {column}: {mistake}.", line=line, column=column, mistake=mistake)
    return QueryError(placed, line=line, column=column)
