"""The files of docs/coverage."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from tests.conftest import ROOT
from tests.coverage import pictures
from tests.coverage.knowledge import Knowledge, Known, read

FOLDER = ROOT / "docs" / "coverage"
LISTED = 20
INTRODUCTION = """# Coverage: what is known of which pair

Made by `scripts/coverage` from the core store; a test makes it again. A kind is a class of facts, or what an \
observation measures; the treaties and organizations to which both belong, or belonged, are kinds as well. What is \
not known may still be so.
"""
LINKS = """![A map: how many kinds are known of each country's pairs on average](map.png)

![A matrix of all pairs: how many kinds are known of each](matrix.png)

- [`pairs.csv.gz`](pairs.csv.gz): for each pair and kind how many facts, from which graphs, to which year
- [`parties.csv`](parties.csv): for each party and kind with how many others it is known
- [`kinds.csv`](kinds.csv): the table below
"""
BEST = """
## The twenty best covered pairs

Most kinds first; of equals the one with more facts.
"""
POOREST = """
## The twenty poorest covered pairs

Among pairs of parties that have not ended, fewest kinds first. Of equals, of which there are many, the one whose \
parties have more kinds in all their pairs: a gap says most where both are else well known.
"""


def files(knowledge: Knowledge) -> Mapping[str, bytes]:
    """Give the files by their names."""
    return {
        "README.md": page(knowledge).encode(),
        "kinds.csv": table(("kind", "pairs", "facts", "sources", "latest"), kinds(knowledge)),
        "parties.csv": table(("party", *knowledge.kinds), parties(knowledge)),
        "pairs.csv.gz": gzip.compress(table(("pair", "kind", "facts", "sources", "latest"), pairs(knowledge)), mtime=0),
        "map.png": pictures.world(knowledge),
        "matrix.png": pictures.matrix(knowledge),
    }


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()


def pairs(knowledge: Knowledge) -> Iterator[Sequence[object]]:
    """Give a row for each pair and kind of which something is known."""
    for pair, known in sorted(knowledge.pairs.items()):
        for kind, each in sorted(known.items()):
            yield (pair, kind, each.facts, listed(each.sources), each.latest)


def kinds(knowledge: Knowledge) -> Iterator[Sequence[object]]:
    """Give a row for each kind: of how many pairs it is known, how many facts, from where, and to which year."""
    for kind in knowledge.kinds:
        of_kind = [known[kind] for known in knowledge.pairs.values() if kind in known]
        whole = sum(of_kind, Known(0, frozenset(), ""))
        yield (kind, len(of_kind), whole.facts, listed(whole.sources), whole.latest)


def parties(knowledge: Knowledge) -> Iterator[Sequence[object]]:
    """Give a row for each party: with how many others each kind is known."""
    counts = {code: dict.fromkeys(knowledge.kinds, 0) for code in sorted(knowledge.names)}
    for pair, known in knowledge.pairs.items():
        for code in pair.split("-"):
            for kind in known:
                counts[code][kind] += 1
    return ((code, *row.values()) for code, row in counts.items())


def best(knowledge: Knowledge) -> list[str]:
    """Rank pairs by how many kinds are known, then by facts, then by code."""
    pairs = knowledge.pairs
    return sorted(pairs, key=lambda pair: (-len(pairs[pair]), -facts(pairs[pair]), pair))[:LISTED]


def poorest(knowledge: Knowledge) -> list[str]:
    """Rank pairs of parties that have not ended by how few kinds are known.

    Of equals those come first whose parties have most kinds in all of their pairs.
    """
    totals = pictures.totals(knowledge)
    candidates = [pair for pair in knowledge.pairs if all(code in totals for code in pair.split("-"))]
    fame = {pair: sum(totals[code] for code in pair.split("-")) for pair in candidates}
    return sorted(candidates, key=lambda pair: (len(knowledge.pairs[pair]), -fame[pair], pair))[:LISTED]


def page(knowledge: Knowledge) -> str:
    """Write the page in Markdown."""
    present = len(knowledge.present)
    possible = present * (present - 1) // 2
    there = [pair for pair in knowledge.pairs if not knowledge.ended & set(pair.split("-"))]
    counted = (
        f"{present} parties that have not ended make {possible:,} pairs, of which the graph has {len(there):,}; with "
        f"those of the past it has {len(knowledge.pairs):,}. There are {len(knowledge.kinds)} kinds; a pair has "
        f"{mean(knowledge):.1f} of them on average.\n"
    )
    columns = ("pair", "kinds", "facts", "graphs")
    return "\n".join(
        [
            INTRODUCTION,
            counted,
            LINKS,
            "## Kinds\n",
            *markdown(("kind", "pairs", "facts", "graphs", "latest"), kinds(knowledge)),
            BEST,
            *markdown(columns, (told(knowledge, pair) for pair in best(knowledge))),
            POOREST,
            *markdown(columns, (told(knowledge, pair) for pair in poorest(knowledge))),
            "",
        ]
    )


def mean(knowledge: Knowledge) -> float:
    return sum(len(known) for known in knowledge.pairs.values()) / len(knowledge.pairs)


def told(knowledge: Knowledge, pair: str) -> Sequence[object]:
    one, other = (knowledge.names[code] for code in pair.split("-"))
    known = knowledge.pairs[pair]
    sources = frozenset(source for each in known.values() for source in each.sources)
    return (f"{one} and {other} ({pair})", len(known), facts(known), listed(sources))


def facts(known: Mapping[str, Known]) -> int:
    return sum(each.facts for each in known.values())


def listed(sources: Iterable[str]) -> str:
    return " ".join(sorted(sources))


def markdown(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row) + " |"


def main() -> None:
    """Write the files anew from the store that ``BILATERAL_STORE`` names."""
    store = ox.Store.read_only(str(Path(os.environ["BILATERAL_STORE"]) / "current" / "oxigraph"))
    FOLDER.mkdir(exist_ok=True)
    for name, content in files(read(store)).items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
