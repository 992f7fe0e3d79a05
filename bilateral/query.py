"""Named queries: what the program itself asks of a graph, one file a query.

A query's parameters are the first ``VALUES`` block of its file, which holds one row of examples::

    VALUES (?iri ?language) { (rel:KOR-PER "en") }

so that each file runs as it stands, and is what a reader sees who wants to know where a page has
its values from. A value takes the example's place. Bound variables of the engine would do the same,
but its planner does not know of them: the same query takes thirty times as long.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Final

import pyoxigraph as ox

Term = ox.NamedNode | ox.Literal
"""What a parameter or a cell of a result is: our own data have no blank nodes."""

_PARAMETERS: Final = re.compile(r"VALUES \((?P<names>(?: ?\?\w+)+)\) \{ \((?P<terms>[^{}]*)\) \}")
# VALUES (?name ?name …) { (term term …) }


@lru_cache(256)
def query_text(name: str) -> str:
    """Read one of the package's own queries."""
    return resources.files("bilateral").joinpath("queries", f"{name}.rq").read_text(encoding="utf-8")


def query_names() -> list[str]:
    """List the package's own queries."""
    folder = resources.files("bilateral").joinpath("queries")
    return sorted(
        f"{group.name}/{file.name[:-3]}" for group in folder.iterdir() if group.is_dir() for file in group.iterdir()
    )


def parameters_of(text: str) -> tuple[str, ...]:
    """Give the names of a query's parameters.

    >>> parameters_of('SELECT * { VALUES (?iri ?language) { (rel:KOR-PER "en") } }')
    ('iri', 'language')
    """
    block = _PARAMETERS.search(text)
    return tuple(name[1:] for name in block["names"].split()) if block else ()


def bound(text: str, **parameters: Term) -> str:
    """Give a query its parameters' values.

    >>> print(bound('SELECT * { VALUES (?iri) { (rel:KOR-PER) } }', iri=ox.NamedNode("http://example.com/a")))
    SELECT * { VALUES (?iri) { (<http://example.com/a>) } }

    Raises:
        KeyError: the query has a parameter that is not given.
    """
    names = parameters_of(text)
    if not names:
        return text
    terms = " ".join(str(parameters[name]) for name in names)
    variables = " ".join(f"?{name}" for name in names)
    return _PARAMETERS.sub(lambda _: f"VALUES ({variables}) {{ ({terms}) }}", text, count=1)


def select(store: ox.Store, name: str, **parameters: Term) -> ox.QuerySolutions:
    """Run one of the package's own SELECT queries on all graphs together."""
    solutions = store.query(bound(query_text(name), **parameters), use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions
