"""pySHACL passes in silence over what it does not understand; the linter does not."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from bilateral.build.lint import check_shapes
from bilateral.errors import ShapesError

PREFIXES = """
@prefix bilat: <https://w3id.org/bilateral/ontology#> .
@prefix ex: <http://example.com/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SAID = 'sh:severity sh:Violation ; sh:message "do"@en , "haz"@es , "하라"@ko'
NODE = f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; {SAID} ; sh:property ex:p ."
PROPERTY = f"ex:p a sh:PropertyShape ; sh:path ex:q ; sh:minCount 1 ; {SAID} ."
SPARQL = f"""
ex:S sh:sparql ex:c . ex:c a sh:SPARQLConstraint ; {SAID} ; sh:prefixes ex:o ;
  sh:select "SELECT $this WHERE {{ $this e:x 1 }}" .
ex:o sh:declare [ sh:prefix "e" ; sh:namespace "http://example.com/"^^xsd:anyURI ] .
"""


def lint(*texts: str) -> None:
    check_shapes(rdflib.Graph().parse(data=PREFIXES + "\n".join(texts)), [], Path("shapes.ttl"))


def test_terms_that_the_ontology_declares_pass() -> None:
    shapes = rdflib.Graph().parse(data=PREFIXES + NODE.replace("ex:C", "bilat:Party") + PROPERTY)
    quads = ox.parse("<https://w3id.org/bilateral/ontology#Party> a <http://x/C> .", format=ox.RdfFormat.TURTLE)
    check_shapes(shapes, quads, Path("shapes.ttl"))


def test_sound_shapes_pass() -> None:
    lint(NODE, PROPERTY, SPARQL)


@pytest.mark.parametrize(
    ("texts", "mistake"),
    [
        ((NODE, PROPERTY.replace("minCount", "minCont")), "sh:minCont is not a term of SHACL"),
        ((NODE.replace("ex:C", "bilat:Pary"), PROPERTY), "ontology#Pary> is not declared"),
        ((NODE.replace("ex:p .", "[ sh:path ex:q ; sh:minCount 1 ] ."), ""), "has no IRI"),
        ((NODE, PROPERTY.replace(' , "하라"@ko', "")), "no sh:message in ko"),
        ((NODE, PROPERTY.replace("sh:severity sh:Violation ; ", "")), "no sh:severity"),
        ((NODE.replace("sh:targetClass ex:C ; ", ""), PROPERTY), "has no target and no shape uses it"),
        ((NODE, PROPERTY, SPARQL.replace("$this e:x 1", "$this e:x")), "does not parse"),
        ((NODE, PROPERTY, SPARQL.replace("e:x", "undeclared:x")), "does not parse"),
        ((NODE, PROPERTY, SPARQL.replace("$this", "?that")), r"does not mention \$this"),
        ((NODE, PROPERTY, SPARQL.replace("sh:Violation", "sh:Warning")), "another severity than its shape"),
    ],
)
def test_a_mistake_in_the_shapes_is_named(texts: tuple[str, ...], mistake: str) -> None:
    with pytest.raises(ShapesError, match=mistake):
        lint(*texts)
