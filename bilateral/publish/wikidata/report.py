"""The report of a check: text for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict
from itertools import groupby
from typing import Final

from bilateral.publish.wikidata.checking import Disagreement, Verdict
from bilateral.terms import compact

COLUMNS: Final = ("subject", "class", "item", "what", "ours", "theirs", "action")


def text(verdict: Verdict) -> str:
    """Write the disagreements by what they are about, after how many links agree."""
    lines = [f"{verdict.agreeing} of {verdict.links} links agree with Wikidata."]
    if verdict.unjudged:
        lines.append(f"Of {verdict.unjudged} no kind was looked at: classes.csv has no row for what they are.")
    for what, group in groupby(verdict.disagreements, key=lambda one: one.what):
        members = list(group)
        lines += ["", f"{what}: {len(members)}. {members[0].action}.", *(f"  {_line(one)}" for one in members)]
    return "\n".join(lines) + "\n"


def _line(one: Disagreement) -> str:
    return f"{compact(one.subject)} {one.item}: ours {one.ours or 'nothing'}; theirs {one.theirs or 'nothing'}"


def as_csv(verdict: Verdict) -> str:
    """Write one row a disagreement."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(one) for one in verdict.disagreements)
    return file.getvalue()


def as_json(verdict: Verdict) -> str:
    """Write counts and one object a disagreement."""
    content = {
        "links": verdict.links,
        "agreeing": verdict.agreeing,
        "unjudged": verdict.unjudged,
        "disagreements": [_row(one) for one in verdict.disagreements],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _row(one: Disagreement) -> dict[str, str]:
    values = {**asdict(one), "class": one.class_, "action": one.action}
    return {column: values[column] for column in COLUMNS}


WRITERS: Final[dict[str, Callable[[Verdict], str]]] = {"text": text, "csv": as_csv, "json": as_json}
