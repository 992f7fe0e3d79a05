"""Treaties and their parties, as the observations of global governance (GGO) have them.

A package, since it has two tables (``rows``), and since their rows become treaties by rules and decisions
that can be read one by one: which rows are of one treaty (``titles``), what field it is of (``fields``), whom
a code meant on a day (``codes``), what dates share (``dates``), for how long parties were bound (``periods``).
``instruments`` brings these together, ``unstated`` keeps what they leave out, ``things`` describes the rest.
"""

from __future__ import annotations

from typing import Final

from bilateral.build.source import Source
from bilateral.build.sources.manytreaties import rows, things
from bilateral.build.sources.manytreaties.things import ABOUT

_ROWS: Final = {"agreements": rows.agreements, "parties": rows.parties}

SOURCE: Final = Source(ABOUT, _ROWS, things.facts, things.left_out)
