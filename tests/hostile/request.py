"""A hostile request, and how it is sent: as bytes on a socket, since no client of good manners would send it."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_PATIENCE = 20.0


@dataclass(frozen=True)
class Request:
    """Bytes to send, under a name that tells what is bad about them."""

    name: str
    raw: bytes


def http(
    name: str, target: str, *headers: str, method: str = "GET", body: bytes = b"", content_type: str = ""
) -> Request:
    """Make a request that is sound as HTTP."""
    fields = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    if content_type:
        fields.append(f"Content-Type: {content_type}")
    if body or method in {"POST", "QUERY", "PUT"}:
        fields.append(f"Content-Length: {len(body)}")
    return Request(name, "\r\n".join(fields).encode("latin-1") + b"\r\n\r\n" + body)


def post(name: str, query: str | bytes) -> Request:
    """Make a request that asks a query."""
    body = query if isinstance(query, bytes) else query.encode("utf-8")
    return http(name, "/sparql", method="POST", body=body, content_type="application/sparql-query")


def get(name: str, query: str) -> Request:
    """Make a request that asks a query in its address."""
    return http(name, f"/sparql?query={quote(query, safe='')}")


def send(address: str, request: Request) -> int | None:
    """Send a request, and read its answer to the end; gives its status, or None where there is none."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), timeout=_PATIENCE) as connection:
        answer = b""
        try:
            connection.sendall(request.raw)
            while piece := connection.recv(1 << 20):
                answer = answer or piece
        except (ConnectionResetError, BrokenPipeError):
            pass  # the server has said what it had to say, and closed
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else None
