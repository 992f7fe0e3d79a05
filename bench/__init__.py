"""The same queries on the same data, against our server and four others.

::

    __main__.py   the command: python -m bench
    data.py       the data: invented, the same in every run
    queries.py    the queries, from queries/*.rq and runaway/*.rq
    systems.py    what is measured: servers as real processes, and the engine in this one
    stock.py      the server of system (a): rdflib-endpoint as it comes
    empty.py      the server of system (d): an empty answer
    client.py     one HTTP client, as lean as Python allows; also a process of its own
    loads.py      several clients at once
    measures.py   what is measured, and how often
    report.py     medians and ratios, as tables and as JSON
"""
