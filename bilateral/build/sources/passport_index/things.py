"""Rules of entry, from one party to another."""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.build import names
from bilateral.build.fact import directed, fact
from bilateral.build.sources.passport_index.editions import ABOUT
from bilateral.build.thing import Thing, date, given, integer, ref, texts
from bilateral.build.world import World


def facts(world: World) -> Iterator[Thing]:
    """Describe each rule, citing the first and the last edition that has it."""
    locator = "Passport, Destination"
    cited = {edition: ABOUT.cite(edition, locator, "edition", edition=edition) for edition in ABOUT.files}
    yield from cited.values()
    for row in world.rows(ABOUT.name, "rules"):
        passport, destination = row["passport"], row["destination"]
        kind = f"visa:{row['rule']}"
        one, other = world.parties[passport].names, world.parties[destination].names
        properties = (
            *directed(passport, destination),
            ("bilat:kind", ref(kind)),
            *given("bilat:quantity", integer, row["days"]),
            ("bilat:firstAttested", date(row["first"])),
            ("bilat:lastAttested", date(row["last"])),
            *texts("rdfs:label", names.entry(world.kinds[kind], row["days"], one, other)),
        )
        name = f"entry-{passport}-{row['rule']}-{row['first']}"
        editions = [cited[edition].iri for edition in sorted({row["first"], row["last"]})]
        yield fact("bilat:VisaRule", (passport, destination), name, editions, properties)
