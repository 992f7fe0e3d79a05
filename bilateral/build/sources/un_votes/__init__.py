"""Roll-call votes of the General Assembly of the United Nations.

A package, since it has two tables (``rows``), and a measure that is made of all votes at once (``agreement``).
"""

from __future__ import annotations

from typing import Final

from bilateral.build.source import Source
from bilateral.build.sources.un_votes import agreement, rows
from bilateral.build.sources.un_votes.agreement import ABOUT

SOURCE: Final = Source(ABOUT, {"voters": rows.voters, "roll-calls": rows.roll_calls}, agreement.facts)
