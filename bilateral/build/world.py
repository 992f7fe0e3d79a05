"""The world as sources meet it: parties with their names, kinds with their labels, and what curators have said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from bilateral.build import decisions, rdf, rows
from bilateral.build.names import Name, Names
from bilateral.build.thing import Texts
from bilateral.errors import InputError
from bilateral.project import Project
from bilateral.terms import BASE, LANGUAGES, RELATION, WIKIDATA, compact, expand

_MATCH: Final = ox.NamedNode(expand("skos:exactMatch"))
_TYPE: Final = ox.NamedNode(expand("rdf:type"))
_PREF_LABEL: Final = ox.NamedNode(expand("skos:prefLabel"))


@dataclass(frozen=True)
class Party:
    """A country, territory, former state or union, by its code of three letters.

    ``status`` is member, observer or neither in the United Nations; or territory, state (of the past) or union.
    ``source`` is that which names a state of the past that was no member.
    """

    code: str
    item: str
    names: Names
    status: str
    end: str = ""
    successors: tuple[str, ...] = ()
    source: str = ""

    @property
    def iri(self) -> str:
        """Its address in the graph."""
        return f"{BASE}id/party/{self.code}"


@dataclass(frozen=True)
class Voter:
    """Whom a name in the records of the General Assembly stands for, before a day; or from then on."""

    name: str
    before: str
    party: str


class World:
    """What the facts of every source are made with."""

    def __init__(self, project: Project, *, all_years: bool = False) -> None:
        self._project = project
        self.all_years = all_years
        """Whether observations of every year are wanted, or those of decades and of the latest years."""

    def rows(self, source: str, table: str) -> Iterator[dict[str, str]]:
        """Read a table of a source.

        Raises:
            InputError: there is no such table.
        """
        return rows.read(self._project.tables / source, table)

    @cached_property
    def curated(self) -> ox.Store:
        """What curators have written, all graphs taken together."""
        store = ox.Store()
        for path in self._project.curated_files:
            store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in rdf.read_quads(path))
        return store

    @cached_property
    def parties(self) -> Mapping[str, Party]:
        """All parties, by code."""
        known = self._cldr_names()
        parties = [
            Party(row["code"], row["item"], known[row["alpha2"]], row["status"])
            for row in self.rows("parties", "parties")
        ]
        for row in self.decisions("states"):
            names = {language: Name(row[f"name_{language}"]) for language in LANGUAGES}
            status = "state" if row["end"] else "union"
            successors = tuple(row["successors"].split())
            parties.append(Party(row["code"], row["item"], names, status, row["end"], successors, row["source"]))
        named = {(row["code"], row["language"]): row for row in self.decisions("names")}
        return {party.code: _renamed(party, named) for party in parties}

    def _cldr_names(self) -> dict[str, dict[str, Name]]:
        names: dict[str, dict[str, Name]] = {}
        for row in self.rows("cldr", "names"):
            names.setdefault(row["alpha2"], {})[row["language"]] = Name(row["name"])
        return names

    @cached_property
    def code_of_item(self) -> Mapping[str, str]:
        """The code of each party by its Wikidata item, and by another item that means the same."""
        codes = {party.item: party.code for party in self.parties.values() if party.item}
        same = {row["rejected"]: row["code"] for row in self.decisions("parties") if row["same"] == "yes"}
        return codes | same

    @cached_property
    def code_of_alpha2(self) -> Mapping[str, str]:
        """The code of each party by its ISO 3166-1 alpha-2 code."""
        return {row["alpha2"]: row["code"] for row in self.rows("parties", "parties")}

    @cached_property
    def voters(self) -> tuple[Voter, ...]:
        """Names that do not say by themselves whom they stand for, in the order of time."""
        return tuple(Voter(row["name"], row["before"], row["party"]) for row in self.decisions("voters"))

    @cached_property
    def meetings(self) -> Mapping[str, str]:
        """Facts of sources that somebody found to be those of curators, and which; both by their IRIs."""
        return {RELATION + row["fact"]: RELATION + row["curated"] for row in self.decisions("meetings")}

    @cached_property
    def _gleditsch_ward(self) -> tuple[dict[str, str], ...]:
        return tuple(self.decisions("gleditsch_ward"))

    def party_of_gleditsch_ward(self, number: str, year: int) -> str:
        """Give the code of the party that a number of Gleditsch and Ward stands for in a year; empty if it is none.

        Raises:
            InputError: nobody has decided on the number.
        """
        for row in self._gleditsch_ward:
            if row["number"] == number and (not row["until"] or year <= int(row["until"])):
                return row["party"]
        raise InputError(f"decide on the state {number}", path=decisions.path_of("gleditsch_ward", self._project))

    @cached_property
    def kinds(self) -> Mapping[str, Texts]:
        """The labels of each kind, by its prefixed name."""
        labels: dict[str, dict[str, str]] = {}
        for quad in self.curated.quads_for_pattern(None, _PREF_LABEL, None, None):
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.Literal)
            labels.setdefault(compact(quad.subject.value), {})[quad.object.language or ""] = quad.object.value
        return labels

    def no_parties(self, source: str) -> Mapping[str, str]:
        """Give the codes of a source that stand for no party, and why not."""
        return {row["code"]: row["reason"] for row in self.decisions("no-parties") if row["source"] == source}

    def curated_iri(self, item: str, class_: str) -> str | None:
        """Give the IRI under which curators know a Wikidata item, as a thing of a class; None if they do not."""
        wanted = ox.NamedNode(expand(class_))
        for quad in self.curated.quads_for_pattern(None, _MATCH, ox.NamedNode(WIKIDATA + item), None):
            if ox.Quad(quad.subject, _TYPE, wanted) in self.curated:
                return str(getattr(quad.subject, "value", ""))
        return None

    def is_curated(self, iri: str) -> bool:
        """Tell whether curators have described the thing."""
        return any(self.curated.quads_for_pattern(ox.NamedNode(iri), None, None, None))

    def said(self, iri: str) -> set[tuple[str, str]]:
        """Give what curators say of a thing: predicates and objects, as terms of N-Triples."""
        return {
            (str(quad.predicate), str(quad.object))
            for quad in self.curated.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        }

    def place_iri(self, item: str) -> str:
        """Give the IRI of a place by its Wikidata item."""
        return self.curated_iri(item, "schema:Place") or f"{BASE}id/place/{item}"

    def decisions(self, name: str) -> Iterator[dict[str, str]]:
        """Read a table of what somebody had to decide.

        Raises:
            InputError: there is no such table.
        """
        return decisions.read(name, self._project)


def _renamed(party: Party, named: Mapping[tuple[str, str], Mapping[str, str]]) -> Party:
    names = dict(party.names)
    for language in LANGUAGES:
        row = named.get((party.code, language))
        if row:
            names[language] = Name(row["name"] or names[language].text, row["article"])
    return replace(party, names=names)
