"""The Wikidata items about relations between two countries, as samples of about 2019 name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from bilateral.build import description
from bilateral.build.raw import Raw, Row
from bilateral.build.source import LeftOut, Source
from bilateral.build.thing import Thing, node, ref
from bilateral.build.world import World
from bilateral.terms import relation_iri

_ABOUT: Final = description.read("wikidata-relations")


def _named(raw: Raw) -> dict[tuple[str, str], list[str]]:
    """Give the items that either direction names, by pair."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in raw.records("relations", ("subject_qid", "object_qid", "p805_relation_item")):
        first, second = sorted((record["subject_qid"], record["object_qid"]))
        if record["p805_relation_item"]:
            found[first, second].append(record["p805_relation_item"])
    return found


def _relations(raw: Raw) -> Iterator[Row]:
    for pair, items in _named(raw).items():
        if len(items) > 1 and len(set(items)) == 1:
            yield (*pair, items[0])


def _unstated(raw: Raw) -> Iterator[Row]:
    for pair, items in _named(raw).items():
        if len(set(items)) > 1:
            yield (*pair, " ".join(sorted(set(items))), "the directions name different items")
        elif len(items) == 1:
            yield (*pair, items[0], "one direction alone names it")


def _facts(world: World) -> Iterator[Thing]:
    cited = _ABOUT.cite("items", _ABOUT.files["relations"].path, "items")
    yield cited
    for row in world.rows(_ABOUT.name, "relations"):
        codes = [world.code_of_item.get(row[side]) for side in ("first", "second")]
        if codes[0] and codes[1]:
            yield Thing(
                relation_iri(codes[0], codes[1]),
                (("bilat:citation", node(cited.iri)), ("skos:exactMatch", ref(f"wd:{row['item']}"))),
            )


def _left_out(world: World) -> Iterator[LeftOut]:
    for row in world.rows(_ABOUT.name, "left-out"):
        yield LeftOut("left-out", row["items"], row["reason"])
    for row in world.rows(_ABOUT.name, "relations"):
        if not {row["first"], row["second"]} <= {*world.code_of_item}:
            yield LeftOut("relations", row["item"], "one of the two is no party")


SOURCE: Final = Source(_ABOUT, {"relations": _relations, "left-out": _unstated}, _facts, _left_out)
