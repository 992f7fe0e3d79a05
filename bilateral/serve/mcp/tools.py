"""The tools: search, describe, ask, and the questions by name.

Each asks the store that it is given, under the limits of the endpoint; what goes wrong is told to the model in
words that say what to do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal

import pyoxigraph as ox
from pydantic import Field

from bilateral import project
from bilateral.documents import describe as document_of
from bilateral.errors import BadRequest, NotFound, QueryRefused
from bilateral.formats import JSON, TURTLE, ResultKind
from bilateral.parameter import bind
from bilateral.serve import guard
from bilateral.serve.engine import Engine, Evaluation, serialize_graph
from bilateral.serve.limits import Limits
from bilateral.serve.mcp.answers import Document, Found, Parameter, Question, Questions, Relation, Rows, Search
from bilateral.serve.mcp.relations import describe, sources_of
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.memberships import Memberships
from bilateral.serve.site.page import Clock
from bilateral.serve.site.reader import Reader
from bilateral.serve.site.relation.page import as_of
from bilateral.serve.site.search import SearchIndex
from bilateral.snapshot import Manifest
from bilateral.terms import BILAT, PREFIXES, expand
from bilateral.words import words

_MOST_FOUND: Final = 50
_RELATION: Final = f"{BILAT}BilateralRelation"

Language = Annotated[Literal["en", "es", "ko"], Field(description="the language of the answer")]


class Tools:
    """The tools of one store."""

    def __init__(
        self,
        store: ox.Store,
        manifest: Manifest,
        engine: Engine,
        questions: Sequence[project.Question],
        *,
        limits: Limits,
        clock: Clock,
    ) -> None:
        self._store = store
        self._graph = Graph(store)
        self._memberships = Memberships(self._graph)
        self._manifest = manifest
        self._index = SearchIndex(self._graph, manifest.classes)
        self._engine = engine
        self._questions: Mapping[str, project.Question] = {question.name: question for question in questions}
        self._limits = limits
        self._clock = clock
        self._version = manifest.data_version
        self._predicates = sorted(manifest.properties)

    async def search(
        self,
        text: Annotated[
            str, Field(max_length=200, description="names or codes, as 'peru corea', '한국 페루', 'KOR-PER'")
        ],
        limit: Annotated[int, Field(ge=1, le=_MOST_FOUND)] = 10,
        language: Language = "en",
    ) -> Search:
        """Find countries, relations between two countries, people and organizations by their names in any language."""
        matches = await asyncio.to_thread(self._index.find, text, limit)
        return Search([self._found(match.iri, match.class_, language) for match in matches])

    def _found(self, iri: str, class_: str, language: str) -> Found:
        return Found(iri, self._graph.link(iri, language).text, self._graph.link(class_, language).text)

    async def describe_relation(
        self,
        relation: Annotated[str, Field(max_length=200, description="two countries: 'KOR-PER', names, or an IRI")],
        as_of_date: Annotated[str | None, Field(description="a day, as 1971-07-01; without it today")] = None,
        language: Language = "en",
    ) -> Relation:
        """Tell how two countries stand to each other on a day: missions, agreements, rules of entry, events, figures.

        Each fact has its address and its sources: cite them. What sources contradict is under ``contested``; kinds
        of facts of which nothing is known are under ``unknown``.
        """
        iri = await asyncio.to_thread(self._relation, relation)
        today = self._clock()
        day = as_of(as_of_date, today)
        return await asyncio.to_thread(
            describe, self._graph, self._memberships, self._manifest, iri, day, today, words(language)
        )

    def _relation(self, text: str) -> str:
        known = _iri(text)
        if known is not None and self._graph.knows(known):
            return known
        found = [match.iri for match in self._index.find(text, _MOST_FOUND) if match.class_ == _RELATION]
        if not found:
            raise NotFound(f"No relation is found by {text[:80]}: name two countries, as 'Peru Korea' or KOR-PER.")
        return found[0]

    async def describe_thing(
        self,
        iri: Annotated[str, Field(max_length=500, description="an IRI or a prefixed name, as party:PER")],
        language: Language = "en",
    ) -> Document:
        """Give all that is said of a thing or a fact, as Turtle, with the sources of a fact."""
        whole = _iri(iri)
        if whole is None or not self._graph.knows(whole):
            raise NotFound(f"Nothing is known of {iri[:80]}: search gives the IRIs of things.")
        document = await asyncio.to_thread(document_of, self._store, whole, self._predicates)
        turtle = serialize_graph(document.triples, TURTLE).decode() if document else ""
        sources = sources_of(Reader(self._graph, whole, words(language)))
        return Document(whole, turtle, sources, self._version)

    async def list_questions(
        self,
        theme: Annotated[str | None, Field(description="one theme alone, as 'ties', 'trade' or 'graph'")] = None,
        language: Language = "en",
    ) -> Questions:
        """List the questions that can be asked by name, with their parameters."""
        themes = {question.theme for question in self._questions.values()}
        if theme is not None and theme not in themes:
            raise BadRequest(f"There is no theme {theme[:40]}. There is: {', '.join(sorted(themes))}.")
        wanted = (question for question in self._questions.values() if theme in (None, question.theme))
        return Questions([_listed(question, language) for question in wanted])

    async def ask_question(
        self,
        name: Annotated[str, Field(description="the name of a question, as list_questions gives it")],
        parameters: Annotated[dict[str, str] | None, Field(description="values by name, as {'party': 'PER'}")] = None,
    ) -> Rows:
        """Answer a question by name."""
        question = self._questions.get(name)
        if question is None:
            raise NotFound(f"There is no question {name[:60]}: list_questions gives their names.")
        sent = dict(parameters or {})
        values = {each: each.read(sent.pop(each.name)) for each in question.parameters if each.name in sent}
        if sent:
            known = ", ".join(each.name for each in question.parameters) or "no parameters"
            raise BadRequest(f"{name} has no parameter {next(iter(sent))[:40]}. It has: {known}.")
        return await self._rows(bind(question.text, values))

    async def query(
        self,
        sparql: Annotated[str, Field(description="SELECT or ASK, in SPARQL 1.1; our prefixes are known")],
    ) -> Rows:
        """Run a SPARQL query on the graph, within limits of time and rows; a mistake is told with line and column."""
        return await self._rows(sparql)

    async def _rows(self, text: str) -> Rows:
        inspection = guard.inspect(text, self._limits)
        if inspection.kind is ResultKind.GRAPH:
            raise QueryRefused("Ask SELECT or ASK: describe_thing gives what is said of a thing.")
        answer = await self._engine.evaluate(Evaluation(text, JSON, union=not inspection.names_dataset))
        pieces = [answer.first]
        if answer.rest is not None:
            pieces += [piece async for piece in answer.rest]
        return _read_rows(b"".join(pieces), self._version)


def _iri(text: str) -> str | None:
    if "://" in text:
        return text
    prefix, colon, _ = text.partition(":")
    if colon and prefix in PREFIXES:
        return expand(text)
    return None


def _listed(question: project.Question, language: str) -> Question:
    parameters = [Parameter(each.name, each.type.value, each.default) for each in question.parameters]
    return Question(question.name, question.titles[language], parameters)


def _read_rows(content: bytes, version: str) -> Rows:
    results = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return Rows(["answer"], [["true" if results else "false"]], version)
    columns = [variable.value for variable in results.variables]
    rows = [[getattr(solution[column], "value", None) for column in columns] for solution in results]
    return Rows(columns, rows, version)
