"""Missions, accreditations without residence, and the cities where missions are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from bilateral.build import names
from bilateral.build.fact import directed, fact
from bilateral.build.sources.embassies.missions import ABOUT, DIPLOMATIC, EARLIEST, Mission, judged
from bilateral.build.thing import Property, Texts, Thing, boolean, date, decimal, given, node, ref, text, texts
from bilateral.build.world import World
from bilateral.terms import BASE, relation_iri


def facts(world: World) -> Iterator[Thing]:
    """Describe each row that is a mission, and then the cities."""
    cities = {row["city_item"]: row["city"] for row in world.rows(ABOUT.name, "missions") if row["city_item"]}
    for row in world.rows(ABOUT.name, "missions"):
        mission = judged(world, row)
        if isinstance(mission, Mission):
            yield from _described(world, mission, cities)
        elif mission is None:
            yield from _permanent(world, row)
    yield from _places(world, cities)


def _described(world: World, mission: Mission, cities: Mapping[str, str]) -> Iterator[Thing]:
    row, kind = mission.row, f"mission:{mission.row['kind']}"
    sender, receiver = (world.parties[code].names for code in mission.pair)
    city = "" if row["kind"] in DIPLOMATIC else cities.get(row["city_item"], "")
    labels = names.mission(world.kinds[kind], sender, receiver, city)
    cited = _cited(row, labels)
    yield cited
    properties = (
        *directed(*mission.pair),
        ("bilat:kind", ref(kind)),
        *_seat(world, row),
        *texts("rdfs:label", labels),
    )
    yield fact("bilat:DiplomaticMission", mission.pair, mission.name, [cited.iri], properties)
    for other in mission.served:
        accredited = (
            *directed(mission.sender, other),
            ("bilat:resident", boolean(value=False)),
            ("bilat:postedIn", ref(f"party:{mission.host}")),
            ("bilat:viaMission", node(f"{relation_iri(*mission.pair)}/{mission.name}")),
            ("bilat:lastAttested", date(ABOUT.version)),
            *texts("rdfs:label", names.accreditation(labels, world.parties[other].names)),
        )
        name = f"accreditation-{row['item']}"
        yield fact("bilat:Accreditation", (mission.sender, other), name, [cited.iri], accredited)


def _permanent(world: World, row: Mapping[str, str]) -> Iterator[Thing]:
    """Describe a mission to an organization: it belongs to no relation of two parties."""
    sender, host = (world.parties[world.code_of_item[row[side]]].names for side in ("sender", "host"))
    labels = names.mission(world.kinds["mission:permanent-mission"], sender, host, row["city"])
    cited = _cited(row, labels)
    yield cited
    yield Thing(
        f"{BASE}id/organization/{row['item']}",
        (
            ("rdf:type", ref("bilat:PermanentMission")),
            ("bilat:citation", node(cited.iri)),
            ("bilat:fromParty", ref(f"party:{world.code_of_item[row['sender']]}")),
            ("bilat:kind", ref("mission:permanent-mission")),
            *_seat(world, row),
            *texts("rdfs:label", labels),
        ),
    )


def _cited(row: Mapping[str, str], labels: Texts) -> Thing:
    locator = f"line {row['line']}, {row['item']}"
    return ABOUT.cite(row["item"], locator, "mission", mission=labels, within=names.within(labels))


def _seat(world: World, row: Mapping[str, str]) -> Iterator[Property]:
    """Say where a mission is, since when, and that it was there on the day of the data."""
    yield ("bilat:lastAttested", date(ABOUT.version))
    yield ("skos:exactMatch", ref(f"wd:{row['item']}"))
    yield from given("schema:location", lambda item: node(world.place_iri(item)), row["city_item"])
    if row["latitude"]:
        yield ("schema:latitude", decimal(row["latitude"]))
        yield ("schema:longitude", decimal(row["longitude"]))
    if row["website"]:
        yield ("schema:url", node(quote(row["website"].strip("\u200b"), safe=":/?#[]@!$&'()*+,;=%~")))
    if row["opened"] >= EARLIEST:
        yield ("bilat:startDate", date(row["opened"]))


def _places(world: World, cities: Mapping[str, str]) -> Iterator[Thing]:
    """Describe the cities that neither curators nor the table of parties describe."""
    capitals = {row["capital_item"] for row in world.rows("parties", "parties")}
    cited = ABOUT.cite("cities", "city, cityQID", "cities")
    yield cited
    for item, name in cities.items():
        if item not in capitals and not world.is_curated(world.place_iri(item)):
            yield Thing(
                world.place_iri(item),
                (
                    ("rdf:type", ref("schema:Place")),
                    ("bilat:citation", node(cited.iri)),
                    ("rdfs:label", text(name, "en")),
                    ("skos:exactMatch", ref(f"wd:{item}")),
                ),
            )
