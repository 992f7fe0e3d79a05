"""Errors are told in the reader's language: on pages, and to programs that ask for one."""

import ast
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bilateral import errors
from bilateral.errors import BilateralError
from bilateral.message import Message, Verbatim
from bilateral.words import words
from tests.conftest import ROOT, serving

SERVE = ROOT / "bilateral" / "serve"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ENGLISH = re.compile(r"\b(the|is|are|of|not|must|there|nothing|known|and|this|has|was|be|send|as)\b", re.IGNORECASE)

PAGES = [
    ("GET", "/nowhere", 404),
    ("GET", "/static/nowhere.js", 404),
    ("POST", "/about", 405),
    ("GET", "/id/party/XXX", 404),
    ("GET", "/id/party/%5E%00", 404),
    ("GET", "/id/party/PER?format=png", 406),
    ("GET", "/id/party/PER.html?embassy=x", 400),
    ("GET", "/id/party/PER.html?before=63", 400),
    ("GET", "/id/party/PER.html?all=x", 400),
    ("GET", "/id/relation/KOR-PER.html?asOf=x", 400),
    ("GET", "/id/relation/KOR-PER.html?asOf=2999-01-01", 400),
    ("GET", "/id/relation/KOR-PER.html?all=x", 400),
    ("GET", "/ontology/X", 404),
    ("GET", "/query/x", 404),
    ("GET", "/query/relation/missions?iri=x", 400),
    ("GET", "/feed.atom?party=12", 400),
    ("GET", "/feed.atom?relation=12", 400),
    ("GET", "/feed.atom?party=XXX", 404),
    ("GET", "/download/9/", 404),
    ("GET", "/reconcile/preview?id=x", 404),
    ("GET", "/reconcile?queries=x", 400),
    ("GET", "/reconcile/properties?limit=x", 400),
    ("GET", "/reconcile/properties?type=x", 400),
]
"""What a browser can meet: each address, and what it answers."""

QUERIES = [
    ("SELEC", "columna 6: lo que hay aquí no se entiende.", "6열: 이 자리에 있는 것을 이해할 수 없다."),
    ("SELECT * { ?s ?p }", "Línea 1, columna 19: expected", "1행 19열: expected"),
    ("CLEAR ALL", "CLEAR es una actualización", "CLEAR: 갱신"),
    ("SELECT * { SERVICE <http://x/> {} }", "SERVICE se rechaza", "SERVICE는 거부된다"),
    ("SELECT * { ?s ?p ?o }", "El resultado tiene más de 50 filas", "결과가 50행을 넘는다"),
    ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "tardó más de 1 s:", "1초를 넘겼다"),
    (" ", "La consulta está vacía", "질의가 비어 있다"),
]


@pytest.fixture(scope="module")
def strict(store: Path) -> Iterator[httpx.Client]:
    """A server whose limits are soon met."""
    limits = ("--rows", "50", "--query-timeout", "1", "--no-federation")
    with serving("--store", store, *limits) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def shown(page: str) -> str:
    """Give the text of a page's main part, without what is marked as English."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return html.unescape(re.sub("<[^>]+>", " ", re.sub(r'<(\w+) lang="en">.*?</\1>', "", main)))


@pytest.mark.parametrize("language", ["es", "ko"])
@pytest.mark.parametrize(("method", "path", "status"), PAGES)
def test_the_page_of_an_error_has_no_english_sentence(
    client: httpx.Client, method: str, path: str, status: int, language: str
) -> None:
    headers = {"accept": BROWSER, "accept-language": language}
    page = client.request(method, path, headers=headers, follow_redirects=True)
    assert (page.status_code, page.headers["content-language"]) == (status, language)
    assert page.headers["content-type"].startswith("text/html")
    assert ENGLISH.findall(shown(page.text)) == []


@pytest.mark.parametrize(("query", "spanish", "korean"), QUERIES)
def test_a_program_that_prefers_a_language_is_told_in_it(
    strict: httpx.Client, query: str, spanish: str, korean: str
) -> None:
    for language, said in (("es-PE, es;q=0.9, en;q=0.5", spanish), ("ko", korean)):
        answer = strict.post("/sparql", data={"query": query}, headers={"accept-language": language})
        assert said in answer.json()["detail"]
        assert answer.headers["content-language"] == language[:2]
        assert "Accept-Language" in answer.headers["vary"]


def test_a_program_that_names_no_language_is_told_in_english(strict: httpx.Client) -> None:
    answer = strict.post("/sparql", data={"query": "SELECT * { ?s ?p ?o }"})
    assert answer.json() == {
        "type": "about:blank",
        "title": "The result is too large",
        "status": 413,
        "detail": "The result has more than 50 rows: ask for less, or add LIMIT.",
        "limit": "rows",
        "value": 50,
    }
    assert answer.headers["content-language"] == "en"


def test_the_words_of_others_stay_and_are_marked() -> None:
    placed = Message("Line {line}, column {column}: {mistake}.", line=1, column=2, mistake=Verbatim("expected <"))
    assert words("es").tell(placed) == "Línea 1, columna 2: expected <."
    assert words("ko").show(placed) == '1행 2열: <span lang="en">expected &lt;</span>.'


def test_a_message_is_the_same_after_a_pipe() -> None:
    inner = Message("{name} is not JSON: {error}.", name="a", error=Verbatim("b"))
    outer = Message("{where}: {mistake}.", where=7, mistake=inner)
    received = Message.from_json(json.loads(json.dumps(outer.as_json)))
    assert str(received) == str(outer) == "7: a is not JSON: b.."
    assert words("ko").show(received) == words("ko").show(outer)


def test_a_hostile_value_of_an_error_is_shown_and_not_run(client: httpx.Client) -> None:
    hostile = "<script>alert(1)</script>"
    for path in ("/id/relation/KOR-PER.html?asOf=", "/id/party/PER.html?all=", "/query/"):
        page = client.get(path + hostile, headers={"accept": BROWSER, "accept-language": "es"}).text
        assert hostile not in page
        assert html.escape(hostile) in page


def test_every_error_that_the_server_raises_says_a_message() -> None:
    known = {name for name, cause in vars(errors).items() if is_told(cause)}
    for path in set(SERVE.rglob("*.py")) - set((SERVE / "mcp").rglob("*.py")):  # models are told in English
        for call in calls(path, known):
            assert not isinstance(call.args[0], ast.Constant | ast.JoinedStr), f"{path}:{call.lineno}"


def test_a_message_is_written_where_it_is_said_so_that_it_is_found() -> None:
    for path in (*SERVE.rglob("*.py"), ROOT / "bilateral" / "parameter.py"):
        for call in calls(path, {"Message"}):
            assert isinstance(call.args[0], ast.Constant), f"{path}:{call.lineno}"


def is_told(cause: object) -> bool:
    """Whether something is an error that a client of the server may meet."""
    told = (errors.RequestError, errors.EngineError, errors.ServiceError)
    return cause is BilateralError or (isinstance(cause, type) and issubclass(cause, told))


def calls(path: Path, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node
