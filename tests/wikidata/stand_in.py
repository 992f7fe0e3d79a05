"""A stand-in for Wikidata on loopback: a real server with what is asked of it in a list, and faults on order."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

ENTITIES: Mapping[str, Any] = json.loads((Path(__file__).parent / "stand-in.json").read_text("utf-8"))["entities"]


@dataclass(frozen=True)
class Fault:
    """What the server does instead of answering."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    items: list[str]
    parameters: Mapping[str, str]
    agent: str
    at: float


class StandIn:
    """The state of the server: what it knows, which faults come first, how much fits into an answer."""

    def __init__(self) -> None:
        self.entities = deepcopy(dict(ENTITIES))
        self.faults: list[Fault] = []
        self.most = 50
        self.delay = 0.0
        self.address = ""
        self.asked: list[Asked] = []

    def redirect(self, item: str, target: str) -> None:
        """Make an item lead to another one."""
        self.entities[item] = {**self.entities[item], "id": target, "redirects": {"from": item, "to": target}}

    def state(self, item: str, property_: str, *values: str) -> None:
        """Let an item have other values of a property."""
        claims = dict(self.entities[item]["claims"] or {})
        claims[property_] = [
            {
                "mainsnak": {"snaktype": "value", "property": property_, "datavalue": {"value": _value(value)}},
                "rank": "normal",
            }
            for value in values
        ]
        self.entities[item]["claims"] = claims

    def answer(self, items: list[str]) -> dict[str, Any]:
        """Answer as the API does."""
        if any(int(item[1:]) > 2**31 for item in items):
            return {"error": {"code": "no-such-entity", "info": "Could not find such an entity"}}
        found = {item: self.entities.get(item, {"id": item, "missing": ""}) for item in items[: self.most]}
        return {"entities": found, "success": 1}


def _value(value: str) -> object:
    is_item = value.startswith("Q") and value[1:].isdecimal()
    return {"entity-type": "item", "id": value} if is_item else value


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """Run the server on a free port."""
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parameters = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            items = parameters["ids"].split("|")
            stand_in.asked.append(Asked(items, parameters, self.headers["User-Agent"], time.monotonic()))
            fault = stand_in.faults.pop(0) if stand_in.faults else Fault(delay=stand_in.delay)
            time.sleep(fault.delay)
            with suppress(BrokenPipeError, ConnectionResetError):  # the client may have gone
                self._send(fault, fault.body or json.dumps(stand_in.answer(items)))

        def _send(self, fault: Fault, body: str) -> None:
            self.send_response(fault.status)
            for name, value in fault.headers.items():
                self.send_header(name, value)
            content = body.encode()
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        stand_in.address = f"http://127.0.0.1:{server.server_port}/w/api.php"
        yield stand_in
        server.shutdown()
