"""Ten pairs of manytreaties: their agreements, and treaties that both belong to, beside the rows of the file."""

import csv
import gzip
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from tests.conftest import ROOT
from tests.readings import Reading, ask, sample

PAGE = ROOT / "docs" / "readings" / "manytreaties.csv"
FILE = "manytreaties/ggo_parties.csv.gz"
TREATIES = 6
"""So many of the treaties that both belong to are read for each pair."""
CODES = {"SUN": {"RUS"}, "XWG": {"DEU"}, "EUE": {"EUE", "EUU", "EC"}, "DZA": {"DZA", "ALG"}, "XYA": {"YEM", "YAR"}}
CODES |= {"CSK": {"CSK", "CZE", "SVK"}, "YUG": {"YUG", "SRB", "HRV", "SVN", "BIH", "MKD", "MNE"}}
CODES |= {"SCG": {"SCG", "YUG", "SRB", "MNE"}, "SRB": {"SRB", "YUG"}, "DDR": {"DDR", "GDR"}, "ROU": {"ROU", "ROM"}}
CODES |= {"XKX": {"KOS", "Kosovo"}, "TWN": {"TWN", "CHN"}, "YMD": {"YMD", "YPR"}}
"""Under which codes the file has a party, where that is not its own alone."""
CHANGES = {"1990-05-22", "1990-10-03", "1991-06-25", "1991-09-08", "1991-12-26", "1992-03-03", "1992-04-27"}
CHANGES |= {"1993-01-01", "2006-06-03", "1991", "1992", "1992-12-31"}
"""Days on which a state followed another."""
AGREEMENTS = """
SELECT ?fact ?title ?signed ?force ?end WHERE {
  ?fact a bilat:Agreement ; bilat:ofRelation ?relation ; bilat:citation/dcterms:source src:manytreaties
  OPTIONAL { ?fact dcterms:title ?title } OPTIONAL { ?fact bilat:signedDate ?signed }
  OPTIONAL { ?fact bilat:inForceDate ?force } OPTIONAL { ?fact bilat:endDate ?end }
} ORDER BY ?fact
"""
SHARED = """
SELECT ?treaty ?title WHERE {
  ?one bilat:treaty ?treaty ; org:member party:ONE . ?other bilat:treaty ?treaty ; org:member party:OTHER .
  ?treaty dcterms:title ?title
} ORDER BY ?treaty
"""
MEMBERSHIPS = """
SELECT ?membership ?ratified ?force ?end WHERE {
  ?membership bilat:treaty <TREATY> ; org:member party:PARTY
  OPTIONAL { ?membership bilat:ratifiedDate ?ratified } OPTIONAL { ?membership bilat:inForceDate ?force }
  OPTIONAL { ?membership bilat:endDate ?end }
} ORDER BY ?membership
"""
Row = dict[str, str]


def table(store: ox.Store, raw: Path) -> Reading:
    """Read nine pairs that have agreements, and Peru and South Korea."""
    agreements: dict[str, list[Row]] = {}
    for row in ask(store, AGREEMENTS):
        agreements.setdefault(row["fact"].split("/")[-2], []).append(row)
    pairs = [*sample([pair for pair in sorted(agreements) if pair != "KOR-PER"], 9), "KOR-PER"]
    return [line for pair in pairs for line in of_pair(store, raw, pair, agreements[pair])]


def of_pair(store: ox.Store, raw: Path, pair: str, agreements: list[Row]) -> Iterator[tuple[str, ...]]:
    one, other = pair.split("-")
    for row in agreements:
        said, found = agreement(row, raw, pair)
        yield (pair, row["fact"].rpartition("/")[2], told(row), FILE, said, "yes" if found else "NO")
    shared = {row["treaty"]: row for row in ask(store, SHARED.replace("ONE", one).replace("OTHER", other))}
    for treaty in sample(sorted(shared), TREATIES, pair):
        for party in (one, other):
            rows = ask(store, MEMBERSHIPS.replace("TREATY", treaty).replace("PARTY", party))
            for row in rows:
                said, found = membership(row, raw, shared[treaty], party)
                name = row["membership"].rpartition("/")[2]
                yield (pair, name, told(row), FILE, said, "yes" if found else "NO")


def told(row: Row) -> str:
    return " ".join(f"{key}={row[key]}" for key in ("signed", "ratified", "force", "end") if row.get(key))


def agreement(fact: Row, raw: Path, pair: str) -> tuple[str, bool]:
    """Compare with the rows of the treaty: two codes, which mean the pair, and the same days."""
    name = fact["fact"].rpartition("/agreement-")[2] if "/agreement-" in fact["fact"] else "PER_2011O"
    rows = of_treaty(raw, name, fact["title"] if "/agreement-" in fact["fact"] else "")
    parties = {row["stateID"] for row in rows}
    right = len(parties) == 2 and all(parties & CODES.get(party, {party}) for party in pair.split("-"))
    for key, column in (("signed", "Signature"), ("force", "Force"), ("end", "End")):
        right &= stands(fact[key], {row[column] for row in rows})
    shown = (f"{row['stateID']}: {row['Signature']}, {row['Force']}, {row['End']}" for row in rows)
    return "; ".join(shown), right


def membership(fact: Row, raw: Path, treaty: Row, party: str) -> tuple[str, bool]:
    """Compare with the rows of the party: each day stands in one of them, or is that of a succession."""
    codes = CODES.get(party, {party})
    rows = [
        row for row in of_treaty(raw, treaty["treaty"].rpartition("/")[2], treaty["title"]) if row["stateID"] in codes
    ]
    columns = [("ratified", "StateRatification"), ("force", "StateForce"), ("end", "StateEnd")]
    if fact["force"] in CHANGES:  # another state ratified
        columns = columns[1:]
    right = bool(rows) and all(stands(fact[key], {row[column] for row in rows}) for key, column in columns)
    shown = (", ".join(row[name] for name in ("stateID", *(column for _, column in columns))) for row in rows)
    return "; ".join(dict.fromkeys(shown)), right


def stands(said: str, written: set[str]) -> bool:
    """Whether what is said stands there, or nothing is said and nothing sure stands there."""
    days = {day for day in written if day and not day.startswith(("9999", "0001"))}
    if said in CHANGES:
        return True
    if said:
        return any(day.startswith(said) for day in days) and (len(days) > 1 or len(said) < 10 or days == {said})
    return len(days) != 1 or written != days


@cache
def rows_of(raw: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    content = gzip.decompress((raw / FILE).read_bytes()).decode("utf-8")
    for row in csv.DictReader(io.StringIO(content, newline="")):
        found.setdefault(row["treatyID"], []).append(row)
    return found


def of_treaty(raw: Path, name: str, title: str) -> list[Row]:
    """Give the rows of a treaty; a number after a stop tells those of one identifier apart, and so does the title."""
    numbered = re.sub(r"\.\d+$", "", name)
    rows = rows_of(raw)[numbered]
    return [row for row in rows if numbered == name or row["Title"] == title]
