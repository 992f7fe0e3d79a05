"""docs/tables.md, made of the queries of the tables: ``scripts/docs`` writes it."""

from collections.abc import Iterator

from bilateral.publish.table import Table, tables
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "tables.md"


def page() -> str:
    head = (
        "# Tables of a release\n\n"
        "Each is a query in `bilateral/queries/table/`, which says what a row and a column is; CSV, Parquet, SQLite "
        "and Croissant take these words up.\n"
    )
    return "\n".join([head, *(line for table in tables() for line in section(table))])


def section(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.title} Key: `{table.key}`.\n"
    yield "| column | type | what it is |\n|---|---|---|"
    for column in table.columns:
        of = f" of [`{column.table}`](#{column.table})" if column.table else ""
        yield f"| `{column.name}` | {column.type.value}{of} | {column.description} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
