"""The guard against the W3C's own queries: it refuses none for a reason that is not a documented limit."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilateral.errors import QueryRefused
from bilateral.serve.guard import inspect
from bilateral.serve.limits import Limits
from tests.conformance.suite import BASE, folder

FOLDER = folder()
QUERIES = sorted(FOLDER.glob("sparql1[01]/**/*.rq"))
GAPS = [" ", "\t\r\n", "\n# SERVICE <x:> { LOAD FROM (((\n", '\n#\'\n#"""\n', " # <\n"]
TOKEN = re.compile(
    r"""<[^<>\s]*>|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*\n?|\s+""", re.DOTALL
)


def asks_another(path: Path) -> bool:
    return bool(re.search(r"\bservice\b", path.read_text(encoding="utf-8"), re.IGNORECASE))


def test_there_are_queries_to_look_at() -> None:
    assert len(QUERIES) > 300


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_the_guard_lets_it_through(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if asks_another(path):
        with pytest.raises(QueryRefused, match="SERVICE is refused"):
            inspect(text, Limits())
    else:
        inspect(text, Limits())


@settings(max_examples=500, deadline=None)
@given(path=st.sampled_from([path for path in QUERIES if not asks_another(path)]), data=st.data())
def test_comments_and_spaces_change_nothing_of_what_the_guard_sees(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")
    gaps = st.sampled_from(GAPS)
    woven = TOKEN.sub(lambda match: data.draw(gaps) if match.group().isspace() else match.group(), text)
    assert inspect(woven) == inspect(text)
    assert parses(woven) == parses(text)


def parses(text: str) -> bool:
    try:
        ox.Store().query(text, base_iri=BASE)
    except SyntaxError:
        return False
    except RuntimeError:  # it parses, and asks for a function that the engine has not
        return True
    return True
