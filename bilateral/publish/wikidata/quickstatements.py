"""QuickStatements: statements as rows that a person reviews and runs, and tables of what they are.

The rows are those of version 1 of the format, parted by tabs: item, property, value, then qualifiers (P…)
and the parts of one reference (S…). https://www.wikidata.org/wiki/Help:QuickStatements
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bilateral.publish.wikidata.evidence import Reference
from bilateral.publish.wikidata.statements import LeftOut, Statement
from bilateral.terms import compact

ROWS: Final = "quickstatements.tsv"
REVIEW: Final = "review.csv"
LEFT_OUT: Final = "left-out.csv"
_PRECISIONS: Final = {"": ("-00-00", 9), "-": ("-00", 10), "--": ("", 11)}
"""By the marks within a date: what it lacks, and its precision in Wikidata's numbers: year, month, day."""
_REVIEWED: Final = (
    *("item", "property", "value", "qualifier", "qualifier_value"),
    *("source", "source_item", "address", "retrieved", "fact"),
)
_LEFT_OUT: Final = ("fact", "item", "property", "value", "reason", "sources")


def write(folder: Path, statements: Iterable[Statement], left_out: Iterable[LeftOut]) -> None:
    """Write the rows, the same as a table to review, and what is left out."""
    statements = list(statements)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ROWS).write_text("".join(f"{row(one)}\n" for one in statements), encoding="utf-8", newline="")
    (folder / REVIEW).write_text(_table(_REVIEWED, map(_reviewed, statements)), encoding="utf-8", newline="")
    (folder / LEFT_OUT).write_text(_table(_LEFT_OUT, map(_left_out, left_out)), encoding="utf-8", newline="")


def row(statement: Statement) -> str:
    """Write a statement as a row."""
    qualifier = [] if statement.qualifier is None else [statement.qualifier[0], _value(statement.qualifier[1])]
    cells = [statement.item, statement.property, _value(statement.value), *qualifier, *_reference(statement.reference)]
    return "\t".join(cells)


def _reference(reference: Reference) -> Iterator[str]:
    if reference.item:
        yield from ("S248", reference.item)
    if reference.address:
        yield from ("S854", f'"{quote(reference.address, safe=_SAFE)}"')
    if reference.retrieved:
        yield from ("S813", time(reference.retrieved))


_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"
"""What stays as it is in an address: the reserved characters of RFC 3986, section 2.2, and what is escaped already."""


def _value(value: str) -> str:
    return value if value.startswith("Q") else time(value)


def time(date: str) -> str:
    """Write a date with its precision.

    >>> time("1963-04-01"), time("1980-02"), time("1963")
    ('+1963-04-01T00:00:00Z/11', '+1980-02-00T00:00:00Z/10', '+1963-00-00T00:00:00Z/9')
    """
    missing, precision = _PRECISIONS["-" * date.count("-")]
    return f"+{date}{missing}T00:00:00Z/{precision}"


def _reviewed(one: Statement) -> tuple[str, ...]:
    qualifier = one.qualifier or ("", "")
    source = one.reference
    cells = (one.item, one.property, one.value, *qualifier)
    return (*cells, source.label, source.item, source.address, source.retrieved, one.fact)


def _left_out(one: LeftOut) -> tuple[str, ...]:
    return (one.fact, one.item, one.property, one.value, one.reason, " ".join(map(compact, one.sources)))


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return file.getvalue()
