"""Hostile messages: bytes, header fields, addresses and parameters that nobody should send."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.hostile.request import Request, http, post

ASK = "/sparql?query=ASK%7B%7D"
FORM = "application/x-www-form-urlencoded"

BYTES = {
    "no UTF-8": b"ASK { FILTER('\xff\xfe' = '') }",
    "overlong": b"ASK { FILTER('\xc0\xaf' = '') }",
    "a surrogate": b"ASK { FILTER('\xed\xa0\x80' = '') }",
    "cut off": b"ASK { FILTER('\xe2\x82",
    "a null": b"ASK { FILTER('\x00' = '') }",
    "a null between words": b"ASK\x00{}",
    "nothing but nulls": b"\x00" * 1000,
    "controls": bytes(range(32)) + b"ASK {}",
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbfASK {}",
    "UTF-16": "ASK {}".encode("utf-16"),
    "UTF-32": "ASK {}".encode("utf-32"),
    "a line separator": "ASK { FILTER('\u2028' = '') }".encode(),
    "writing from the right": "ASK { FILTER('\u202e' = '') } # \u202e".encode(),
    "an escaped surrogate": b"ASK { FILTER('\\uD800' = '') }",
    "an escape beyond Unicode": b"ASK { FILTER('\\UFFFFFFFF' = '') }",
    "an escaped null": b"ASK { FILTER('\\u0000' = '') }",
    "an escaped bracket": b"ASK \\u007B\\u007D",
    "an IRI with a null": b"ASK { <x:\\u0000> ?p ?o }",
    "an IRI with spaces": b"ASK { <x: a> ?p ?o }",
    "nothing": b"",
    "spaces": b" \t\r\n",
    "only a comment": b"# ASK {}",
    "noise": bytes(range(256)) * 40,
}

FIELDS = (
    f"Accept: {','.join(['a/b;q=0.1'] * 4000)}",
    f"Accept: {';' * 30000}",
    f"Accept: {',' * 30000}",
    f"Accept: */*{';q=1' * 5000}",
    "Accept: text/html;q=nan",
    "Accept: text/html;q=inf, */*;q=-1",
    "Accept: text/html;q=1e400",
    "Accept: \xff\xfe",
    f"Accept-Encoding: {','.join(['gzip'] * 5000)}",
    "Accept-Encoding: gzip;q=nan, zstd;q=inf",
    "Accept-Encoding: \x80",
    f"Accept-Language: {','.join(['es'] * 5000)}",
    "Accept-Language: ../../../../etc/passwd",
    "Accept-Language: \xff",
    f"If-None-Match: {','.join(['W/'] * 9000)}",
    'If-None-Match: "',
    f"Cookie: {'a=b;' * 9000}",
    "X-Request-Id: a\tb",
    "X-Request-Id: {{7*7}}",
    f"X-Request-Id: {'a' * 5000}",
    "X-Forwarded-For: 1.2.3.4, ::1, \xff",
    "X-Forwarded-Proto: javascript",
    "X-Forwarded-Host: evil.example",
    "X-HTTP-Method-Override: DELETE",
    'Forwarded: for="',
    "Range: bytes=0-0,0-0",
    f"Range: bytes={','.join(['0-'] * 5000)}",
    "Range: bytes=-99999999999999999999",
    "Range: bytes=9-1",
    "Range: lines=1-2",
    "Upgrade: websocket",
    "Upgrade: h2c",
    "Expect: 100-continue",
    "Expect: nonsense",
    "TE: trailers, deflate;q=0.5",
    "Content-Length: 0",
    "Origin: null",
    "Origin: javascript:alert(1)",
    "Referer: \xff",
    f"A{'a' * 30000}: b",
)

RAW = {
    "no HTTP": b"hello\r\n\r\n",
    "TLS": b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + bytes(64) + b"\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n\r\n",
    "HTTP/9.9": b"GET / HTTP/9.9\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    "an absolute target": b"GET http://127.0.0.1:1/sparql HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "CONNECT": b"CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a method in small letters": b"get / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a long method": b"A" * 5000 + b" / HTTP/1.1\r\nHost: a\r\n\r\n",
    "a bare line feed": b"GET / HTTP/1.1\nHost: a\nConnection: close\n\n",
    "a folded field": b"GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\nConnection: close\r\n\r\n",
    "a null in a field": b"GET / HTTP/1.1\r\nHost: a\r\nX: \x00\r\nConnection: close\r\n\r\n",
    "a field without a name": b"GET / HTTP/1.1\r\nHost: a\r\n: b\r\nConnection: close\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost: a\r\nX : b\r\nConnection: close\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a length and chunks": (
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG"
    ),
    "a negative length": b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "a length beyond all numbers": b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 50 + b"\r\n\r\n",
    "a length that is a lie": (
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 999999\r\n\r\n"
    ),
    "chunks that are none": b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    "a chunk beyond all numbers": (
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n\r\n"
    ),
    "an unknown transfer coding": b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nabc",
    "many fields": b"GET / HTTP/1.1\r\nHost: a\r\n" + b"a:b\r\n" * 9000 + b"Connection: close\r\n\r\n",
    "a large field": b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "a long address": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "many requests at once": b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" * 500
    + b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "half a request": b"GET / HTTP/1.1\r\nHos",
    "a request inside a request": (
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 40\r\n\r\n"
        b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n      "
    ),
}

PLACES = ("/download/", "/static/", "/id/", "/id/relation/", "/graph/", "/kind/", "/ontology/", "/shapes/", "/")
STEPS = (
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252fetc%252fpasswd",
    "..%5c..%5cetc%5cpasswd",
    "%c0%ae%c0%ae/etc/passwd",
    "/etc/passwd",
    "%00.ttl",
    "x%00.html",
    "%0d%0aSet-Cookie:%20a=b",
    "%ff%fe",
    "<script>alert(1)</script>.html",
    "%F0%9F%92%A9.ttl",
    "a" * 5000,
    "a/" * 2000,
    "file:///etc/passwd",
)

PARAMETERS = (
    "query=ASK{}&query=ASK{}",
    "query=",
    "query",
    "=ASK{}",
    "query=%",
    "query=%zz",
    "query=%FF",
    "query=ASK{}&format=../../etc/passwd",
    "query=ASK{}&format=" + "a," * 5000,
    "query=ASK{}&format=html",
    "query=ASK{}&timeout=-1",
    "query=ASK{}&timeout=nan",
    "query=ASK{}&timeout=1e-300",
    "query=ASK{}&timeout=1e300",
    "query=ASK{}&timeout=" + "9" * 5000,
    "query=ASK{}&lang=../../es",
    "query=ASK{}&lang=%00",
    "&".join(["query=ASK{}", *["a=b"] * 5000]),
    "&" * 20000,
    ";" * 20000,
    "update=CLEAR+ALL",
    "query=ASK{}&update=CLEAR+ALL",
    "callback=alert(1)&query=ASK{}",
)


def messages() -> Iterator[Request]:
    """Give all of them."""
    for name, body in BYTES.items():
        yield post(f"bytes: {name}", body)
        yield http(f"bytes in a form: {name}", "/sparql", method="POST", body=b"query=" + body, content_type=FORM)
    for field, target in product(FIELDS, (ASK, "/id/relation/KOR-PER.ttl")):
        yield http(f"field: {field[:60]} at {target}", target, field)
    for name, raw in RAW.items():
        yield Request(f"raw: {name}", raw)
    for place, step in product(PLACES, STEPS):
        yield http(f"address: {place}{step[:60]}", place + step)
    for parameters in PARAMETERS:
        yield http(f"parameters: {parameters[:60]}", f"/sparql?{parameters}")
        yield http(
            f"parameters in a form: {parameters[:60]}",
            "/sparql",
            method="POST",
            body=parameters.encode(),
            content_type=FORM,
        )
    for content_type in (
        "",
        "x",
        "text/plain",
        f"{FORM}; charset=utf-7",
        'application/sparql-query; charset="',
        "a" * 20000,
    ):
        yield http(f"type: {content_type[:60]}", "/sparql", method="POST", body=b"ASK {}", content_type=content_type)
    gzipped = http(
        "a compressed body",
        "/sparql",
        "Content-Encoding: gzip",
        method="POST",
        body=b"\x1f\x8b" + bytes(100),
        content_type="application/sparql-query",
    )
    yield gzipped
