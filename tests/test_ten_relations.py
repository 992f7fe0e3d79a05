"""Ten relations drawn at random, read against the publishers' files."""

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests import ten_relations

VARIABLE = "BILATERAL_OPEN_DATA"


@pytest.fixture(scope="module")
def table(core_triples: ox.Store) -> list[tuple[str, ...]]:
    if VARIABLE not in os.environ:
        pytest.skip(f"the publishers' files are not here: set {VARIABLE} to their folder")
    return ten_relations.table(core_triples, Path(os.environ[VARIABLE]))


def test_every_fact_agrees_with_its_row(table: list[tuple[str, ...]]) -> None:
    assert len({row[0] for row in table}) == 10
    assert len(table) > 100
    assert [row for row in table if row[-1] != "yes"] == []


def test_the_table_in_the_docs_is_up_to_date(table: list[tuple[str, ...]]) -> None:
    written = ten_relations.PAGE.read_text(encoding="utf-8")
    assert written == ten_relations.text(table), "Mend it by: python -m tests.ten_relations STORE RAW"
