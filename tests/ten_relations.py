"""docs/ten-relations.csv: ten relations drawn at random, each fact beside the row of the publisher's file.

The rows are found here by other means than those of the import: by the locator of each citation, in the
raw files as they are. ``python -m tests.ten_relations STORE RAW`` writes the table.
"""

import csv
import gzip
import io
import lzma
import random
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from bilateral.terms import BASE, PREFIXES, graph_iri
from tests.conftest import ROOT
from tests.readings import ucdp, un_desa, unhcr
from tests.readings.drawn import described

PAGE = ROOT / "docs" / "ten-relations.csv"
SEED = 20261123
HEAD = ("relation", "fact", "what the graph says", "file", "what the row says", "agrees")
GRAPHS = " ".join(f"<{graph_iri(name)}>" for name in ("embassies", "kdiplo", "passport-index", "un-votes"))
"""What is read here; other sources have readings of their own, in tests/readings."""
FACTS = """
SELECT ?fact ?class ?from ?to ?kind ?first ?last ?quantity ?period ?start ?value ?measure ?match ?via WHERE {
  VALUES ?graph { GRAPHS }
  GRAPH ?graph { ?fact bilat:ofRelation <RELATION> ; a ?class }
  OPTIONAL { ?fact bilat:fromParty/bilat:partyCode ?from }
  OPTIONAL { ?fact bilat:toParty/bilat:partyCode ?to }
  OPTIONAL { ?fact bilat:kind/skos:notation ?kind }
  OPTIONAL { ?fact bilat:firstAttested ?first }
  OPTIONAL { ?fact bilat:lastAttested ?last }
  OPTIONAL { ?fact bilat:quantity ?quantity }
  OPTIONAL { ?fact bilat:refPeriod|bilat:date ?period }
  OPTIONAL { ?fact bilat:startDate ?start }
  OPTIONAL { ?fact bilat:value ?value }
  OPTIONAL { ?fact bilat:measure/skos:notation ?measure }
  OPTIONAL { ?fact skos:exactMatch ?match }
  OPTIONAL { ?fact bilat:viaMission/skos:exactMatch ?via }
} ORDER BY ?fact
"""
RELATIONS = """
SELECT ?relation WHERE {
  { SELECT ?relation (COUNT(?fact) AS ?facts) WHERE {
      VALUES ?graph { GRAPHS } GRAPH ?graph { ?fact bilat:ofRelation ?relation }
  } GROUP BY ?relation }
  FILTER(?facts >= 6 && ?relation != rel:KOR-PER)
} ORDER BY ?relation
"""
NAMES = (
    *("fact", "class", "from", "to", "kind", "first", "last", "quantity", "period", "start", "value"),
    *("measure", "match", "via"),
)
Fact = dict[str, str]
READINGS = {"un-desa": un_desa, "unhcr": unhcr, "ucdp": ucdp}
"""Readings that are modules of their own, by how the names of their facts begin."""
SAID = {
    "VR": "visa-required",
    "VOA": "visa-on-arrival",
    "VF": "visa-free",
    "0": "visa-required",
    "1": "visa-on-arrival",
}
SAID |= {"3": "visa-free", "visa required": "visa-required", "visa on arrival": "visa-on-arrival"}
SAID |= {"visa free": "visa-free", "no admission": "no-admission", "covid ban": "pandemic-ban", "EVW": "e-visa"}
SAID |= {"Hayya Entry Permit": "event-permit"}
ONLINE = {"e-visa", "eta", "ETA", "2", "EVW"}


def table(store: ox.Store, raw: Path) -> list[tuple[str, ...]]:
    """Give the rows of the table, drawn and looked up."""
    relations = [relation for (relation,) in rows(store, RELATIONS, ("relation",))]
    drawn = sorted(random.Random(SEED).sample(relations, 8))
    drawn += [f"{BASE}id/relation/{pair}" for pair in random.Random(SEED).sample(of_korea(relations), 2)]
    return [row for relation in drawn for row in of_relation(store, raw, relation)]


def of_korea(relations: list[str]) -> list[str]:
    """Give the relations that kdiplo speaks of, so that ties and trade are drawn as well."""
    return [relation.rpartition("/")[2] for relation in relations if "KOR" in relation]


