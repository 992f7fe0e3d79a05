"""System (a): rdflib-endpoint as it comes, on a file in rdflib's memory or on a store of Oxigraph."""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox
import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def dataset(data: Path) -> Dataset:
    """Open a file of N-Quads, or the folder of a store."""
    if data.is_dir():
        from oxrdflib import OxigraphStore  # noqa: PLC0415 - not installed where only small data are measured

        return Dataset(store=OxigraphStore(store=ox.Store.read_only(str(data))), default_union=True)
    graph = Dataset(default_union=True)
    graph.parse(data, format="nquads")
    return graph


if __name__ == "__main__":
    endpoint = SparqlEndpoint(graph=dataset(Path(sys.argv[1])), path="/sparql")
    uvicorn.run(endpoint, port=int(sys.argv[2]), log_level="error", access_log=False, server_header=False)
