"""For each source that was read pair by pair: the graph says what the publisher's rows say."""

import os
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest

from tests.readings import drawn, text, ucdp
from tests.readings.__main__ import READINGS

VARIABLE = "BILATERAL_OPEN_DATA"


@pytest.fixture(scope="module")
def raw() -> Path:
    if VARIABLE not in os.environ:
        pytest.skip(f"the publishers' files are not here: set {VARIABLE} to their folder")
    return Path(os.environ[VARIABLE])


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.__name__.rpartition(".")[2])
def test_ten_pairs_agree_with_the_publishers_rows(core_triples: ox.Store, raw: Path, reading: ModuleType) -> None:
    found = reading.table(core_triples, raw)
    assert len({row[0] for row in found}) == 10
    assert [row for row in found if row[-1] != "yes"] == []
    assert reading.PAGE.read_text(encoding="utf-8") == text(found), "Mend it by: python -m tests.readings STORE RAW"


def test_every_armed_conflict_agrees_with_its_rows(core_triples: ox.Store, raw: Path) -> None:
    facts = [iri for iris in drawn.of_relations(core_triples, ucdp.GRAPH).values() for iri in iris]
    read = {iri: ucdp.beside(drawn.described(core_triples, iri), raw) for iri in facts}
    assert len(read) > 150
    assert [iri for iri, (_, agrees) in read.items() if not agrees] == []
