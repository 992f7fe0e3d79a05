"""Which rule each country applies to the nationals of each other, as 54 editions of the Passport Index tell.

The editions speak three vocabularies. Where one says less than another, both can mean the same rule:
then a rule goes on, and the edition that says more tells which. Bans of the pandemic and permits for an
event are set apart, and the rules around them go on as well.

A package, since the editions are read each in its vocabulary (``editions``), what they tell in turn is joined
(``intervals``), and rules are described (``things``).
"""

from __future__ import annotations

from typing import Final

from bilateral.build.source import Source
from bilateral.build.sources.passport_index import editions, things
from bilateral.build.sources.passport_index.editions import ABOUT

SOURCE: Final = Source(ABOUT, {"rules": editions.rules}, things.facts)
