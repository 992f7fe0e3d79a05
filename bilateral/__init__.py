"""An open knowledge graph of the relations between countries.

::

    cli.py          the verbs: check, format, build, serve, query
    errors.py       the errors; each knows its HTTP status
    formats.py      the closed table of formats, and negotiation over it
    terms.py        prefixes, base IRI, minting of IRIs
    project.py      where ontology, shapes, data and questions lie
    snapshot.py     the store folder: the seam between the two paths
    documents.py    what is said about one IRI
    graphs.py       quads as an rdflib graph
    build/          files → RDF → gate → store
    serve/          HTTP → protocol → engine → results
"""

__version__ = "0.1.0"
