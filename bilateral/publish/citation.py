"""How to cite a release: CITATION.cff, as repositories and reference managers read it.

Citation File Format 1.2.0. JSON is YAML, so that each value is written as JSON and needs no other escape.
"""

from __future__ import annotations

import json

from bilateral.release import Release
from bilateral.terms import BASE


def write(release: Release) -> None:
    """Write the citation of a release into its folder."""
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them, and the sources of the facts that you use.",
        "type": "dataset",
        "title": "Bilateral: an open knowledge graph of the relations between countries",
        "authors": [{"name": "The Bilateral project"}],
        "version": release.version,
        "date-released": release.modified,
        "license-url": f"{BASE}dataset",
        "url": BASE,
        "keywords": ["international relations", "diplomacy", "linked data", "knowledge graph"],
        "abstract": (
            f"{release.triples} triples on {release.relations} pairs of countries, each fact with its source. "
            "What is written by hand is CC0; imported graphs keep the licences of their sources, see graphs.csv."
        ),
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items()]
    (release.folder / "CITATION.cff").write_text("".join(lines), encoding="utf-8")
