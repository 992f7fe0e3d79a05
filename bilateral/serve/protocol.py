"""The SPARQL 1.1 Protocol: an HTTP request becomes a query.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from bilateral.errors import BadRequest, UnsupportedMediaType, UpdateRefused
from bilateral.message import Message, Verbatim

QUERY_TYPE: Final = "application/sparql-query"
UPDATE_TYPE: Final = "application/sparql-update"
FORM_TYPE: Final = "application/x-www-form-urlencoded"
_MAX_PARAMETERS: Final = 1000

ADDRESS: Final = Message("The address")
_FORM: Final = Message("The form")
_BODY: Final = Message("The body")
_NO_TYPE: Final = Message("of no stated type")

WITH_BODY: Final = ("POST", "QUERY")
"""The methods whose body is the query; QUERY is as safe as GET (draft-ietf-httpbis-safe-method-w-body)."""


@dataclass(frozen=True)
class Query:
    """A query operation (section 2.1): its text, the dataset that it asks for, and what is not of the protocol.

    That is a wanted format, and the seconds that the query may take.
    """

    text: str
    default_graph_uris: tuple[str, ...] = ()
    named_graph_uris: tuple[str, ...] = ()
    format: str | None = None
    timeout: float | None = None

    @property
    def names_dataset(self) -> bool:
        """Whether the request itself names the dataset (section 2.1.4)."""
        return bool(self.default_graph_uris or self.named_graph_uris)


def parse(method: str, query_string: bytes, content_type: str | None, body: bytes) -> Query | None:
    """Read the query operation of a request; None where it asks for no query at all.

    Raises:
        BadRequest: no or more than one query, or bytes that are not UTF-8.
        UpdateRefused: an update.
        UnsupportedMediaType: a body of another type than the protocol's.
    """
    parameters = decode(query_string, ADDRESS)
    if method not in WITH_BODY:
        return _from_parameters(parameters)
    media_type, charset = _media_type(content_type)
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType(Message("The body must be in UTF-8, not {charset} (section 2.1).", charset=charset))
    if media_type == FORM_TYPE:
        return _from_parameters([*parameters, *decode(body, _FORM)])
    if media_type == QUERY_TYPE:
        return _from_parameters([("query", _text(body, _BODY)), *parameters])
    if media_type == UPDATE_TYPE:
        raise UpdateRefused(Message("Updates are refused: this endpoint is read-only."))
    if not body:
        return _from_parameters(parameters)
    raise UnsupportedMediaType(
        Message(
            "The body is {type}: send {wanted} or {form} (section 2.1).",
            type=media_type or _NO_TYPE,
            wanted=QUERY_TYPE,
            form=FORM_TYPE,
        )
    )


def parse_form(content_type: str | None, body: bytes) -> list[tuple[str, str]]:
    """Read the fields of a form.

    Raises:
        BadRequest: it is not percent-encoded UTF-8.
        UnsupportedMediaType: the body is no form.
    """
    media_type, _ = _media_type(content_type)
    if media_type != FORM_TYPE:
        raise UnsupportedMediaType(
            Message("The body is {type}: send {form}.", type=media_type or _NO_TYPE, form=FORM_TYPE)
        )
    return decode(body, _FORM)


def _from_parameters(parameters: Iterable[tuple[str, str]]) -> Query | None:
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise UpdateRefused(Message("Updates are refused: this endpoint is read-only."))
    texts = values.get("query", [])
    if len(texts) > 1:
        raise BadRequest(Message("There are {number} values of query: send one (section 2.1).", number=len(texts)))
    if not texts:
        return None
    if not texts[0].strip():
        raise BadRequest(
            Message("The query is empty: send one, for example {example}.", example="SELECT * { ?s ?p ?o } LIMIT 10")
        )
    return Query(
        text=texts[0],
        default_graph_uris=tuple(values.get("default-graph-uri", ())),
        named_graph_uris=tuple(values.get("named-graph-uri", ())),
        format=",".join(values["format"]) if "format" in values else None,
        timeout=seconds(values.get("timeout", [None])[-1]),
    )


def seconds(text: str | None) -> float | None:
    """Read the seconds that a query may take.

    Raises:
        BadRequest: it is no number above 0.
    """
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise BadRequest(Message("timeout={text} is not a number of seconds above 0.", text=text[:40]))
    return number


def _media_type(content_type: str | None) -> tuple[str, str]:
    """Give media type and charset of a Content-Type header, in lower case."""
    media_type, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    charset = next((p.partition("=")[2] for p in parameters if p.startswith("charset=")), "")
    return media_type, charset.strip('"')


def decode(encoded: bytes, what: Message) -> list[tuple[str, str]]:
    """Read parameters of an address or of a form, in their order.

    Raises:
        BadRequest: they are not percent-encoded UTF-8, or far too many.
    """
    try:
        return parse_qsl(
            encoded.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_PARAMETERS,
        )
    except ValueError as error:
        raise BadRequest(
            Message("{what} is not percent-encoded UTF-8: {error}.", what=what, error=Verbatim(error))
        ) from error


def _text(body: bytes, what: Message) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequest(Message("{what} is not UTF-8: {error}.", what=what, error=Verbatim(error))) from error
