"""Hostile queries: deep, long, endless, huge, and those that would reach out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.hostile.request import Request, get, http, post

NESTED = {
    "group": ("ASK {", "{", "}", "}"),
    "parentheses": ("ASK { FILTER", "(", ")", " }"),
    "filter": ("ASK {", "{ FILTER(true) ", "}", "}"),
    "exists": ("ASK {", "FILTER EXISTS { ?s ?p ?o ", "}", "}"),
    "not exists": ("ASK {", "FILTER NOT EXISTS { ?s ?p ?o ", "}", "}"),
    "optional": ("ASK {", "OPTIONAL { ?s ?p ?o ", "}", "}"),
    "minus": ("ASK {", "?s ?p ?o MINUS { ", "}", "}"),
    "union": ("ASK {", "{} UNION {", "}", "}"),
    "select": ("SELECT * {", "{ SELECT * {", "}}", "}"),
    "graph": ("ASK {", "GRAPH ?g {", "}", "}"),
    "blank": ("ASK { ?s ?p ", "[ ?p ", "]", " }"),
    "list": ("ASK { ?s ?p ", "( ", ")", " }"),
    "path": ("ASK { ?s ", "(", "<x:p>)", " ?o }"),
    "path star": ("ASK { ?s ", "(", ")*", " ?o }"),
    "inverse": ("ASK { ?s ", "^(", ")", " ?o }"),
    "negated set": ("ASK { ?s ", "!(", ")", " ?o }"),
    "not": ("ASK { FILTER(", "!", "", "true) }"),
    "minus sign": ("ASK { FILTER(", "- ", "", "1) }"),
    "if": ("ASK { FILTER(", "IF(true, ", ", false)", ") }"),
    "coalesce": ("ASK { FILTER(", "COALESCE(", ")", ") }"),
    "triple term": ("ASK { ?s ?p ", "<<( ?s ?p ", ")>>", " }"),
    "reifier": ("ASK { ", "<< ?s ?p ", ">>", " ?p ?o }"),
    "only opened": ("ASK ", "{", "", ""),
    "only closed": ("ASK {", "", "}", ""),
}
DEPTHS = (64, 500, 3000, 20000)

CHAINED = {
    "or": ("ASK { FILTER(true", " || true", ") }"),
    "and": ("ASK { FILTER(true", " && true", ") }"),
    "plus": ("ASK { FILTER(1", " + 1", ") }"),
    "times": ("ASK { FILTER(1", " * 1", ") }"),
    "equals": ("ASK { FILTER(1", " = 1", ") }"),
    "path sequence": ("ASK { ?s <x:p>", "/<x:p>", " ?o }"),
    "path alternative": ("ASK { ?s <x:p>", "|<x:p>", " ?o }"),
    "unions": ("ASK { {}", " UNION {}", " }"),
    "optionals": ("ASK { ", "OPTIONAL { ?s ?p ?o } ", "}"),
    "minuses": ("ASK { ?s ?p ?o ", "MINUS { ?s ?p ?o } ", "}"),
    "filters": ("ASK { ?s ?p ?o ", "FILTER(true) ", "}"),
    "objects": ("ASK { ?s ?p 1", ", 1", " }"),
    "predicates": ("ASK { ?s ?p 1", "; ?p 1", " }"),
    "triples": ("ASK { ?s ?p 1", ". ?s ?p 1", " }"),
    "in": ("ASK { FILTER(1 IN (1", ", 1", ")) }"),
    "values": ("ASK { VALUES ?x { 1", " 1", " } }"),
    "arguments": ("ASK { FILTER(CONCAT('a'", ", 'a'", ") = '') }"),
    "prefixes": ("", "PREFIX a: <x:> ", "ASK {}"),
    "from": ("SELECT * ", "FROM <x:g> ", "{ ?s ?p ?o }"),
    "group by": ("SELECT (1 AS ?one) { ?s ?p ?o } GROUP BY ?s", " ?p", ""),
    "order by": ("SELECT * { ?s ?p ?o } ORDER BY ?s", " ?p", ""),
    "comments": ("ASK {}", "#\n", ""),
}
LENGTHS = (300, 3000, 30000)

ENDLESS = {
    "product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "product of rows": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "product as graph": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "distinct product": "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f }",
    "ordered product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY RAND()",
    "grouped product": "SELECT ?a ?f (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?b ?c ?d ?e ?f",
    "joined text": "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    "values": "SELECT (COUNT(*) AS ?n) { " + "".join(f"VALUES ?v{i} {{ {'1 ' * 50} }} " for i in range(9)) + "}",
    "describe all": "DESCRIBE ?a ?f { ?a ?b ?c . ?d ?e ?f }",
    "path": "SELECT * { ?a (!<x:p>)* ?b . ?c (!<x:p>)* ?d }",
    "path of paths": "SELECT * { ?a ((!<x:p>)*/(^!<x:p>)*)* ?b }",
    "path both ways": "SELECT (COUNT(*) AS ?n) { ?a (<x:p>|!<x:p>|^<x:p>|!^<x:p>)+ ?b }",
    "regex": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), '(a*)*(b*)*(c*)*x{900}')) }",
    "regex of a text": f"ASK {{ FILTER(REGEX('{'a' * 5000}', '(a|aa|a?)+{'(a?)' * 50}$')) }}",
    "huge regex": "ASK { FILTER(REGEX('a', '((((a{100}){100}){100}){100}){100}')) }",
    "hashes": "SELECT (SHA512(CONCAT(STR(?c), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f FILTER(?x = '') }",
    "doubling": "SELECT (STRLEN(?v40) AS ?n) { BIND('aaaaaaaaaa' AS ?v0) "
    + "".join(f"BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1}) " for i in range(40))
    + "}",
    "growing by replacement": "SELECT (STRLEN(?v9) AS ?n) { BIND('aaaaaaaaaa' AS ?v0) "
    + "".join(f"BIND(REPLACE(?v{i}, 'a', ?v{i}) AS ?v{i + 1}) " for i in range(9))
    + "}",
    "exists for each": "SELECT * { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?c . ?f ?g ?d . ?h ?i ?f . ?j ?k ?nothing } }",
    "optionals": "SELECT * { ?s ?p ?o " + "".join(f"OPTIONAL {{ ?s{i} ?p{i} ?o{i} }} " for i in range(100)) + "}",
    "chain": "SELECT (COUNT(*) AS ?n) { " + "".join(f"?v{i} ?p{i} ?v{i + 1} . " for i in range(100)) + "}",
    "star": "SELECT (COUNT(*) AS ?n) { " + "".join(f"?s ?p{i} ?o{i} . " for i in range(100)) + "}",
    "counting graphs": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }",
    "offset": "SELECT * { ?a ?b ?c . ?d ?e ?f } OFFSET 9223372036854775807",
    "limit": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 9223372036854775807",
    "over the limit": "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999999",
}

HUGE = {
    "string": f"ASK {{ FILTER('{'a' * 200_000}' = '') }}",
    "long string": f"ASK {{ FILTER('''{'a' * 200_000}''' = '') }}",
    "open string": f"ASK {{ FILTER('''{'a' * 200_000} = '') }}",
    "iri": f"ASK {{ <x:{'a' * 200_000}> ?p ?o }}",
    "open iri": f"ASK {{ <x:{'a' * 200_000} ?p ?o }}",
    "variable": f"ASK {{ ?{'a' * 200_000} ?p ?o }}",
    "prefix": f"PREFIX {'a' * 200_000}: <x:> ASK {{}}",
    "name": f"ASK {{ rdf:{'a' * 200_000} ?p ?o }}",
    "dots": f"ASK {{ rdf:{'a.' * 100_000} ?p ?o }}",
    "dotted words": f"ASK {{ {'a.' * 100_000} }}",
    "escapes": "ASK { FILTER('" + "\\u0041" * 40_000 + "' = '') }",
    "number": f"ASK {{ FILTER({'9' * 200_000} > 1) }}",
    "decimal": f"ASK {{ FILTER(0.{'9' * 200_000} > 1) }}",
    "exponent": "ASK { FILTER(1e999999999 > 1) }",
    "integer": "SELECT ('9' ^^<http://www.w3.org/2001/XMLSchema#integer> * 9223372036854775807 AS ?x) {}",
    "date": "SELECT ('99999999999999-01-01'^^<http://www.w3.org/2001/XMLSchema#date> AS ?x) {}",
    "duration": "SELECT ('P999999999999999Y'^^<http://www.w3.org/2001/XMLSchema#duration> AS ?x) {}",
    "language": f"ASK {{ ?s ?p 'a'@{'a-' * 50_000}a }}",
    "comment": "ASK {} #" + "x" * 200_000,
    "spaces": "ASK" + " " * 200_000 + "{}",
    "too large": "ASK { FILTER('" + "a" * 400_000 + "' = '') }",
}

REACHING = (
    "SERVICE <http://{place}/>",
    "service <http://{place}/>",
    "SeRvIcE<http://{place}/>",
    "SERVICE SILENT <http://{place}/>",
    "SERVICESILENT<http://{place}/>",
    "SERVICE # <x:\n <http://{place}/>",
    "SERVICE\t\r\n<http://{place}/>",
    "SERVICE out:x",
    "SERVICE <relative>",
    "SERVICE ?service",
    "SERVICE <\\u0068ttp://{place}/>",
    "\\u0053ERVICE <http://{place}/>",
    "1SERVICE <http://{place}/>",
)
AROUND = {
    "plain": "SELECT * {{ {what} {{ ?s ?p ?o }} }}",
    "exists": "ASK {{ FILTER EXISTS {{ {what} {{ ?s ?p ?o }} }} }}",
    "optional": "SELECT * {{ OPTIONAL {{ {what} {{ ?s ?p ?o }} }} }}",
    "subquery": "SELECT * {{ {{ SELECT * {{ {what} {{ ?s ?p ?o }} }} }} }}",
    "graph": "CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH ?g {{ {what} {{ ?s ?p ?o }} }} }}",
    "after a string": "SELECT * {{ BIND('\"#<' AS ?x) {what} {{ ?s ?p ?o }} }}",
}
HEADS = "PREFIX out: <http://{place}/> BASE <http://{place}/> "

DATASETS = (
    "FROM <http://{place}/x.ttl>",
    "FROM NAMED <http://{place}/x.ttl>",
    "FROM<http://{place}/x.ttl>FROM NAMED<http://{place}/y.ttl>",
    "FROM <file:///etc/passwd>",
    "FROM NAMED <file:///etc/passwd>",
    "from # comment\n <ftp://{place}/x>",
    "FROM out:x",
    "FROM <x.ttl>",
)

UPDATES = (
    "LOAD <http://{place}/x.ttl>",
    "LOAD SILENT <http://{place}/x.ttl> INTO GRAPH <x:g>",
    "load<file:///etc/passwd>",
    "BASE <http://{place}/> LOAD <x.ttl>",
    "# comment\nLOAD <http://{place}/x.ttl>",
    "INSERT DATA {{ <x:s> <x:p> <x:o> }}",
    "DELETE WHERE {{ ?s ?p ?o }}",
    "WITH <x:g> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <http://{place}/> {{ ?s ?p ?o }} }}",
    "CLEAR ALL",
    "DROP ALL",
    "CREATE GRAPH <x:g>",
    "COPY <x:a> TO <x:b>",
    "ASK {{}} ; CLEAR ALL",
    "SELECT * {{}} ; LOAD <http://{place}/x.ttl>",
)


def nested() -> Iterator[Request]:
    """Nest everything that nests."""
    for (name, (start, opened, closed, end)), depth in product(NESTED.items(), DEPTHS):
        yield post(f"{name} nested {depth} times", start + opened * depth + closed * depth + end)


def chained() -> Iterator[Request]:
    """Repeat everything that can follow itself."""
    for (name, (start, again, end)), length in product(CHAINED.items(), LENGTHS):
        yield post(f"{length} {name}", start + again * length + end)


def endless() -> Iterator[Request]:
    """Ask what takes for ever, or all memory there is."""
    for name, query in ENDLESS.items():
        yield post(f"endless: {name}", query)


def huge() -> Iterator[Request]:
    """Write tokens that are too large."""
    for name, query in HUGE.items():
        yield post(f"huge: {name}", query)


def services(place: str) -> Iterator[Request]:
    """Ask another server."""
    for what, (name, around) in product(REACHING, AROUND.items()):
        query = around.format(what=what.format(place=place))
        yield post(f"{what} {name}", HEADS.format(place=place) + query)


def updates(place: str) -> Iterator[Request]:
    """Change what there is, in each way that the protocol has."""
    form, update_type = "application/x-www-form-urlencoded", "application/sparql-update"
    for update in UPDATES:
        text = update.format(place=place).encode()
        yield post(update, text)
        yield get(f"{update} by GET", text.decode())
        yield http(f"{update} in a form", "/sparql", method="POST", body=b"update=" + text, content_type=form)
        yield http(f"{update} as update", "/sparql", method="POST", body=text, content_type=update_type)


def datasets(place: str) -> Iterator[Request]:
    """Name graphs that are elsewhere."""
    forms = ("SELECT * {} {{ ?s ?p ?o }}", "DESCRIBE <x:s> {}", "CONSTRUCT {} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}")
    for clause, form in product(DATASETS, forms):
        yield get(f"{clause} {form}", HEADS.format(place=place) + form.format(clause.format(place=place)))
    for name in ("default-graph-uri", "named-graph-uri", "using-graph-uri", "graph", "service"):
        for value in (f"http://{place}/x.ttl", "file:///etc/passwd", "", "not%20an%20iri", "%00"):
            yield http(f"{name}={value}", f"/sparql?query=SELECT*%7B%3Fs%3Fp%3Fo%7D&{name}={value}")
