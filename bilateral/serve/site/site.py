"""The site: which page shows what."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from bilateral.formats import Format
from bilateral.project import Question
from bilateral.serve.limits import FederationLimits, Limits
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.home import HomePage
from bilateral.serve.site.memberships import Memberships
from bilateral.serve.site.page import Clock, Pages, today
from bilateral.serve.site.party.page import PartyPage
from bilateral.serve.site.problem_page import ProblemPage
from bilateral.serve.site.prose import Prose
from bilateral.serve.site.relation.page import RelationPage
from bilateral.serve.site.results_page import ResultsPage
from bilateral.serve.site.search import SearchIndex
from bilateral.serve.site.thing.page import ThingPage
from bilateral.serve.site.vocabulary import Vocabulary
from bilateral.serve.site.vocabulary_page import VocabularyPage
from bilateral.serve.site.workbench import Workbench
from bilateral.snapshot import Snapshot
from bilateral.terms import PREFIXES, RELATION


class Site:
    """The pages of one snapshot."""

    def __init__(
        self,
        store: ox.Store,
        snapshot: Snapshot,
        questions: Sequence[Question],
        limits: Limits,
        *,
        public_url: str,
        federated: FederationLimits,
        clock: Clock = today,
    ) -> None:
        self.graph = graph = Graph(store)
        self.index = SearchIndex(graph, snapshot.manifest.classes)
        self.pages = Pages(snapshot.manifest, public_url, clock)
        self.home = HomePage(graph, self.pages)
        self.prose = Prose(self.pages, self.home, limits, federated, public_url)
        self.problems = ProblemPage(self.pages)
        self.results = ResultsPage(graph, self.index, self.pages)
        self._workbench = Workbench(self.pages, questions)
        vocabulary = Vocabulary(snapshot.files)
        self.vocabulary = VocabularyPage(graph, self.pages, vocabulary)
        self._memberships = Memberships(graph)
        self._closing = threading.Event()
        self._party = PartyPage(graph, self.pages, self._memberships)
        self._relation = RelationPage(graph, self.pages, self._memberships)
        self._thing = ThingPage(graph, self.pages, vocabulary)

    def show(self, request: Request, iri: str) -> Response:
        """Show the page of a thing.

        Raises:
            NotFound: nothing is known of it.
        """
        if self.graph.has(iri):
            if is_relation(iri):
                return self._relation.show(request, iri)
            if iri.startswith(PREFIXES["party"]):
                return self._party.show(request, iri)
        return self._thing.show(request, iri)

    def cite(self, request: Request, iri: str, format_: Format) -> Response:
        """Give a reference to a thing, for reference managers."""
        return self._thing.cite(request, iri, format_)

    def warm(self) -> None:
        """Read what the first visitors would else wait for."""
        self.index.warm()
        self._memberships.warm(self._closing.is_set)

    def close(self) -> None:
        """Read nothing more ahead of time."""
        self._closing.set()

    def sparql(self, request: Request) -> Response:
        """Show the workbench."""
        return self._workbench.show(request)


def is_relation(iri: str) -> bool:
    """Whether an IRI is that of a relation, not of one of its facts."""
    return iri.startswith(RELATION) and "/" not in iri.removeprefix(RELATION)
