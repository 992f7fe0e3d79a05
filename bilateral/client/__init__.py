"""The client: asks an endpoint from Python. It needs nothing of ``serve`` and ``build``.

::

    asking.py       Client: what can be asked
    connection.py   a request becomes a whole answer, or an error; asks again where that helps
    problems.py     the endpoint's error becomes the exception of its cause
    pages.py        a query in parts
    questions.py    what can be asked by name
    rows.py         Rows and Row: solutions
    values.py       Iri, Text, Year, YearMonth: cells
    frames.py       rows as frames of Arrow, pandas and polars
"""

from bilateral.client.asking import Client
from bilateral.client.questions import Parameter, Question
from bilateral.client.rows import Row, Rows
from bilateral.client.values import BlankNode, Iri, Text, Value, Year, YearMonth, days

__all__ = [
    "BlankNode",
    "Client",
    "Iri",
    "Parameter",
    "Question",
    "Row",
    "Rows",
    "Text",
    "Value",
    "Year",
    "YearMonth",
    "days",
]
