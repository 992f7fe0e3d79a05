"""The client asks a real server; what no sound server does is answered by a socket that plays it."""

import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import httpx
import pandas as pd
import polars as pl
import pytest
from rdflib import Literal
from rdflib.namespace import XSD

from bilateral import Client, errors
from bilateral.client import Iri, Text, Value, Year, YearMonth, days
from bilateral.client.problems import error_of
from bilateral.formats import CSV
from bilateral.serve.problems import body_of
from bilateral.terms import expand
from tests.conftest import serving
from tests.test_pool import RUNAWAY

NAMES = "SELECT ?party ?name { ?party a bilat:Party ; rdfs:label ?name } ORDER BY ?party"
ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
FIELDS = b"Content-Type: application/sparql-results+json\r\nConnection: close\r\n"
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
ORDERED = "SELECT ?x {} ORDER BY ?x"


def whole(etag: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\n%s%sContent-Length: %d\r\n\r\n%s" % (FIELDS, etag, len(ROWS), ROWS)


@contextmanager
def playing(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Answer one connection after the other with these bytes, then close it; gives the address and what was asked."""
    asked: list[bytes] = []

    class Player(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.request.recv(65536))
            self.wfile.write(answers[min(len(asked), len(answers)) - 1])

    with socketserver.TCPServer(("127.0.0.1", 0), Player) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/sparql", asked
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def asking(server: str) -> Iterator[Client]:
    with Client(f"{server}/sparql") as client:
        yield client


@pytest.fixture(scope="module")
def narrow(store: Path) -> Iterator[Client]:
    """A server whose limits are soon met."""
    with (
        serving("--store", store, "--rows", "2000", "--query-timeout", "1") as address,
        Client(f"{address}/sparql") as c,
    ):
        yield c


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ('"plain"', "plain"),
        ("party:PER", Iri(expand("party:PER"))),
        ("-7", -7),
        ('"7"^^xsd:nonNegativeInteger', 7),
        ("1.50", Decimal("1.50")),
        ("2e3", 2000.0),
        ("true", True),
        ('"2011-08-01"^^xsd:date', date(2011, 8, 1)),
        ('"1980-02"^^xsd:gYearMonth', YearMonth(1980, 2)),
        ('"1963"^^xsd:gYear', Year(1963)),
        ('"2026-11-24T10:00:00Z"^^xsd:dateTime', datetime(2026, 11, 24, 10, tzinfo=UTC)),
    ],
)
def test_a_cell_has_the_python_type_of_its_datatype(asking: Client, term: str, value: Value) -> None:
    (row,) = asking.query(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert (type(row["x"]), row["x"]) == (type(value), value)


@pytest.mark.parametrize("form", ["2011-02-30", "2011-08-01Z", "soon", "2011-08-01 "])
def test_a_date_that_python_cannot_hold_stays_text_with_its_datatype(asking: Client, form: str) -> None:
    (row,) = asking.query(f'SELECT ?x {{ VALUES ?x {{ "{form}"^^xsd:date }} }}')
    assert isinstance(row["x"], Text)
    assert (str(row["x"]), row["x"].datatype) == (form, str(XSD.date))


def test_text_keeps_its_language(asking: Client) -> None:
    rows = asking.query("SELECT ?name { party:PER rdfs:label ?name }")
    assert ("페루", "ko") in {(row["name"], getattr(row["name"], "language", None)) for row in rows}


def test_a_row_reads_like_a_mapping_and_has_none_where_nothing_is_bound(asking: Client) -> None:
    (row,) = asking.query("SELECT ?a ?b { BIND(1 AS ?a) }")
    assert dict(row) == {"a": 1, "b": None}
    assert (hash(row), repr(row)) == (hash(row), "Row({'a': 1, 'b': None})")
    with pytest.raises(KeyError):
        row["c"]


def test_rows_read_like_a_sequence_and_tell_the_version_of_the_data(asking: Client, store: Path) -> None:
    rows = asking.query(NAMES)
    assert rows.variables == ("party", "name")
    assert rows[1:3].column("party") == rows.column("party")[1:3]
    assert (rows[-1], len(rows)) == (list(rows)[-1], len(list(rows)))
    assert rows.version
    assert rows.version in (store / "current" / "manifest.json").read_text(encoding="utf-8")


def test_a_date_of_any_precision_has_a_first_and_a_last_day() -> None:
    assert days(Year(1963)) == (date(1963, 1, 1), date(1963, 12, 31))
    assert days(YearMonth(2024, 2)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert days(date(2011, 8, 1)) == (date(2011, 8, 1), date(2011, 8, 1))


MIXED = """
SELECT ?whole ?gap ?number ?truth ?day ?year ?dates ?text {
  VALUES (?whole ?gap ?number ?truth ?day ?year ?dates ?text) {
    (1 UNDEF 1 true "2011-08-01"^^xsd:date "1963"^^xsd:gYear "1980-02"^^xsd:gYearMonth "a"@en)
    (2 3 1.5 UNDEF UNDEF UNDEF "2011-08-01"^^xsd:date 1)
  }
}
"""


def test_a_frame_of_pandas_has_one_type_a_column(asking: Client) -> None:
    frame = asking.query(MIXED).to_pandas()
    kinds = [str(dtype).partition("[")[0] for dtype in frame.dtypes]
    assert kinds == ["Int64", "Int64", "float64", "boolean", "datetime64", "Int64", "str", "str"]
    assert frame["day"][0] == pd.Timestamp("2011-08-01")
    assert list(frame["dates"]) == ["1980-02", "2011-08-01"]


def test_a_frame_of_polars_has_one_type_a_column(asking: Client) -> None:
    frame = asking.query(MIXED).to_polars()
    kinds = [pl.Int64, pl.Int64, pl.Float64, pl.Boolean, pl.Date, pl.Int64, pl.String, pl.String]
    assert frame.dtypes == kinds
    assert frame["gap"].to_list() == [None, 3]


def test_numbers_too_large_for_a_column_of_integers_and_mixed_moments_still_fit(asking: Client) -> None:
    rows = asking.query(
        'SELECT * { VALUES (?n ?t) { (99999999999999999999 "2026-01-01T00:00:00Z"^^xsd:dateTime) '
        '(1 "2026-01-01T00:00:00"^^xsd:dateTime) } }'
    )
    assert [str(field.type) for field in rows.to_arrow().schema] == ["double", "string"]
    assert str(rows[:1].to_arrow().schema.field("t").type) == "timestamp[us, tz=UTC]"


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_frame_says_which_package_is_missing(asking: Client, package: str) -> None:
    code = (
        f"import sys; sys.modules['{package}'] = None\n"
        f"from bilateral import Client\nClient('{asking.endpoint}').query('SELECT * {{}}').to_{package}()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f"ImportError: This needs {package}, which is not installed: pip install {package}" in result.stderr


def test_construct_gives_a_graph_whose_literals_are_as_written(asking: Client) -> None:
    graph = asking.graph("CONSTRUCT WHERE { <id/relation/KOR-PER/embassy-per-seoul> bilat:startDate ?start }")
    (triple,) = graph
    assert triple[2] == Literal("1980-02", datatype=XSD.gYearMonth, normalize=False)
    assert str(triple[2]) == "1980-02"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("party:PER", "id/party/PER"),
        (expand("rel:KOR-PER"), "id/relation/KOR-PER"),
        ("rel:PER-KOR", "id/relation/KOR-PER"),
        ("bilat:Party", "ontology"),
    ],
)
def test_describe_gives_the_document_of_a_thing(asking: Client, client: httpx.Client, name: str, path: str) -> None:
    document = client.get(f"/{path}.nt").content
    assert len(asking.describe(name)) == len(document.splitlines()) > 0


@pytest.mark.parametrize("name", ["party:XXX", "wd:Q419", "http://example.com/a"])
def test_describe_knows_only_what_the_server_has(asking: Client, name: str) -> None:
    with pytest.raises(errors.NotFound):
        asking.describe(name)


def test_ask_gives_yes_or_no(asking: Client) -> None:
    assert asking.ask("ASK { rel:KOR-PER a bilat:BilateralRelation }")
    assert not asking.ask("ASK { rel:KOR-PER a bilat:Party }")


def test_an_answer_can_be_had_as_the_bytes_of_a_format(asking: Client) -> None:
    assert asking.answer("SELECT ?x { BIND(1 AS ?x) }", CSV) == b"x\r\n1\r\n"


def test_a_query_too_long_for_an_address_is_asked_as_well(asking: Client) -> None:
    text = "관계 ñ & % + # ?" * 500
    assert asking.query(f'SELECT ("{text}" AS ?x) {{}}')[0]["x"] == text


def test_threads_may_share_a_client(asking: Client) -> None:
    with ThreadPoolExecutor(4) as threads:
        values = threads.map(lambda n: asking.query(f"SELECT ({n} AS ?x) {{}}")[0]["x"], range(40))
    assert list(values) == list(range(40))


def test_a_mistake_has_its_line_and_column(asking: Client) -> None:
    with pytest.raises(errors.QueryError) as caught:
        asking.query("SELECT ?x {\n  ?x ?y }")
    assert (caught.value.line, caught.value.column) == (2, 10)


@pytest.mark.parametrize(
    ("query", "error", "members"),
    [
        ("SELECT * { SERVICE <http://example.com/> {} }", errors.QueryRefused, {"limit": None}),
        (f"ASK {{ {'{' * 70}{'}' * 70} }}", errors.QueryRefused, {"limit": "nesting", "value": 64}),
        ("INSERT DATA { <a:a> <a:b> 1 }", errors.UpdateRefused, {}),
        (" ", errors.BadRequest, {}),
        (f"ASK {{}} #{'x' * 300_000}", errors.PayloadTooLarge, {"limit": "request_bytes", "value": 262144}),
        (RUNAWAY, errors.QueryTimeout, {"limit": "query_timeout", "value": 1.0}),
        ("CONSTRUCT WHERE { ?s ?p ?o }", errors.AnswerUnexpected, {}),
        ("ASK {}", errors.AnswerUnexpected, {}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_a_server_refuses_is_raised_by_its_cause(
    narrow: Client, query: str, error: type[Exception], members: dict[str, object]
) -> None:
    with pytest.raises(error) as caught:
        narrow.query(query)
    assert {name: getattr(caught.value, name) for name in members} == members


@pytest.mark.parametrize("pattern", ["?s ?p ?o", "?s ?p ?o . ?a ?b ?c"])
def test_a_result_that_meets_a_limit_is_an_error_and_never_half_a_result(narrow: Client, pattern: str) -> None:
    with pytest.raises((errors.ResultTooLarge, errors.AnswerBroken)):
        narrow.query(f"SELECT * {{ {pattern} }}")


def test_every_error_of_a_server_comes_back_as_itself() -> None:
    plain = [
        kind("No.") for kind in (errors.BadRequest, errors.UpdateRefused, errors.NotFound, errors.UnsupportedMediaType)
    ]
    engine = (errors.QueueFull, errors.WorkerDied, errors.QueryTimeout, errors.ResultTooLarge)
    connection = (errors.RequestTimeout, errors.HeadTooLarge, errors.TooManyConnections)
    for error in [
        *plain,
        *(kind("No.", limit="queue", value=0.5) for kind in engine),
        *(kind("No.", limit=7) for kind in connection),
        errors.QueryError("No.", line=1, column=2),
        errors.QueryRefused("No.", limit="nesting", value=64),
        errors.PayloadTooLarge("No.", limit="request_bytes", value=9),
        errors.MethodNotAllowed("No.", allow=("GET",)),
        errors.NotAcceptable("No.", available=("text/csv",)),
    ]:
        back = error_of(httpx.Response(error.status, json=body_of(error, "en")))
        assert (type(back), str(back), back.members) == (type(error), "No.", error.members)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (b"400 Bad Request", errors.QueryError),
        (b"404 Not Found", errors.NotFound),
        (b"500 Internal Server Error", errors.AnswerUnexpected),
    ],
)
def test_errors_of_other_servers_are_told_by_their_status(status: bytes, error: type[Exception]) -> None:
    answer = b"HTTP/1.1 %s\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nIt is Tuesday." % status
    with playing(answer) as (address, _), Client(address) as client, pytest.raises(error, match="It is Tuesday"):
        client.query("ASK {}")


def test_a_busy_server_is_asked_again_when_it_says(store: Path) -> None:
    with serving("--store", store, "--workers", "1", "--queue", "0") as address, ThreadPoolExecutor(1) as other:
        other.submit(httpx.post, f"{address}/sparql", data={"query": RUNAWAY, "timeout": "1.5"})
        with Client(f"{address}/sparql") as patient, Client(f"{address}/sparql", retries=0) as hasty:
            time.sleep(0.5)
            with pytest.raises(errors.QueueFull):
                hasty.ask("ASK { ?s ?p ?o }")
            assert patient.ask("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("first", [BUSY, BUSY.replace(b"503", b"429"), b"", b"HTTP/1.1 200 OK\r\nContent-"])
def test_what_has_not_been_answered_is_asked_again(first: bytes) -> None:
    with playing(first, first, whole()) as (address, asked), Client(address) as client:
        assert client.query(NAMES).column("x") == ("1",)
        assert len(asked) == 3


def test_a_server_that_stays_busy_is_asked_as_often_as_was_said() -> None:
    with playing(BUSY) as (address, asked), Client(address, retries=2) as client:
        with pytest.raises(errors.EndpointBusy):
            client.query(NAMES)
        assert len(asked) == 3


@pytest.mark.parametrize("moment", [b"3600", b"Fri, 31 Dec 2100 23:59:59 GMT"])
def test_nobody_waits_an_hour(moment: bytes) -> None:
    busy = BUSY.replace(b"After: 0", b"After: " + moment)
    with playing(busy) as (address, asked), Client(address) as client:
        with pytest.raises(errors.EndpointBusy):
            client.query(NAMES)
        assert len(asked) == 1


def test_a_query_that_broke_its_worker_is_not_asked_again() -> None:
    body = httpx.Response(503, json=body_of(errors.WorkerDied("It broke.", limit="memory", value=1), "en")).content
    died = b"HTTP/1.1 503 No\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body)
    with playing(died) as (address, asked), Client(address) as client:
        with pytest.raises(errors.WorkerDied):
            client.query(NAMES)
        assert len(asked) == 1


@pytest.mark.parametrize(
    "half",
    [
        b"HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (FIELDS, len(ROWS), ROWS),
        b"HTTP/1.1 200 OK\r\n%sContent-Length: 1000\r\n\r\n%s" % (FIELDS, ROWS),
        b"HTTP/1.1 200 OK\r\n%s\r\n%s" % (FIELDS, ROWS[:-3]),
        b"HTTP/1.1 200 OK\r\n%s\r\n%s" % (FIELDS, ROWS[:20]),
    ],
    ids=["chunks", "length", "last bytes", "first bytes"],
)
def test_half_an_answer_is_an_error_and_not_asked_again(half: bytes) -> None:
    with playing(half) as (address, asked), Client(address) as client:
        with pytest.raises(errors.AnswerBroken):
            client.query(NAMES)
        assert len(asked) == 1


def test_a_server_that_says_nothing_is_waited_for_as_long_as_was_said() -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.StreamRequestHandler) as silent:
        address = f"http://127.0.0.1:{silent.server_address[1]}/sparql"
        with Client(address, timeout=0.2) as client, pytest.raises(errors.QueryTimeout, match=r"within 0\.2 s"):
            client.query(NAMES)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/sparql", "nowhere", "ftp://127.0.0.1/sparql", "http://[::1/"])
def test_a_server_that_is_not_there_cannot_be_reached(address: str) -> None:
    with Client(address, retries=1) as client, pytest.raises(errors.EndpointUnreachable, match="cannot be reached"):
        client.query(NAMES)


def test_a_page_is_no_result(server: str) -> None:
    with Client(server) as client, pytest.raises(errors.AnswerUnexpected, match="text/html"):
        client.query(NAMES)


@pytest.mark.parametrize("size", [7, 30, 10_000])
@pytest.mark.parametrize("variables", ["?fact ?kind", "*"])
def test_pages_have_each_row_once_though_the_query_leaves_ties(asking: Client, variables: str, size: int) -> None:
    query = f"SELECT {variables} {{ ?fact bilat:kind ?kind ; bilat:ofRelation rel:KOR-PER }}"
    pages = list(asking.pages(f"{query} ORDER BY ?kind # by kind", size))
    rows = [row for page in pages for row in page]
    assert all(len(page) == size for page in pages[:-1])
    assert len(rows) == len(set(rows)) > 90
    assert set(rows) == set(asking.query(query))
    assert [row["kind"] for row in rows] == sorted(str(row["kind"]) for row in rows)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?s { ?s ?p ?o }", "add one"),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3", "own LIMIT"),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s VALUES ?p { rdf:type }", "inside the braces"),
        ("ASK { ?s ?p ?o } ORDER BY ?s", "Only SELECT"),
    ],
)
def test_a_query_that_pages_would_change_is_refused(asking: Client, query: str, said: str) -> None:
    with pytest.raises(errors.QueryRefused, match=said):
        next(asking.pages(query))


def test_a_mistake_in_a_query_for_pages_is_told_by_the_server(asking: Client) -> None:
    with pytest.raises(errors.QueryError, match="Line 1, column 18"):
        next(asking.pages("SELECT ?s { ?s ?p"))


def test_pages_of_different_data_are_not_put_together() -> None:
    answers = [whole(b'ETag: "%s-x"\r\n' % version) for version in (b"one", b"two")]
    with playing(*answers) as (address, _), Client(address) as client, pytest.raises(errors.DataChanged) as caught:
        list(client.pages(ORDERED, 1))
    assert (caught.value.before, caught.value.now) == ("one", "two")


def test_pages_need_a_server_that_tells_the_version_of_its_data() -> None:
    with playing(whole()) as (address, _), Client(address) as client, pytest.raises(errors.AnswerUnexpected):
        list(client.pages(ORDERED, 1))


def test_a_client_says_who_it_is() -> None:
    with playing(whole()) as (address, asked), Client(address, user_agent="survey/2") as client:
        client.query(NAMES)
    assert b"user-agent: survey/2\r\n" in asked[0].lower()


@pytest.mark.parametrize(
    ("imported", "absent"),
    [
        ("bilateral.cli", ("bilateral.client", "httpx", "rdflib")),
        ("bilateral.client", ("bilateral.serve", "bilateral.build", "rdflib", "pyarrow", "pandas")),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(imported: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {imported}; print([name for name in {absent!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
