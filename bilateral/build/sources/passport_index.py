"""Which rule each country applies to the nationals of each other, as 54 editions of the Passport Index tell.

The editions speak three vocabularies. Where one says less than another, both can mean the same rule:
then a rule goes on, and the edition that says more tells which. Bans of the pandemic and permits for an
event are set apart, and the rules around them go on as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bilateral.build import names
from bilateral.build.fact import citation, directed, fact
from bilateral.build.source import Column, Raw, RawFile, Record, Row, Source, Table
from bilateral.build.thing import Texts, Thing, date, integer, ref, texts
from bilateral.build.world import World

_EDITIONS: Final = {
    "2019-11-23": "3df16accdbf5a24050c781170f116f0e099be5c26c4791a3c9b23180f380ac68",
    "2019-12-17": "f4a94b795cfb3cb4716b896a074e7aec737609f00865ce5bf3bcbbdd2b2a4a89",
    "2020-02-07": "2b5e640e7b117d86a2cf4cb0d902bcc9166d633f040d3159a11efd7a9ed7418e",
    "2020-03-09": "439a6ee56671745bacc1bd8fb177b94b05212baad8b6dec79ae1136444ff134b",
    "2020-04-02": "4ab6b1d1bc963981525700d471704dcd5d2ed83baf5b863c9d4370e2e6bec647",
    "2020-05-09": "bbf3c6d57f26c61ac1e1772604f071f4fa12a164444c2bc0e3f1e91c964551e0",
    "2020-11-19": "eb8fefee643cc0579b382ae09f70ec8eb173258a4994b82e5a9260f4c5e2bfd1",
    "2021-01-25": "72cd2316ee68d9ba3f9d9833e6f222f81f1477487b1e83c66b5dd7d6295ca611",
    "2021-02-24": "63963d627de8a8b44ea7b75aef46814d9064ac14238d2199d434b1a8715d3d1a",
    "2021-05-13": "e266e8a639f925e734781642273e9ef05fe28a9dd0b85ef57c862fd14aa4e44e",
    "2021-08-09": "cc260cf9fa0269fa7cfcfea40d4781117dfbad255b2d24823239d7240e8562cb",
    "2021-09-24": "e81058b328f1587f165e0a41a6b87a145cff53845ac43844284ca1d4a352c70b",
    "2021-10-28": "bb9abe0327aa525244d3d330af01689ad65689d51ca734a130be9e4852361f58",
    "2021-11-21": "c1c9c4b6363fbe69543d848385c1e798e7d0304a031baec4a99fcf496dbd27c8",
    "2021-12-14": "560c48c2e47042966d61c52c4867945c6a3d55ae7b9f6df05418394646f8b091",
    "2022-01-05": "879b4ec42f2466484a0b8e547b796f728d23a1fe1c8f5cfeb9ad1fe643351311",
    "2022-02-10": "e29342f4a5183953088543d7c6319af4b0d78ff52cb080dcb5be98ba3dfd1924",
    "2022-03-06": "3e68d9be846f9b4870becb92fac61e2744a3a72ecf39ef63ee3b7e0c99158cab",
    "2022-04-10": "005a1df9e5c91ba3ffa668909d635c967d5c43770df501502f54f448d1129806",
    "2022-05-02": "78fe8df2ecc85d6d98df393030e20c58f0d94658e3f6c8402d261dc956d54ba0",
    "2022-06-06": "e939f00da4d4467028eba7af1954c812f7be1e0a5d2628f3af4e11aafd4ecc18",
    "2022-07-03": "c884bc05b62e9936221cd45bdbc1bd249b37262068d499eeaffaa5c2c0cb8497",
    "2022-08-03": "b5a8588d7dbd2ac0cace8a6d26144952af218e624331db4dccadc9220731fb62",
    "2022-09-10": "52e87d8fcfce87e4a01cbe36e3aa65a8b2e67ae515ba214592485c75afd81af9",
    "2022-10-05": "eeee409440eb962c226e2f09f572f6262396ece1a69acb608b72bd9825c0bef2",
    "2022-11-06": "efda11b645dd52816ea4aec7e98882fc64169909c9da3f01378353f3c5b81847",
    "2022-12-21": "4944a27e1ca7c2deb47408f9137037231873e93b1ebd23d706277319900eafb1",
    "2023-01-11": "c3c53217b7a0d9478ffd9a6901175391fc6ceb9838431d06e19b03077368ccd0",
    "2023-02-09": "507b260dba6c9b35b250e6dc9e4f2c6de72d35f5eebf0a289b1e1cbfbfab7666",
    "2023-03-12": "829728d3579784cff7a6cc5b53816afe7d220ce43968f1e7f5d0ab3e3659c85b",
    "2023-04-06": "ff8a8950548a8ebb06bc714b3a0d6cb3df9d869c1e847d975d00631633f98197",
    "2023-05-05": "ff8a8950548a8ebb06bc714b3a0d6cb3df9d869c1e847d975d00631633f98197",
    "2023-06-05": "ff8a8950548a8ebb06bc714b3a0d6cb3df9d869c1e847d975d00631633f98197",
    "2023-07-03": "ff8a8950548a8ebb06bc714b3a0d6cb3df9d869c1e847d975d00631633f98197",
    "2023-08-15": "053b23747af6e700c77e602ef940c3b2dd276a08993c5b8184be236c820f402e",
    "2023-09-03": "7a892b7d431b9e101ea1cfad0ead66af6d8a7d8beecd31437174797d18cd20ff",
    "2023-10-11": "ad8f30d74922323856ee4fbca7ec7f57bd565252ec32b40135ef4f31e6e5ec0b",
    "2023-11-06": "a57b8bc77b5bbdc86569ff3a830fd8f50aeeb928eecf5840a8358708d06fc033",
    "2023-12-03": "5e9119d3b9b971c5658a03083f8a044d73bb171073ef094b5f28651cba043c12",
    "2024-01-05": "742a9038fe13e02a2b486950a0229a4fbf7f3a27c716e674ad1b4dd6e40a772d",
    "2024-02-07": "7aa79776d98f368441b5483b569dbd41461967ca7d8eb7a60833fe2f44a0aaac",
    "2024-03-02": "a2314e931856585e1e75ebf905c28426e8a461c3dc0a33d71573b6ffc3446432",
    "2024-04-08": "206c4c4957f262bdf2fe430b3743a6f534456012c0b662135f963f8eaceafd4e",
    "2024-05-08": "c7e967ce2e072ed39925d3285e163a8fc5d35f166e644f3a0def432bb116836e",
    "2024-05-27": "11d1b88d7cdd797b5662c36fb9c2562b3ebcf6b5f2e695400c7289a61bc2cfff",
    "2024-06-10": "9d94a15720f4ad3dc57d46ddd7e1cf3b12cb7b6af035338e10b3a2aaee7eb3e3",
    "2024-07-02": "42b452ce817b2556e29aeca7b370614e2984670cbfd8f276c1599b0c8d7715d0",
    "2024-08-03": "5ca936bb7891c9a216c7e082b03f4e7c30768a4000552705b4f5b433af61de12",
    "2024-10-28": "eb13e78a2776bdaebba082eebc7af79a124c6b5b071b495f2d0a8556d211e094",
    "2024-11-11": "365f984834f986526a633aa4d8f059e01740bd11a35f701f7215603654e675c7",
    "2024-12-04": "289779a533dc8cef47ae87d8372f94daf332557071938eb586521059f41d0e56",
    "2025-01-02": "1d98228e207a3366179023902f1785275ed56def7d818d747704bbc161386d16",
    "2025-01-12": "b1b70cf8fea67a715487a92981e5d289190241f13a9e3917037976702f01ccc5",
    "2026-02-17": "890b223c5786f0b520bbc622b711d6c550a90c367c96ccf911624913079b2593",
}
"""The date of each edition, and the checksum of its file."""

_FREE, _ONLINE, _ARRIVAL, _REQUIRED = "visa-free", "online", "visa-on-arrival", "visa-required"
_RULES: Final = {
    # November and December 2019
    "0": _REQUIRED,
    "1": _ARRIVAL,
    "2": _ONLINE,
    "3": _FREE,
    # February to May 2020
    "VR": _REQUIRED,
    "VOA": _ARRIVAL,
    "ETA": _ONLINE,
    "VF": _FREE,
    # since November 2020
    "visa required": _REQUIRED,
    "visa on arrival": _ARRIVAL,
    "e-visa": "e-visa",
    "eta": "eta",
    "EVW": "e-visa",  # Kuwait's waiver for four countries, an authorisation that is asked for online
    "visa free": _FREE,
    "no admission": "no-admission",
}
_PASSING: Final = {"covid ban": "pandemic-ban", "Hayya Entry Permit": "event-permit"}
_SELF: Final = "-1"
_LOCATOR: Final = "Passport, Destination"
_CODES_UNTIL: Final = "2020-01-01"
"""The first vocabulary: its 3 is any entry without visa, for so many days or without limit."""
_ETA_APART_FROM: Final = "2025-01-12"
"""From this edition on, an authorisation that needs no visa is told apart from an electronic visa."""


@dataclass(frozen=True)
class _Rule:
    """A rule as one edition tells it; ``days`` is empty where there is no limit, None where it does not say."""

    name: str
    days: str | None = ""


@dataclass(frozen=True)
class _Interval:
    """A rule, from the first to the last edition in which it was seen."""

    rule: _Rule
    first: str
    last: str


def _rules(raw: Raw) -> Iterator[Row]:
    seen: dict[tuple[str, str], list[tuple[str, _Rule]]] = {}
    for edition in _EDITIONS:
        for record in records(raw, edition):
            rule = _read(record, edition)
            if rule is not None:
                seen.setdefault((record["Passport"], record["Destination"]), []).append((edition, rule))
    for pair, observations in seen.items():
        for interval in _intervals(observations):
            yield (*pair, interval.rule.name, interval.rule.days or "", interval.first, interval.last)


def records(raw: Raw, edition: str) -> Iterator[Record]:
    """Give what an edition tells of each pair, as it tells it."""
    wanted = "Code" if edition < "2020-06" else "Requirement"
    for record in raw.records(_path(edition), used=("Passport", "Destination", wanted)):
        yield replace(record, fields={**record.fields, "Requirement": record[wanted]})


def _path(edition: str) -> str:
    return f"passport-index/{edition}.csv.gz"


def _read(record: Record, edition: str) -> _Rule | None:
    """Read a rule in the edition's vocabulary; None is a country's own nationals."""
    text = record["Requirement"]
    if text == _SELF:
        return None
    if text in _PASSING:
        return _Rule(_PASSING[text])
    if edition < _CODES_UNTIL:
        return _Rule(_RULES[text], None) if text in {"0", "1", "2", "3"} else record.fail(f"has no such code: {text}")
    if re.fullmatch("[1-9][0-9]{0,2}", text):
        return _Rule(_FREE, text)
    if text not in _RULES or text.isdigit():
        record.fail(f"has a requirement that we do not know: {text}")
    if edition < _ETA_APART_FROM and _RULES[text] == "e-visa":
        return _Rule(_ONLINE)
    return _Rule(_RULES[text])


def _intervals(observations: list[tuple[str, _Rule]]) -> Iterator[_Interval]:
    """Join what editions tell in turn; what passes does not end a rule."""
    current: dict[bool, _Interval] = {}
    for edition, rule in observations:
        passes = rule.name in _PASSING.values()
        before = current.get(passes)
        joined = _join(before.rule, rule) if before else None
        if before and joined:
            current[passes] = _Interval(joined, before.first, edition)
        else:
            if before:
                yield before
            current[passes] = _Interval(rule, edition, edition)
    yield from current.values()


def _join(one: _Rule, other: _Rule) -> _Rule | None:
    """Give the rule that both can mean, as well as they tell it; None where they contradict each other."""
    if one.name == other.name:
        if one.days == other.days or other.days is None:
            return one
        return other if one.days is None else None
    online = {one.name, other.name}
    if online in ({_ONLINE, "e-visa"}, {_ONLINE, "eta"}):
        return one if other.name == _ONLINE else other
    return None


def _facts(world: World) -> Iterator[Thing]:
    cited = {edition: citation(SOURCE.iri, edition, _LOCATOR, _statement(edition)) for edition in _EDITIONS}
    yield from cited.values()
    for row in world.rows(SOURCE.name, "rules"):
        passport, destination = row["passport"], row["destination"]
        kind = f"visa:{row['rule']}"
        one, other = world.parties[passport].names, world.parties[destination].names
        properties = (
            *directed(passport, destination),
            ("bilat:kind", ref(kind)),
            *((("bilat:quantity", integer(row["days"])),) if row["days"] else ()),
            ("bilat:firstAttested", date(row["first"])),
            ("bilat:lastAttested", date(row["last"])),
            *texts("rdfs:label", names.entry(world.kinds[kind], row["days"], one, other)),
        )
        name = f"entry-{passport}-{row['rule']}-{row['first']}"
        editions = [cited[edition].iri for edition in sorted({row["first"], row["last"]})]
        yield fact("bilat:VisaRule", (passport, destination), name, editions, properties)


def _statement(edition: str) -> Texts:
    return {
        "en": f"In its edition of {edition} gives the rule of entry in the row of passport and destination.",
        "es": f"En su edición del {edition} da la norma de entrada en la fila del pasaporte y el destino.",
        "ko": f"{edition} 판의 여권과 목적지 행에 입국 규정이 실려 있다.",
    }


SOURCE: Final = Source(
    name="passport-index",
    title="Passport Index Dataset",
    publisher="Ilya Ilyankou; the last edition by imorte",
    license="https://spdx.org/licenses/MIT",
    address="https://github.com/ilyankou/passport-index-dataset",
    version=max(_EDITIONS),
    files=tuple(RawFile(_path(edition), sha256) for edition, sha256 in _EDITIONS.items()),
    facts=_facts,
    tables=(
        Table(
            "rules",
            "Rules of entry for the nationals of one country in another, and the editions that have them",
            (
                Column("passport", "ISO 3166-1 alpha-3"),
                Column("destination", "ISO 3166-1 alpha-3"),
                Column(
                    "rule",
                    "visa-free, visa-on-arrival, eta, e-visa, online (one of these two), visa-required, no-admission; "
                    "pandemic-ban and event-permit, which pass while another rule goes on",
                ),
                Column("days", "days of stay without visa, where they are limited", "integer"),
                Column("first", "first edition in which it was seen", "date"),
                Column("last", "last edition in which it was seen", "date"),
            ),
            _rules,
            floor=60_000,
            ceiling=200_000,
        ),
    ),
)
