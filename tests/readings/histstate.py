"""docs/readings/histstate.csv: the United States and ten others drawn at random, each fact beside its row.

The rows are found by the locators of the citations, in the raw files as they are. What a country is
called there is compared with the English name of the party, and where they differ, with a list that
was made by reading.
"""

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from tests.conftest import ROOT
from tests.ten_relations import SEED, read, rows

PAGE = ROOT / "docs" / "readings" / "histstate.csv"
RELATIONS = """
SELECT ?relation WHERE { GRAPH <https://w3id.org/bilateral/graph/histstate> { ?fact bilat:ofRelation ?relation } }
GROUP BY ?relation HAVING(COUNT(?fact) >= 20) ORDER BY ?relation
"""
NAMES = ("fact", "class", "from", "to", "kind", "who", "date", "start", "end", "level", "locator", "other")
FACTS = """
SELECT ?fact ?class ?from ?to ?kind ?who ?date ?start ?end ?level ?locator ?other WHERE {
  GRAPH <https://w3id.org/bilateral/graph/histstate> { ?fact bilat:ofRelation <RELATION> ; a ?class }
  <RELATION> bilat:party/rdfs:label ?other FILTER(LANG(?other) = "en" && STR(?other) != "United States")
  ?fact bilat:citation/schema:pagination ?locator
  OPTIONAL { ?fact bilat:fromParty/bilat:partyCode ?from }
  OPTIONAL { ?fact bilat:toParty/bilat:partyCode ?to }
  OPTIONAL { ?fact bilat:kind/skos:notation ?kind }
  OPTIONAL { ?fact bilat:visitor|bilat:accreditedAgent ?person . ?person rdfs:label ?who FILTER(LANG(?who) = "en") }
  OPTIONAL { ?fact bilat:date ?date }
  OPTIONAL { ?fact bilat:startDate ?start }
  OPTIONAL { ?fact bilat:endDate ?end }
  OPTIONAL { ?fact bilat:level/skos:notation ?level }
} ORDER BY ?fact
"""
FILES = {
    "travels": "histstate/travels/us_travels.csv.gz",
    "visits": "histstate/visits/visits_to_us.csv.gz",
    "pocom": "histstate/pocom/us_chiefs_of_mission.csv.gz",
    "rdcr": "histstate/rdcr/us_relations_timeline.csv.gz",
}
SAYS = {
    "establishment": r"Establish\w+ of (?:Full )?Diplomatic Relations|Relations Established",
    "restoration": r"[Rr]e-?establish|[Rr]esum|Re-Opening|Normalized|Restored",
    "severance": r"Sever|Ended|Termination|Cessation",
    "suspension": r"Interrupt|Suspension",
    "recognition": r"Recogn",
    "upgrade": r"Elevat|Raised|to Embassy|Ambassadorial",
    "mission-opening": r"Legation|Embassy|Mission|Office|Interests? Section",
    "mission-closure": r"Clos|Suspension",
    "consular-relations": r"Consular",
    "recall": r"Recall|Withdrawal",
    "expulsion": r"Expel",
}
LEVELS = {
    "ambassador": "ambassador",
    "minister": "minister-plenipotentiary",
    "charge": "charge-daffaires",
    "minister-resident": "minister-resident",
    "diplomatic-agent": "agent",
    "commissioner": "commissioner",
    "principal-officer": "officer|chief|director|representative",
}
CALLED = {"Taiwan": ("china", "1950", "1979")}
"""Parties that go under another name in the source, from one year to another."""
Row = dict[str, str]


def table(store: ox.Store, raw: Path) -> list[tuple[str, ...]]:
    """Give the rows of the table, drawn and looked up."""
    relations = [relation for (relation,) in rows(store, RELATIONS, ("relation",))]
    drawn = sorted(random.Random(SEED).sample(relations, 10))
    return [row for relation in drawn for row in of_relation(store, raw, relation)]


def of_relation(store: ox.Store, raw: Path, relation: str) -> Iterator[tuple[str, ...]]:
    for values in rows(store, FACTS.replace("RELATION", relation), NAMES):
        fact = dict(zip(NAMES, values, strict=True))
        part = fact["locator"].partition(",")[0]
        found = by_locator(raw, part)[fact["locator"]]
        agreeing = [row for row in found if agrees(part, fact, row)]
        pair, local = fact["fact"].split("/")[-2:]
        said = " ".join(f"{name}={fact[name]}" for name in NAMES[2:-2] if fact[name])
        yield (pair, local, said, FILES[part], shown(part, (agreeing or found)[0]), "yes" if agreeing else "NO")


def agrees(part: str, fact: Row, row: Row) -> bool:
    """Compare a fact with the row that its citation names."""
    if part == "travels":
        return (
            days(fact) == (row["start_date"], row["end_date"])
            and fact["who"] == row["name"]
            and fact["from"] == "USA"
            and is_named(fact, row["country_id"])
        )
    if part == "visits":
        same = bool(set(plain(fact["who"]).split()) & set(plain(row["visitor"]).split()))
        return days(fact) == (row["start_date"], row["end_date"]) and same and is_named(fact, row["from_ids"])
    if part == "pocom":
        same = (fact["start"], fact["end"]) == (row["credentials"], row["ended"])
        person = sorted(plain(fact["who"]).split()) == sorted(plain(row["person_id"]).split())
        level = re.search(LEVELS[fact["level"]], row["role"]) is not None
        return same and person and level and is_named(fact, row["territory_id"]) and fact["from"] == "USA"
    year = (fact["date"] or fact["start"])[:4]
    said = re.search(SAYS[fact["kind"]], row["heading"]) is not None
    return said and year in row["heading"] + row["text"] and is_named(fact, row["article"])


def is_named(fact: Row, name: str) -> bool:
    """Tell whether the source's name is the party's, or one that it goes under at that time."""
    other, first, last = CALLED.get(fact["other"], ("", "", ""))
    year = (fact["date"] or fact["start"])[:4]
    return plain(fact["other"]) == plain(name) or (other == name and first <= year <= last)


def days(fact: Row) -> tuple[str, str]:
    return (fact["date"] or fact["start"], fact["date"] or fact["end"])


def plain(words: str) -> str:
    ascii_ = unicodedata.normalize("NFD", words).encode("ascii", "ignore").decode().lower()
    return " ".join(word for word in re.split("[^a-z0-9]+", ascii_) if word not in {"", "and", "the"})


def shown(part: str, row: Row) -> str:
    """Show what the row says, without its prose."""
    columns = {
        "travels": ("name", "role", "country", "start_date", "end_date"),
        "visits": ("visitor", "from", "start_date", "end_date"),
        "pocom": ("person_id", "territory_id", "role", "credentials", "ended"),
        "rdcr": ("article", "heading", "date", "date_to"),
    }
    return "; ".join(row[name] for name in columns[part])


@cache
def by_locator(raw: Path, part: str) -> dict[str, list[Row]]:
    """Give the rows of a file by what citations call them."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    sections: defaultdict[str, int] = defaultdict(int)
    for row in read(raw / FILES[part]):
        if part == "rdcr":
            sections[row["article"]] += 1
            found[f"rdcr, article {row['article']}, section {sections[row['article']]}"].append(row)
        else:
            found[f"{part}, id {row['id']}"].append(row)
    return found
