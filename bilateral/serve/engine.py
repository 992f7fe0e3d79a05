"""The engine: a query becomes the bytes of its result. The one place that knows Oxigraph."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncGenerator, Iterable
from dataclasses import asdict, dataclass
from typing import IO, Final, Protocol, cast

import pyoxigraph as ox

from bilateral.errors import BadRequest, QueryError, QueryRefused
from bilateral.formats import TRIG, TURTLE, Format, by_name
from bilateral.terms import BASE, PREFIXES

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_RANGES: Final = re.compile(r",? ?\[(?:'.*?'|_)\]", re.DOTALL)
# Of what could stand there, the ranges of letters, which help nobody.


@dataclass(frozen=True)
class Evaluation:
    """What the engine is asked: a query, its dataset and the format of its result.

    ``union`` makes the default graph the union of all graphs. Where graphs are named, they are the
    dataset, whatever the query's own FROM clauses say (SPARQL 1.1 Protocol, section 2.1.4).
    """

    text: str
    format: Format
    union: bool = True
    default_graph_uris: tuple[str, ...] = ()
    named_graph_uris: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Identify what is asked by its content."""
        return hashlib.sha256(self.to_json()).hexdigest()[:16]

    def to_json(self) -> bytes:
        """Write for a worker, on one line."""
        return json.dumps(asdict(self) | {"format": self.format.name}).encode("utf-8") + b"\n"

    @classmethod
    def from_json(cls, line: bytes) -> Evaluation:
        """Read what `to_json` wrote."""
        content = json.loads(line)
        format_ = by_name(content["format"])
        assert format_ is not None
        graphs = {name: tuple(content[name]) for name in ("default_graph_uris", "named_graph_uris")}
        return cls(content["text"], format_, content["union"], **graphs)


class Engine(Protocol):
    """Whatever can evaluate a query."""

    def evaluate(self, evaluation: Evaluation) -> AsyncGenerator[bytes]:
        """Evaluate a query; gives the bytes of its result as they come.

        Raises:
            QueryError: the query does not parse.
            EngineError: a limit was met.
        """


class Output(Protocol):
    """Where a result is written."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""


def evaluate(store: ox.Store, evaluation: Evaluation, output: Output) -> None:
    """Evaluate a query on a store, and write its result.

    Raises:
        QueryError: the query does not parse.
        QueryRefused: the engine knows no such function.
    """
    try:
        if evaluation.default_graph_uris or evaluation.named_graph_uris:
            results = store.query(
                evaluation.text,
                base_iri=BASE,
                prefixes=PREFIXES,
                default_graph=[*_graphs(evaluation.default_graph_uris)],
                named_graphs=[*_graphs(evaluation.named_graph_uris)],
            )
        else:
            results = store.query(
                evaluation.text,
                base_iri=BASE,
                prefixes=PREFIXES,
                use_default_graph_as_union=evaluation.union,
            )
        _serialize(results, evaluation.format, output)
    except SyntaxError as error:
        raise _query_error(str(error.msg or error)) from error
    except RuntimeError as error:
        raise QueryRefused(str(error)) from error


def _graphs(iris: tuple[str, ...]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise BadRequest(f"A graph is named by an absolute IRI: {error}.") from error


def _serialize(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, format_: Format, output: Output) -> None:
    if isinstance(results, ox.QueryTriples):
        rdf_format = ox.RdfFormat.from_media_type(format_.media_type)
        ox.serialize(results, output=cast(IO[bytes], output), format=rdf_format, prefixes=_prefixes(format_))
    else:
        results_format = ox.QueryResultsFormat.from_media_type(format_.media_type)
        results.serialize(output=cast(IO[bytes], output), format=results_format)


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
        return QueryError(message)
    line, column, expected = int(place[1]), int(place[2]), _RANGES.sub("", place[3])
    return QueryError(f"Line {line}, column {column}: {expected}.", line=line, column=column)
