"""The questions as examples in the graph itself: SHACL's SPARQL executables, as SIB's endpoints have them.

Editors and language models find them by asking the endpoint. https://github.com/sib-swiss/sparql-examples,
https://www.w3.org/TR/shacl-af/#sparql-executables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bilateral.project import Question
from bilateral.terms import EXAMPLES, LANGUAGES, expand

_PREFIX: Final = re.compile(r"^PREFIX (\w*): <([^>]+)>", re.MULTILINE)
_FORMS: Final = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
}
_FORM: Final = re.compile(r"^(SELECT|ASK|CONSTRUCT)\b", re.MULTILINE)
_DECLARATIONS: Final = ox.NamedNode(f"{EXAMPLES}/prefixes")


def write_examples(questions: Iterable[Question], path: Path) -> None:
    """Write the questions as N-Triples."""
    triples: set[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = set()
    for question in questions:
        triples.update(_example(question))
    ordered = sorted((ox.Triple(s, ox.NamedNode(expand(p)), o) for s, p, o in triples), key=str)
    ox.serialize(ordered, path, ox.RdfFormat.N_TRIPLES)


def _example(question: Question) -> Iterator[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]]:
    node = ox.NamedNode(f"{EXAMPLES}/{question.name}")
    form = _FORM.search(question.text)
    assert form is not None, question.name
    class_, predicate = _FORMS[form[1]]
    yield node, "rdf:type", ox.NamedNode(expand("sh:SPARQLExecutable"))
    yield node, "rdf:type", ox.NamedNode(expand(class_))
    for language in LANGUAGES:
        yield node, "rdfs:comment", ox.Literal(question.titles[language], language=language)
    yield node, "schema:keywords", ox.Literal(question.theme)
    yield node, predicate, ox.Literal(question.text)
    yield node, "sh:prefixes", _DECLARATIONS
    for prefix, namespace in _PREFIX.findall(question.text):
        yield from _declaration(prefix, namespace)


def _declaration(prefix: str, namespace: str) -> Iterator[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]]:
    """Declare a prefix (SHACL, section 5.2.1)."""
    node = ox.NamedNode(f"{_DECLARATIONS.value}/{prefix}")
    any_iri = ox.NamedNode(expand("xsd:anyURI"))
    yield _DECLARATIONS, "rdf:type", ox.NamedNode(expand("owl:Ontology"))
    yield _DECLARATIONS, "sh:declare", node
    yield node, "sh:prefix", ox.Literal(prefix)
    yield node, "sh:namespace", ox.Literal(namespace, datatype=any_iri)
