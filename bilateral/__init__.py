"""An open knowledge graph of the relations between countries.

::

    cli/            the verbs: check, build, serve, export, query and others
    errors.py       the errors; each knows its HTTP status
    formats.py      the closed table of formats, and negotiation over it
    terms.py        prefixes, base IRI, minting of IRIs
    project.py      where ontology, shapes, data and questions lie
    snapshot.py     the store folder: the seam between the two paths
    release.py      the release folder: the seam between what exports and what serves
    documents.py    what is said about one IRI
    graphs.py       quads as an rdflib graph
    build/          files → RDF → gate → store
    publish/        store → releases, and what Wikidata could have
    serve/          HTTP → protocol → engine → results
    client/         an endpoint's answers as Python values: ``from bilateral import Client``
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilateral.client import Client

__all__ = ["Client", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load the client where it is asked for, since the command starts without it."""
    if name == "Client":
        from bilateral.client import Client  # noqa: PLC0415

        return Client
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
