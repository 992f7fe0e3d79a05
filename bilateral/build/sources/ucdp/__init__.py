"""Armed conflicts between states since 1946: at least 25 deaths in battle in a year, between two governments.

A conflict is listed for each year in which it was active. The conflict is one event, which goes from its
first active year to its last; each uninterrupted run of years in which two parties were on opposite sides
is an event of their relation, since a pair that fought in 1948 and in 1965 was not at war in between.

A package, since rows are read (``rows``), years are joined to runs with their days (``runs``), and conflicts
are described (``things``).
"""

from __future__ import annotations

from typing import Final

from bilateral.build.source import Source
from bilateral.build.sources.ucdp import rows, things
from bilateral.build.sources.ucdp.things import ABOUT

SOURCE: Final = Source(ABOUT, {"years": rows.years}, things.facts, things.left_out)
