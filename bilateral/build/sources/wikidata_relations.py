"""The Wikidata items about relations between two countries, as samples of about 2019 name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.fact import citation
from bilateral.build.source import Column, LeftOut, Raw, RawFile, Row, Source, Table
from bilateral.build.thing import Thing, node, ref
from bilateral.build.world import World
from bilateral.terms import relation_iri

_FILE: Final = "wikidata-relations/wd50k_p530.csv.gz"
_PAIR: Final = (Column("first", "Wikidata item of a party"), Column("second", "Wikidata item of the other"))
_STATEMENT: Final = {
    "en": "In both directions names the item about the relation.",
    "es": "En ambas direcciones nombra el elemento sobre la relación.",
    "ko": "양방향 모두에서 그 관계에 관한 항목을 적고 있다.",
}


def _named(raw: Raw) -> dict[tuple[str, str], list[str]]:
    """Give the items that either direction names, by pair."""
    found: dict[tuple[str, str], list[str]] = {}
    used = ("subject_qid", "object_qid", "p805_relation_item")
    for record in raw.records(_FILE, used=used, ignored=("subject_iso3", "object_iso3", "p531_mission_item")):
        first, second = sorted((record["subject_qid"], record["object_qid"]))
        if record["p805_relation_item"]:
            found.setdefault((first, second), []).append(record["p805_relation_item"])
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
    cited = citation(SOURCE.iri, "items", _FILE, _STATEMENT)
    yield cited
    for row in world.rows(SOURCE.name, "relations"):
        codes = [world.code_of_item.get(row[side]) for side in ("first", "second")]
        if codes[0] and codes[1]:
            yield Thing(
                relation_iri(codes[0], codes[1]),
                (("bilat:citation", node(cited.iri)), ("skos:exactMatch", ref(f"wd:{row['item']}"))),
            )


def _left_out(world: World) -> Iterator[LeftOut]:
    for row in world.rows(SOURCE.name, "left-out"):
        yield LeftOut("left-out", row["items"], row["reason"])
    for row in world.rows(SOURCE.name, "relations"):
        if not {row["first"], row["second"]} <= {*world.code_of_item}:
            yield LeftOut("relations", row["item"], "one of the two is no party")


SOURCE: Final = Source(
    name="wikidata-relations",
    title="Items about bilateral relations, from the benchmark WD50K",
    publisher="Wikidata, by Galkin et al. (StarE)",
    license="https://creativecommons.org/publicdomain/zero/1.0/",
    address="https://github.com/migalkin/StarE",
    version="2019",
    files=(RawFile(_FILE, "c761f533cb3c5385c849253b4af8612df3fd9cc67f7b7e545681d8f2dae36a49"),),
    facts=_facts,
    left_out=_left_out,
    tables=(
        Table(
            "relations",
            "Items that both directions name",
            (*_PAIR, Column("item", "Wikidata item of the relation")),
            _relations,
            floor=1000,
            ceiling=2500,
        ),
        Table(
            "left-out",
            "Items that are not stated, and why",
            (*_PAIR, Column("items", "Wikidata items, parted by spaces"), Column("reason", "why not")),
            _unstated,
            floor=0,
            ceiling=2500,
        ),
    ),
)
