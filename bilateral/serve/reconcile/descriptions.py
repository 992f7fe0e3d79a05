"""How candidates, things, types and properties are told to clients, in their language."""

from __future__ import annotations

from typing import Any

from bilateral.serve.reconcile.kinds import PARTY, RELATION, EntityType, Property, id_of, type_named, types_of
from bilateral.serve.reconcile.matcher import Candidate, Matcher
from bilateral.serve.site.graph import Graph
from bilateral.terms import LANGUAGES, expand
from bilateral.words import Words, words

Json = dict[str, Any]


class Descriptions:
    """Tells what the service speaks of."""

    def __init__(self, graph: Graph, matcher: Matcher) -> None:
        self._graph = graph
        self._matcher = matcher

    def candidate(self, candidate: Candidate, spoken: Words) -> Json:
        """Tell a candidate, with what its score is made of (section 4.2)."""
        features = {
            "name": _tenths(candidate.likeness),
            "properties": None if candidate.agreement is None else _tenths(100 * candidate.agreement),
            "type": candidate.fits,
            "missions": candidate.weight,
        }
        return {
            **self._thing(candidate.iri, candidate.class_, spoken),
            "type": [self._named_type(type_.id, spoken) for type_ in types_of(candidate.class_)],
            "score": candidate.score,
            "match": candidate.is_match,
            "features": [{"id": id_, "value": value} for id_, value in features.items() if value is not None],
        }

    def entity(self, iri: str, class_: str, spoken: Words) -> Json:
        """Tell a thing that is suggested (section 6.3)."""
        type_ = type_named(class_)
        notable = [self._named_type(type_.id, spoken)] if type_ else []
        return {**self._thing(iri, class_, spoken), "notable": notable}

    def type(self, type_: EntityType, spoken: Words) -> Json:
        """Tell a type, with the one that has it within."""
        broader = {"broader": [self._named_type(type_.broader, spoken)]} if type_.broader else {}
        return {**self._named_type(type_.id, spoken), **broader}

    def property(self, property_: Property, spoken: Words) -> Json:
        """Tell a property."""
        return {"id": property_.id, "name": self._matcher.values.property_name(property_, spoken)}

    def names_of_type(self, type_: EntityType) -> list[str]:
        """Give the names of a type in all languages, and its identifier."""
        return [type_.id, *(self._type_name(type_.id, words(language)) for language in LANGUAGES)]

    def names_of_property(self, property_: Property) -> list[str]:
        """Give the names of a property in all languages, and its identifier."""
        return [
            property_.id,
            *(self._matcher.values.property_name(property_, words(language)) for language in LANGUAGES),
        ]

    def _thing(self, iri: str, class_: str, spoken: Words) -> Json:
        """Tell namesakes apart: by the kind of thing, and by the codes of parties."""
        kind = self._graph.link(class_, spoken.language).text
        has_code = class_ in (expand(PARTY), expand(RELATION))
        return {
            "id": id_of(iri),
            "name": self._graph.link(iri, spoken.language).text,
            "description": f"{kind} · {iri.rpartition('/')[2]}" if has_code else kind,
        }

    def _named_type(self, id_: str, spoken: Words) -> Json:
        return {"id": id_, "name": self._type_name(id_, spoken)}

    def _type_name(self, id_: str, spoken: Words) -> str:
        return self._graph.link(expand(id_), spoken.language).text


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
