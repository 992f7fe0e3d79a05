"""The home page: what there is, how fresh it is, and how to find it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bilateral.serve.site.graph import Graph
from bilateral.serve.site.license import license_link
from bilateral.serve.site.link import Link, address_of
from bilateral.serve.site.markup import whole_dataset
from bilateral.serve.site.page import Pages
from bilateral.serve.site.panel import panel
from bilateral.serve.site.relation.coverage import fact_classes
from bilateral.serve.site.search import named_classes
from bilateral.terms import expand
from bilateral.words import Words

_STATE: Final = re.compile(r"State of ([\d.-]*\d)")
# "State of 2022-11-16." or "State of 48.2.0.", as every graph of a source is cited


@dataclass(frozen=True)
class Country:
    """A party on the map, with its capital's place; ``depth`` tells by its missions how dark it is."""

    link: Link
    number: str
    latitude: str
    longitude: str
    missions: int
    is_past: bool

    @property
    def depth(self) -> str:
        """The class of its colour."""
        return "most" if self.missions >= 80 else "much" if self.missions >= 30 else "some"


@dataclass(frozen=True)
class Dataset:
    """An open source in the graph: its title, licence and the state that is here."""

    link: Link
    publisher: str
    license: Link
    state: str


class HomePage:
    """Shows the start."""

    def __init__(self, graph: Graph, pages: Pages) -> None:
        self._graph = graph
        self._pages = pages

    def show(self, request: Request) -> Response:
        """Show the search, the map, the relations written by hand, what is here, and every party."""
        words = self._pages.words(request)
        counts = self._pages.manifest.classes
        relations = self._graph.rows("home/curated-relations")
        latest = self._graph.rows("home/sources")[0]
        return self._pages.render(
            request,
            "home.html",
            title="Bilateral",
            relations=[self._graph.link(row.text("relation"), words.language) for row in relations],
            countries=self.countries(words),
            count=counts.get(expand("bilat:BilateralRelation"), 0),
            kinds=[(self._graph.link(iri, words.language), counts.get(iri, 0)) for iri in self._classes(counts)],
            datasets=self.datasets(),
            sources=counts.get(expand("bilat:Source"), 0),
            latest=latest.text("latest"),
            markup=whole_dataset(words, self._pages.public_url, self._pages.manifest, latest.text("latest")),
            panel=lambda name: panel(name, None, words.language),
        )

    def _classes(self, counts: Mapping[str, int]) -> list[str]:
        """List the classes of facts, then those of what has a name of its own."""
        named = reversed(named_classes(self._graph, counts))
        return list(dict.fromkeys((*fact_classes(self._graph, counts), *named)))

    def countries(self, words: Words) -> list[Country]:
        """Give every party, in the order of the names."""
        weights = {row.text("thing"): int(row.text("weight")) for row in self._graph.rows("search/weights")}
        countries = {
            row.text("party"): Country(
                link=self._graph.link(row.text("party"), words.language),
                number=row.text("number").zfill(3) if row.has("number") else row.text("party").rpartition("/")[2],
                latitude=row.text("latitude"),
                longitude=row.text("longitude"),
                missions=weights.get(row.text("party"), 0),
                is_past=row.has("end"),
            )
            for row in self._graph.rows("home/parties")
        }
        return sorted(countries.values(), key=lambda country: country.link.text.casefold())

    def datasets(self) -> list[Dataset]:
        """Give the open sources, each in the state that is here."""
        return [
            Dataset(
                link=Link(row.text("title"), address_of(row.text("graph"))),
                publisher=row.text("publisher"),
                license=license_link(row.text("license")),
                state=match[1] if (match := _STATE.search(row.text("citation"))) else "",
            )
            for row in self._graph.rows("home/datasets")
        ]
