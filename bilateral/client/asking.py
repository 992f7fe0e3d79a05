"""The client itself: what can be asked of an endpoint, and in which shape the answer comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote

import pyoxigraph as ox

from bilateral import __version__
from bilateral.client import questions
from bilateral.client.connection import Answer, Connection
from bilateral.client.questions import Question
from bilateral.client.rows import Rows
from bilateral.client.values import Value
from bilateral.errors import AnswerBroken, AnswerUnexpected, DataChanged, NotAcceptable, NotFound, QueryError
from bilateral.formats import JSON, N_TRIPLES, PLAIN_JSON, RDF_XML, TURTLE, XML, Format
from bilateral.terms import PREFIXES, expand, path_of

if TYPE_CHECKING:  # imported where somebody wants a graph, or pages
    import rdflib

    from bilateral.client.pages import Paged

_PATH: Final = "/sparql"
_RESULTS: Final = (JSON, XML)
_TRIPLES: Final = (N_TRIPLES, TURTLE, RDF_XML)
_PAGE: Final = 10_000


class Client:
    """Asks an endpoint.

    >>> with Client("http://127.0.0.1:8000/sparql") as client:  # doctest: +SKIP
    ...     client.ask("ASK { rel:KOR-PER a bilat:BilateralRelation }")
    True

    ``timeout`` is how many seconds to wait for a connection, and for the next bytes of an answer.
    ``retries`` counts how often a request is sent again where the endpoint is busy or the connection fails.
    Threads may share a client.
    """

    def __init__(
        self,
        endpoint: str = f"http://127.0.0.1:8000{_PATH}",
        *,
        timeout: float = 60.0,
        user_agent: str = f"bilateral/{__version__}",
        retries: int = 3,
    ) -> None:
        self.endpoint = endpoint
        self._connection = Connection(timeout=timeout, user_agent=user_agent, retries=retries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self.endpoint!r})"

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def query(self, text: str) -> Rows:
        """Ask a SELECT query.

        Raises:
            QueryError: it is not SPARQL; has line and column.
            QueryTimeout, ResultTooLarge: it asks for more than it may.
            BilateralError: as docs/client.md lists them.
        """
        return _rows(self._ask(text, _RESULTS))

    def ask(self, text: str) -> bool:
        """Ask an ASK query.

        Raises:
            BilateralError: as ``query``.
        """
        results = _results(self._ask(text, _RESULTS))
        if isinstance(results, ox.QueryBoolean):
            return bool(results)
        raise AnswerUnexpected("The query gives rows, not yes or no: query() is for SELECT.")

    def graph(self, text: str) -> rdflib.Graph:
        """Ask a CONSTRUCT or DESCRIBE query.

        Raises:
            BilateralError: as ``query``.
        """
        return _graph(self._ask(text, _TRIPLES))

    def answer(self, text: str, format_: Format) -> bytes:
        """Ask any query, and give its answer as the bytes of a format, to store them or to read them otherwise.

        Raises:
            BilateralError: as ``query``.
        """
        return self._connection.ask(self.endpoint, text, (format_,)).content

    def pages(self, text: str, size: int = _PAGE) -> Iterator[Rows]:
        """Ask a SELECT query in pages of ``size`` rows, the last of which may have less.

        All pages come from the same version of the data, and together have each row once.

        Raises:
            QueryRefused: the query does not end in ORDER BY.
            DataChanged: the data are others than those of the first page.
            AnswerUnexpected: the endpoint does not tell the version of its data.
            BilateralError: as ``query``.
        """
        if size < 1:
            raise ValueError(f"A page has at least one row, not {size}.")
        query, version, number = self._paged(text), None, 0
        while True:
            page = self.query(query.page(number, size))
            version = _same_version(version, page)
            yield page
            if len(page) < size:
                return
            number += 1

    def _ask(self, text: str, offered: Sequence[Format]) -> Answer:
        try:
            return self._connection.ask(self.endpoint, text, offered)
        except NotAcceptable as error:
            message = "No such answer fits the query: query() is for SELECT, ask() for ASK, graph() for the others."
            raise AnswerUnexpected(message) from error

    def _paged(self, text: str) -> Paged:
        from bilateral.client.pages import paged

        try:
            query = paged(text)
        except QueryError:
            self.query(text)  # the endpoint knows best what is wrong with it
            raise
        if query.variables is not None:
            return query
        return query.selecting(self.query(query.without_rows).variables)

    def describe(self, iri: str) -> rdflib.Graph:
        """Get what the server says of a thing, by its IRI or its name as ``party:PER``.

        Raises:
            NotFound: it is no IRI of ours, or nothing is said of it.
            BilateralError: as ``query``.
        """
        whole = expand(iri) if iri.partition(":")[0] in PREFIXES else iri
        path = path_of(whole)
        if path is None:
            raise NotFound(f"{whole} is not one of our IRIs: graph('DESCRIBE <{whole}>') gives what is said of it.")
        return _graph(self._connection.get(self._server + path, _TRIPLES))

    def questions(self) -> list[Question]:
        """List the questions that the server can be asked by name.

        Raises:
            BilateralError: as ``query``.
        """
        return questions.read(self._connection.get(f"{self._server}/api/questions", (PLAIN_JSON,)).content)

    def question(self, name: str, **parameters: Value) -> Rows:
        """Ask one of the server's questions, about what the parameters name.

        Raises:
            NotFound: there is no such question.
            BilateralError: as ``query``.
        """
        address = f"{self._server}/api/questions/{quote(name, safe='')}"
        values = {each: _written(value) for each, value in parameters.items()}
        return _rows(self._connection.get(address, (JSON,), {**values, "format": JSON.name}))

    @property
    def _server(self) -> str:
        if not self.endpoint.endswith(_PATH):
            raise NotFound(f"{self.endpoint} ends not in {_PATH}, so it is not known where its server has its things.")
        return self.endpoint.removesuffix(_PATH)


def _results(answer: Answer) -> ox.QuerySolutions | ox.QueryBoolean:
    try:
        return ox.parse_query_results(
            answer.content, format=ox.QueryResultsFormat.from_media_type(answer.format.media_type)
        )
    except SyntaxError as error:
        raise _unreadable(error) from error


def _rows(answer: Answer) -> Rows:
    results = _results(answer)
    if isinstance(results, ox.QueryBoolean):
        raise AnswerUnexpected("The query gives yes or no, not rows: ask() is for ASK.")
    try:
        return Rows.of_solutions(results, answer.version)
    except SyntaxError as error:
        raise _unreadable(error) from error


def _graph(answer: Answer) -> rdflib.Graph:
    from bilateral.graphs import to_graph

    try:
        return to_graph(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(answer.format.media_type)))
    except SyntaxError as error:
        raise _unreadable(error) from error


def _unreadable(error: SyntaxError) -> AnswerBroken:
    return AnswerBroken(f"The answer cannot be read, or is not whole: {error.msg}")


def _same_version(version: str | None, page: Rows) -> str:
    if page.version is None:
        raise AnswerUnexpected("The endpoint tells no version of its data, so its pages might not fit together.")
    if version is not None and page.version != version:
        message = "The data have changed between two pages: begin again with the first."
        raise DataChanged(message, before=version, now=page.version)
    return page.version


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
