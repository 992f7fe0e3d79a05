"""A report of the gate, written for people, for programs, for code hosts and as SHACL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from bilateral import __version__, terms
from bilateral.build.finding import Finding, Report
from bilateral.terms import PREFIXES, compact


def _place(path: Path | None) -> str:
    if path is None:
        return "-"
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def write_text(report: Report, language: str = "en") -> str:
    """Write one finding a paragraph: place, what is wrong, what to do, by which shape."""
    return "\n".join([*_text_lines(report, language), _summary(report)]) + "\n"


def _text_lines(report: Report, language: str) -> Iterator[str]:
    for finding in report.findings:
        message = finding.messages.get(language) or next(iter(finding.messages.values()), finding.component)
        yield f"{_place(finding.file)}:{finding.line or '?'}: {finding.severity.lower()}: {message}"
        path = f" {compact(finding.path)}" if finding.path else ""
        value = "" if finding.value is None else f" {_shown(finding.value)}"
        yield f"    {compact(finding.focus_node)}{path}{value}"
        yield f"    [{compact(finding.rule)}, {finding.component}]"


def _summary(report: Report) -> str:
    violations, warnings = len(report.violations), len(report.warnings)
    verdict = "conforms" if report.conforms else "does not conform"
    return f"{report.nodes} nodes checked: {violations} violations, {warnings} warnings; {verdict}."


def write_json(report: Report, _: str = "en") -> str:
    """Write the findings with all their messages as one JSON object."""
    findings = [
        {
            "severity": f.severity.lower(),
            "file": _place(f.file),
            "line": f.line,
            "focus_node": f.focus_node,
            "path": f.path,
            "value": None if f.value is None else str(f.value),
            "messages": f.messages,
            "source_shape": f.source_shape,
            "constraint": f.constraint,
            "component": f.component,
        }
        for f in report.findings
    ]
    content = {"conforms": report.conforms, "nodes": report.nodes, "findings": findings}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


_SARIF_LEVELS: Final = {"Violation": "error", "Warning": "warning", "Info": "note"}


def write_sarif(report: Report, language: str = "en") -> str:
    """Write the findings as SARIF 2.1.0, which code hosts show beside the lines."""
    rules = sorted({finding.rule for finding in report.findings})
    driver = {
        "name": "bilateral",
        "version": __version__,
        "informationUri": terms.SHAPES,
        "rules": [{"id": compact(rule), "helpUri": rule} for rule in rules],
    }
    results = [_sarif_result(finding, language) for finding in report.findings]
    content = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _sarif_result(finding: Finding, language: str) -> dict[str, object]:
    message = finding.messages.get(language) or next(iter(finding.messages.values()), finding.component)
    subject = compact(finding.focus_node)
    location = {
        "artifactLocation": {"uri": Path(_place(finding.file)).as_posix()},
        "region": {"startLine": finding.line or 1},
    }
    return {
        "ruleId": compact(finding.rule),
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": f"{subject}: {message}"},
        "locations": [{"physicalLocation": location}],
    }


def write_turtle(report: Report, _: str = "en") -> str:
    """Write the findings as a SHACL validation report (SHACL, section 3)."""
    graph = rdflib.Graph()
    for name in ("bilat", "bs", "rel", "sh"):
        graph.bind(name, PREFIXES[name])
    node = rdflib.BNode()
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, rdflib.Literal(report.conforms)))
    for finding in report.findings:
        result = rdflib.BNode()
        graph.add((node, SH.result, result))
        for predicate, value in _result_properties(finding):
            graph.add((result, predicate, value))
    return graph.serialize(format="turtle")


def _result_properties(finding: Finding) -> Iterator[tuple[rdflib.URIRef, Node]]:
    yield RDF.type, SH.ValidationResult
    yield SH.resultSeverity, SH[finding.severity]
    yield SH.focusNode, rdflib.URIRef(finding.focus_node)
    yield SH.sourceShape, rdflib.URIRef(finding.source_shape)
    yield SH.sourceConstraintComponent, SH[finding.component]
    if finding.path is not None:
        yield SH.resultPath, rdflib.URIRef(finding.path)
    if finding.value is not None:
        yield SH.value, finding.value
    if finding.constraint is not None:
        yield SH.sourceConstraint, rdflib.URIRef(finding.constraint)
    for language, message in finding.messages.items():
        yield SH.resultMessage, rdflib.Literal(message, lang=language)


def _shown(value: Node) -> str:
    return compact(str(value)) if isinstance(value, rdflib.URIRef) else value.n3()


WRITERS: Final[dict[str, Callable[[Report, str], str]]] = {
    "text": write_text,
    "json": write_json,
    "sarif": write_sarif,
    "turtle": write_turtle,
}
"""The formats of `bilateral check --format`."""
