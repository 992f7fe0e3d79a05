"""Ten pairs of the World Factbook: their border and trade, and the organizations of both, beside the rows.

Countries are found by the FIPS codes of the table of ISO codes, and by the few names below.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from tests.conftest import ROOT
from tests.readings import Reading, ask, sample
from tests.ten_relations import read

PAGE = ROOT / "docs" / "readings" / "factbook.csv"
GRAPH = "GRAPH <https://w3id.org/bilateral/graph/factbook>"
DRAWN = f"""SELECT DISTINCT ?r WHERE {{
  {GRAPH} {{ ?o bilat:measure measure:MEASURE ; bilat:ofRelation ?r }} }} ORDER BY ?r"""
FACTS = f"""SELECT ?o ?m ?from ?to ?period ?unit ?value ?line WHERE {{ {GRAPH} {{
  ?o bilat:ofRelation <RELATION> ; bilat:measure ?m ; bilat:refPeriod ?period ; bilat:unit ?unit
  OPTIONAL {{ ?o bilat:fromParty ?from ; bilat:toParty ?to }}
  {{ ?o bilat:value ?value ; bilat:citation ?c }}
  UNION {{ ?claim rdf:subject ?o ; rdf:predicate bilat:value ; rdf:object ?value ; bilat:citation ?c }}
  ?c schema:pagination ?line }} }} ORDER BY ?o ?value ?line"""
SHARED = f"""SELECT ?o ?first ?second ?line ?otherLine WHERE {{
  {GRAPH} {{ ?one bilat:citation ?c ; bilat:kind ?first . ?other bilat:citation ?d ; bilat:kind ?second .
    ?c schema:pagination ?line . ?d schema:pagination ?otherLine }}
  ?one org:member party:FIRST ; org:organization ?o . ?other org:member party:SECOND ; org:organization ?o
}} ORDER BY ?o ?line ?otherLine"""
FILES = {"border": "land_borders.csv", "share": "partners_history.csv.gz", "membership": "igo_membership.csv"}
NAMES = {"US": "USA", "USA": "USA", "United States": "USA", "UK": "GBR", "UAE": "ARE", "NZ": "NZL", "DRC": "COD"}
NAMES |= {"Gaza Strip": "PSE", "West Bank": "PSE", "Cote d'Ivoire": "CIV", "Burma": "MMR", "French Guiana": "GUF"}
NAMES |= {"Dominican Republic": "DOM", "Republic of the Congo": "COG", "Central African Republic": "CAF"}
NAMES |= {"Democratic Republic of the Congo": "COD", "United Arab Emirates": "ARE", "Czechia": "CZE"}
NAMES |= {"Hong Kong": "HKG", "Macau": "MAC", "Turkey": "TUR", "Bosnia and Herzegovina": "BIH", "Kosovo": "XKX"}
NAMES |= {"Trinidad and Tobago": "TTO", "Tobago": "TTO", "Barbuda": "ATG", "Herzegovina": "BIH", "Holy See": "VAT"}
NAMES |= {"S. Korea": "KOR", "Cote dIvoire": "CIV", "Gambia, The": "GMB", "Bahamas, The": "BHS", "Eswatini": "SWZ"}
NAMES |= {"Antigua and Barbuda": "ATG", "United Kingdom": "GBR", "U.S.": "USA", "Saint Martin": "MAF", "Nevis": "KNA"}
NAMES |= {"Saint Kitts and Nevis": "KNA", "Saint Lucia": "LCA", "Saint Vincent and the Grenadines": "VCT"}
NAMES |= {"The Gambia": "GMB", "Grenadines": "VCT", "Pitcairn Islands": "PCN", "Congo, Republic of the": "COG"}
CODES = {"kv": "XKX", "ri": "SRB", "we": "PSE", "gz": "PSE", "ee": "EUE"}
ORGANIZATIONS = {"c": "commonwealth", "ce": "council-of-europe", "cd": "community-of-democracies"}
ORGANIZATIONS |= {"cp": "colombo-plan", "can": "andean-community", "zc": "zangger-committee", "bcie": "cabei"}
ORGANIZATIONS |= {"nc": "nordic-council", "fz": "franc-zone", "inoc": "indian-ocean-commission", "unsc": "unsc"}
ORGANIZATIONS |= {"union-latina": "latin-union", "un-security-council": "unsc", "ba": "baltic-assembly"}
ORGANIZATIONS |= {"australian-group": "australia-group", "eeu": "eaeu", "francophonie": "oif", "g-9": "g-9"}
PLAIN = {"member", "participant", "national-body"}
STANDINGS = {
    "NGOs": "national-body",
    "national committees": "national-body",
    "nonregional member": "non-regional-member",
}
STANDINGS |= {"associate": "associate-member", "partners": "partner", "temporary": "non-permanent-member"}
STANDINGS |= {"candidate country": "candidate", "permanent": "permanent-member", "subbureau": "sub-bureau"}
STANDINGS |= {"Chinese Taipei": "member", "dialogue member": "dialogue-partner", "enhanced engagement": "partner"}


def table(store: ox.Store, raw: Path) -> Reading:
    """Read five pairs with a border, and five with trade."""
    with_border, with_trade = (
        [row["r"] for row in ask(store, DRAWN.replace("MEASURE", measure))]
        for measure in ("land-border-length", "export-share")
    )
    relations = sample(with_border, 5, "border")
    relations += sample(sorted({*with_trade} - {*relations}), 5, "trade")
    return [row for relation in sorted(relations) for row in of_relation(store, raw, relation)]


def of_relation(store: ox.Store, raw: Path, relation: str) -> Iterator[tuple[str, ...]]:
    pair = relation.rpartition("/")[2]
    found = [tuple(row.values()) for row in ask(store, FACTS.replace("RELATION", relation))]
    for fact in dict.fromkeys(row[:7] for row in found):
        given = [raw_row(raw, row[7]) for row in found if row[:7] == fact]
        local, measure, sender, receiver, period, unit, value = (part.rpartition("/")[2] for part in fact)
        said = " ".join(part for part in (measure, sender, receiver, period, unit, value) if part)
        is_border = measure == "land-border-length"
        told = (measure, sender, receiver, period, value)
        agrees = is_length(raw, given, pair, value) if is_border else all(is_share(raw, row, told) for row in given)
        file = FILES["border" if is_border else "share"]
        yield (pair, local, said, f"factbook/{file}", "; ".join(" ".join(row.values()) for row in given), yes(agrees))
    first, second = pair.split("-")
    query = SHARED.replace("FIRST", first).replace("SECOND", second)
    for iri, *standings, line, other in (row.values() for row in ask(store, query)):
        name = iri.rpartition("/")[2]
        one, two = (raw_row(raw, place) for place in (line, other))
        words = [standing.rpartition("/")[2] for standing in standings]
        agrees = all(is_standing(raw, *told, name) for told in zip((one, two), (first, second), words, strict=True))
        shown = "; ".join(" ".join(row.values()).strip() for row in (one, two))
        yield (pair, name, " ".join(words), f"factbook/{FILES['membership']}", shown, yes(agrees))


def is_length(raw: Path, given: list[dict[str, str]], pair: str, value: str) -> bool:
    """Compare a length with the sum of the parts that each side lists."""
    sides: dict[str, float] = {}
    for row in given:
        reporter, neighbour = code(raw, row["gec_code"]), code_of(raw, row["neighbour"].partition(" (")[0])
        if {reporter, neighbour} != {*pair.split("-")}:
            return False
        sides[reporter] = sides.get(reporter, 0) + float(row["km"])
    return {*sides.values()} == {float(value)}


def is_share(raw: Path, row: dict[str, str], told: tuple[str, ...]) -> bool:
    """Compare a share with its row."""
    measure, sender, receiver, period, value = told
    ends = (code(raw, row["gec_code"]), code_of(raw, row["partner"]))
    right = ends == ((sender, receiver) if measure == "export-share" else (receiver, sender))
    return right and (f"{row['flow']}-share", row["year"], float(row["share_pct"])) == (measure, period, float(value))


def is_standing(raw: Path, row: dict[str, str], party: str, standing: str, name: str) -> bool:
    """Compare the standing of a party in an organization with its row."""
    acronym = re.sub("[^a-z0-9]+", "-", row["org"].lower())
    qualifier = row["qualifier"]
    right = standing in PLAIN if not qualifier else standing == STANDINGS.get(qualifier, qualifier.replace(" ", "-"))
    return code(raw, row["gec_code"]) == party and ORGANIZATIONS.get(acronym, acronym) == name and right


def raw_row(raw: Path, place: str) -> dict[str, str]:
    """Find the row that a locator names: the file and the line in it, the first being the head."""
    found = re.fullmatch(r"(\w\w), [^;]+; (\S+), line (\d+)", place)
    assert found, place
    row = read(raw / "factbook" / found[2])[int(found[3]) - 2]
    assert row["gec_code"] == found[1]
    return row


@cache
def world(raw: Path) -> list[dict[str, str]]:
    return read(raw / "country-codes" / "country-codes.csv")


def code(raw: Path, gec: str) -> str:
    """Give the party of a code of the publisher, which is that of FIPS 10-4."""
    return (
        CODES.get(gec) or next(row for row in world(raw) if gec.upper() in row["FIPS"].split(","))["ISO3166-1-Alpha-3"]
    )


def code_of(raw: Path, name: str) -> str:
    """Give the party of a name."""
    return NAMES.get(name) or next(row for row in world(raw) if row["CLDR display name"] == name)["ISO3166-1-Alpha-3"]


def yes(agrees: bool) -> str:  # noqa: FBT001 - what it says is its argument
    return "yes" if agrees else "NO"
