"""Writes the readings: ``python -m tests.readings STORE RAW``."""

import sys
from pathlib import Path

import pyoxigraph as ox

from tests.readings import factbook, histstate, manytreaties, text, ucdp, un_desa, unhcr

READINGS = (factbook, histstate, manytreaties, ucdp, un_desa, unhcr)

if __name__ == "__main__":
    folder, publishers = Path(sys.argv[1]), Path(sys.argv[2])
    store = ox.Store.read_only(str((folder / "current" / "oxigraph").resolve()))
    for reading in READINGS:
        reading.PAGE.write_text(text(reading.table(store, publishers)), encoding="utf-8")
