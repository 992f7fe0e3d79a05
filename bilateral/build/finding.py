"""What a check finds: the results of SHACL validation, with their places."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import rdflib

SEVERITIES: Final = ("Violation", "Warning", "Info")


@dataclass(frozen=True)
class Finding:
    """One SHACL validation result, and the place that it speaks of.

    ``path`` is an IRI, or None where the path is not a single predicate. ``messages`` are by language.
    ``constraint`` is the SPARQL constraint, where it is one.
    SHACL, section 3.6.
    """

    severity: str
    focus_node: str
    path: str | None
    value: rdflib.term.Node | None
    messages: dict[str, str]
    source_shape: str
    component: str
    constraint: str | None = None
    file: Path | None = None
    line: int | None = None

    @property
    def rule(self) -> str:
        """What was broken: the SPARQL constraint, or the shape."""
        return self.constraint or self.source_shape


@dataclass(frozen=True)
class Report:
    """All findings of one check, in the order of the files."""

    findings: tuple[Finding, ...]
    nodes: int

    @property
    def violations(self) -> tuple[Finding, ...]:
        """The findings that keep data out."""
        return tuple(finding for finding in self.findings if finding.severity == "Violation")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are a worklist."""
        return tuple(finding for finding in self.findings if finding.severity != "Violation")

    @property
    def conforms(self) -> bool:
        """Whether nothing keeps the data out."""
        return not self.violations