def of_relation(store: ox.Store, raw: Path, relation: str) -> Iterator[tuple[str, ...]]:
    for values in rows(store, FACTS.replace("RELATION", relation), NAMES):
        fact = dict(zip(NAMES, values, strict=True))
        file, row, agrees = of_reading(store, fact["fact"], raw) or beside(fact, raw, relation.rpartition("/")[2])
        said = " ".join(f"{name}={fact[name]}" for name in NAMES[2:] if fact[name] and "/" not in fact[name])
        item = (fact["match"] or fact["via"]).rpartition("/")[2]
        pair, local = fact["fact"].split("/")[-2:]
        yield (pair, local, f"{said} {item}".strip(), file, row, "yes" if agrees else "NO")


def of_reading(store: ox.Store, iri: str, raw: Path) -> tuple[str, str, bool] | None:
    """Find the row of a fact of a source that has a reading of its own."""
    local = iri.rpartition("/")[2]
    reading = next((reading for start, reading in READINGS.items() if local.startswith(f"{start}-")), None)
    return (reading.FILE, *reading.beside(described(store, iri), raw)) if reading else None


def beside(fact: Fact, raw: Path, pair: str) -> tuple[str, str, bool]:
    """Find the row of a fact, and compare."""
    class_ = fact["class"].rpartition("#")[2]
    if class_ in {"DiplomaticMission", "Accreditation"}:
        return mission(fact, raw)
    if class_ == "VisaRule":
        return entry(fact, raw)
    if fact["measure"] == "un-vote-agreement":
        return votes(fact, raw, pair)
    return trade(fact, raw, pair) if class_ == "TradeObservation" else tie(fact, raw, pair)


def mission(fact: Fact, raw: Path) -> tuple[str, str, bool]:
    name = "embassies/database_of_embassies.2022-11-16.csv.gz"
    item = (fact["match"] or fact["via"]).rpartition("/")[2]
    row = next(row for row in read(raw / name, ";") if row["QID"].endswith(f"/{item}"))
    codes = items(raw)
    sender, host = (codes[row[key].rpartition("/")[2]] for key in ("operatorQID", "countryQID"))
    served = [codes.get(iri.rpartition("/")[2], "") for iri in row["jurisdictionQIDs"].split("|")]
    agrees = fact["from"] == sender and fact["to"] in {host, *served}
    agrees &= not fact["start"] or row["creation"].startswith(fact["start"])
    shown = (row["operator"], row["country"], row["jurisdictions"], row["city"], row["type"], row["creation"])
    return name, "; ".join(shown), agrees


def entry(fact: Fact, raw: Path) -> tuple[str, str, bool]:
    said = []
    for edition in (fact["first"], fact["last"]):
        name = f"passport-index/{edition}.csv.gz"
        pairs = by_pair(raw / name)
        said.append(pairs[fact["from"], fact["to"]])
    agrees = all(means(text, fact) for text in said)
    return f"passport-index/{fact['first']}.csv.gz, {fact['last']}.csv.gz", "; ".join(said), agrees


def means(text: str, fact: Fact) -> bool:
    if text.isdigit() and text not in SAID and text != "2":
        return fact["kind"] == "visa-free" and fact["quantity"] == text
    if fact["kind"] in {"online", "e-visa", "eta"}:
        return text in ONLINE
    return SAID.get(text) == fact["kind"]


def votes(fact: Fact, raw: Path, pair: str) -> tuple[str, str, bool]:
    one, other = pair.split("-")
    world = alpha2(raw)
    decade = fact["start"][:3]
    joint = agreed = 0.0
    for call in roll_calls(raw):
        if not call["date"].startswith(decade):
            continue
        a, b = (cast(call, world.get(code, code), code) for code in (one, other))
        if a and b:
            joint += 1
            agreed += 1 if a == b else 0.5 if "abstain" in (a, b) else 0
    agrees = int(joint) == int(fact["quantity"]) and round(agreed / joint, 4) == float(fact["value"])
    return "un-votes/votes.csv.xz", f"{joint:.0f} joint votes, {agreed:.1f} in agreement", agrees


