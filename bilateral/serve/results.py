"""Results and documents as HTTP responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bilateral.errors import NotAcceptable
from bilateral.formats import Format, by_name, negotiate
from bilateral.message import Message
from bilateral.serve.codings import IDENTITY
from bilateral.serve.codings import negotiate as negotiate_coding

VARY: Final = "Accept, Accept-Encoding, Accept-Language"
ANYBODY: Final = {"access-control-allow-origin": "*", "access-control-expose-headers": "*"}
"""Scripts of any page may read the answer: there are no credentials, so nothing can be stolen (Fetch, section 3.2)."""

_WORTH_COMPRESSING: Final = 1024
"""Bytes below which compression saves less than a packet."""


@lru_cache(256)
def choose(accept: str | None, wanted: str | None, offered: Sequence[Format]) -> Format:
    """Choose the format of an answer: the one asked for by name, else by the Accept header.

    Raises:
        NotAcceptable: none fits; says which there are.
    """
    chosen = by_name(wanted, offered) if wanted else negotiate(accept, offered)
    if chosen is None:
        available = tuple(format_.media_type for format_ in offered)
        raise NotAcceptable(
            Message(
                "There is no {wanted} of this. There is: {known}.", wanted=wanted or accept, known=", ".join(available)
            ),
            available=available,
        )
    return chosen


def etag_of(*parts: str) -> str:
    """Make an entity tag from what the content depends on (RFC 9110, section 8.8.3)."""
    return '"' + "-".join(parts) + '"'


def has_version(if_none_match: str | None, etag: str) -> bool:
    """Whether the client has this version already (RFC 9110, section 13.1.2)."""
    if if_none_match is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags


def respond(
    request: Request, content: bytes, format_: Format, *, etag: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Send content, compressed as the client likes, or 304 where it has this version."""
    coding = negotiate_coding(request.headers.get("accept-encoding"))
    if len(content) < _WORTH_COMPRESSING:
        coding = IDENTITY
    common = {"Vary": VARY, **(headers or {})}
    if coding is not IDENTITY:
        etag = etag_of(etag.strip('"'), coding.name)
        common["Content-Encoding"] = coding.name
    common["ETag"] = etag
    if has_version(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=common)
    return Response(coding.encode(content), media_type=format_.content_type, headers=common)
