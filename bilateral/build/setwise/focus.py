"""The focus nodes of targets, found in a store (SHACL, section 2.1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bilateral.build.setwise.shapes import Targets
from bilateral.build.setwise.triples import Term, Triples

_MANY: Final = 4
"""From so many alternatives on, all subjects are read in place of the targets."""


class Focus:
    """Finds focus nodes, and writes in SPARQL which they are."""

    def __init__(self, triples: Triples) -> None:
        self._triples = triples

    def classes(self, targets: Targets) -> list[Term]:
        """Give the classes whose instances are targets."""
        return sorted({below for class_ in targets.classes for below in self._triples.subclasses(class_)}, key=str)

    def nodes(self, targets: Targets) -> Iterator[Term]:
        """Give the focus nodes, each at least once; no more are looked for than are taken."""
        yield from targets.nodes
        pattern = self.pattern(targets)
        if pattern:
            yield from self.find(pattern)

    def find(self, pattern: str) -> Iterator[Term]:
        """Give the nodes that a pattern has for ?this."""
        return self._triples.column(f"SELECT DISTINCT ?this WHERE {{ {pattern} }}")

    def pattern(self, targets: Targets) -> str:
        """Write the targets that are no single nodes; empty where there are none."""
        classes = self.classes(targets)
        parts = [f"?this {p} ?any{i}" for i, p in enumerate(targets.subjects_of)]
        parts += [f"?any{i} {p} ?this" for i, p in enumerate(targets.objects_of, len(parts))]
        if classes:
            listed = " ".join(map(str, classes))
            parts.append(f"?this a {listed}" if len(classes) == 1 else f"VALUES ?class {{ {listed} }} ?this a ?class")
        return " UNION ".join(f"{{ {part} }}" for part in parts)

    def loose(self, targets: Targets) -> str:
        """Write the targets, or all subjects where these are many."""
        if len(targets.subjects_of) > _MANY and not targets.objects_of:
            return "{ SELECT DISTINCT ?this WHERE { ?this ?any ?thing } }"
        return self.pattern(targets)
