"""An endpoint elsewhere that behaves as its path says, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

EX = "http://example.com/"
Term = dict[str, str]


def iri(name: str) -> Term:
    return {"type": "uri", "value": EX + name}


def result(*bindings: dict[str, Term]) -> bytes:
    names = sorted({name for binding in bindings for name in binding}) or ["x", "y"]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}).encode()


ONE = result({"x": iri("a1"), "y": {"type": "literal", "value": "one"}})
FIXED = {
    "/one": ONE,
    "/none": result(),
    "/bnode": result({"x": {"type": "bnode", "value": "b0"}, "y": {"type": "bnode", "value": "b0"}}),
    "/closing": result({"x": {"type": "uri", "value": "http://x> } SERVICE <http://y"}, "y": iri("b")}),
    "/quotes": result({"x": iri("a1"), "y": {"type": "literal", "value": '"""\\" } \n# \u0007SERVICE <x:> {'}}),
    "/language": result({"x": iri("a1"), "y": {"type": "literal", "value": "z", "xml:lang": "en } x"}}),
    "/variable": b'{"head": {"vars": ["x } y"]}, "results": {"bindings": []}}',
    "/boolean": b'{"head": {}, "boolean": true}',
    "/html": b"<!doctype html><title>Hello</title>",
    "/large": b" " * (3 << 20) + ONE,
    "/rows": result(*({"x": iri(f"a{number}")} for number in range(2000))),
}


@dataclass
class Elsewhere:
    """What was heard, by path; ``ended`` ends the wait of who is never answered."""

    address: str = ""
    heard: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def at(self, path: str) -> str:
        return self.address + path

    def queries(self, path: str) -> list[str]:
        return [query for heard, query, _ in self.heard if heard == path]


class Server(ThreadingHTTPServer):
    """Listens on loopback, on a free port."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.elsewhere = Elsewhere(f"http://127.0.0.1:{self.server_address[1]}")

    def handle_error(self, *_: object) -> None:
        """Clients may hang up."""


class Handler(BaseHTTPRequestHandler):
    """Answers as the path says."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        elsewhere = self.server.elsewhere
        form = self.rfile.read(int(self.headers["content-length"])).decode()
        elsewhere.heard.append((self.path, parse_qs(form)["query"][0], dict(self.headers)))
        match self.path:
            case "/busy" if len(elsewhere.queries("/busy")) == 1:
                self._answer(429, b"", {"Retry-After": "1"})
            case "/closed":
                self._answer(503, b"", {"Retry-After": "1000"})
            case "/redirect":
                self._answer(302, b"", {"Location": elsewhere.at("/one")})
            case "/broken":
                self._answer(500, b"java.lang.NullPointerException", {})
            case "/silent":
                self.close_connection = elsewhere.ended.wait(30)
            case path:
                self._answer(200, FIXED.get(path, ONE), {"Content-Type": "application/sparql-results+json"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[Elsewhere]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.elsewhere
        server.elsewhere.ended.set()
        server.shutdown()