def cast(call: dict[str, str], code: str, party: str) -> str:
    """Give a party's vote: by name where the code is lost, or where two states share it."""
    if party in {"SUN", "RUS"}:
        return call.get("RU", "") if (call["date"] < "1992") == (party == "SUN") else ""
    if party == "NAM":
        return call.get("Namibia", "")
    if party == "YUG":
        return call.get("YU", "") if call["date"] < "1992-10" else ""
    if party in {"DEU", "XWG"}:
        west = call.get("Federal Republic of Germany", "")
        if west:
            return west if (call["date"] < "1990-10-03") == (party == "XWG") else ""
        return call.get("DE", "") if party == "DEU" else ""
    return call.get(code, "")


def tie(fact: Fact, raw: Path, pair: str) -> tuple[str, str, bool]:
    name = "kdiplo/diplo_ties_data.csv.gz"
    sides = {"KOR": "South Korea", "PRK": "North Korea"}
    korea, partner = sorted(pair.split("-"), key=lambda code: code not in sides)
    found = [row for row in read(raw / name) if row["iso3c"] == partner and row["south_north"] == sides[korea]]
    row = next(row for row in found if row["date"] != "NA" or row["cut_date"] != "NA")
    columns = {"establishment": "date", "severance": "cut_date", "restoration": "reestablish_date"}
    shown = f"{row['country']}: {row['date']}, {row['cut_date']}, {row['reestablish_date']}"
    return name, shown, row[columns[fact["kind"]]] == fact["period"]


def trade(fact: Fact, raw: Path, pair: str) -> tuple[str, str, bool]:
    name = "kdiplo/trade_data.csv.gz"
    (partner,) = set(pair.split("-")) - {"KOR"}
    row = next(row for row in read(raw / name) if (row["iso3c"], row["year"]) == (partner, fact["period"]))
    column = "export_kosis" if fact["measure"] == "exports" else "import_kosis"
    right = fact["from"] == ("KOR" if fact["measure"] == "exports" else partner)
    return name, f"{column}={row[column]}", right and float(row[column]) == float(fact["value"])


def rows(store: ox.Store, query: str, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    solutions = store.query(
        query.replace("GRAPHS", GRAPHS), use_default_graph_as_union=True, prefixes=PREFIXES, base_iri=BASE
    )
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(getattr(solution[name], "value", "") for name in names) for solution in solutions]


@cache
def read(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    content = path.read_bytes()
    unpacked = {".gz": gzip.decompress, ".xz": lzma.decompress}.get(path.suffix, bytes)
    text = unpacked(content)
    return [*csv.DictReader(io.StringIO(text.decode("utf-8"), newline=""), delimiter=delimiter)]


@cache
def by_pair(path: Path) -> dict[tuple[str, str], str]:
    return {(row["Passport"], row["Destination"]): row.get("Requirement") or row["Code"] for row in read(path)}


@cache
def items(raw: Path) -> dict[str, str]:
    with (raw / "countries_qid.csv").open(encoding="utf-8", newline="") as file:
        found = [*csv.DictReader(file)]
    codes = {row["qid"]: row["iso3"] for row in found} | {"Q458": "EUE"}
    return codes | {row["alt_qid"]: row["iso3"] for row in found if row["iso3"] in {"DNK", "NLD", "VAT"}}


@cache
def alpha2(raw: Path) -> dict[str, str]:
    with (raw / "countries_qid.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row["iso2"] for row in csv.DictReader(file)}


@cache
def roll_calls(raw: Path) -> list[dict[str, str]]:
    calls: dict[str, dict[str, str]] = {}
    for row in read(raw / "un-votes" / "roll_calls.csv.gz"):
        calls[row["rcid"]] = {"date": row["date"]}
    for row in read(raw / "un-votes" / "votes.csv.xz"):
        calls[row["rcid"]][row["country_code"] or row["country"]] = row["vote"]
    return [*calls.values()]


def text(found: list[tuple[str, ...]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(found)
    return written.getvalue()


if __name__ == "__main__":
    folder, publishers = Path(sys.argv[1]), Path(sys.argv[2])
    opened = ox.Store.read_only(str((folder / "current" / "oxigraph").resolve()))
    PAGE.write_text(text(table(opened, publishers)), encoding="utf-8")
