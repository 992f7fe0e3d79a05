"""The test suites of the W3C for SPARQL 1.1, asked over HTTP from the real server.

Not run: the suites for updates and the graph store protocol (the endpoint is read-only) and for
entailment regimes (it offers none).
"""
