"""The connection to an endpoint: a request becomes a whole answer, or an error that names its cause."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import httpx

from bilateral.client.problems import error_of
from bilateral.errors import AnswerBroken, AnswerUnexpected, EndpointUnreachable, QueryTimeout, WorkerDied
from bilateral.formats import Format
from bilateral.retry_after import seconds_of

_FIRST_PAUSE: Final = 0.25
"""Seconds before the first repetition; each further pause is twice as long."""
_PATIENCE: Final = 60.0
"""Seconds above which an endpoint's Retry-After is told to the caller rather than waited for."""
_BUSY: Final = (429, 503)
_LONGEST_ADDRESS: Final = 2000
"""Characters of an address that every proxy passes on (RFC 9110, section 4.1, asks for 8000)."""


@dataclass(frozen=True)
class Answer:
    """A whole answer. ``version`` is the version of the data behind it, where the endpoint tells it."""

    content: bytes
    format: Format
    version: str | None


class Connection:
    """Sends requests that only read, so that each may be sent again."""

    def __init__(self, *, timeout: float, user_agent: str, retries: int) -> None:
        self._timeout = timeout
        self._retries = retries
        headers = {"User-Agent": user_agent, "Accept-Language": "en"}  # titles of problems are told apart in English
        self._http = httpx.Client(timeout=timeout, headers=headers, follow_redirects=True)

    def close(self) -> None:
        """Close what is open."""
        self._http.close()

    def ask(self, endpoint: str, query: str, offered: Sequence[Format]) -> Answer:
        """Send a query: by GET, which caches understand, or by POST where the address would be too long.

        Either is a query operation and changes nothing (SPARQL 1.1 Protocol, section 2.1).

        Raises:
            BilateralError: as ``get``.
        """
        if len(endpoint) + len(urlencode({"query": query})) < _LONGEST_ADDRESS:
            return self.get(endpoint, offered, {"query": query})
        form = self._http.build_request("POST", self._url(endpoint), data={"query": query}, headers=_accept(offered))
        return self._answer(form, offered)

    def get(self, address: str, offered: Sequence[Format], parameters: dict[str, str] | None = None) -> Answer:
        """Get what an address has, in one of the formats.

        Raises:
            EndpointUnreachable: no connection, or none that lasts until there is an answer.
            AnswerBroken: the answer ends before it is whole.
            AnswerUnexpected: it is in another format.
            QueryTimeout: nothing comes for as long as we wait.
            BilateralError: the endpoint's own error.
        """
        url = self._url(address).copy_merge_params(parameters or {})
        return self._answer(self._http.build_request("GET", url, headers=_accept(offered)), offered)

    def _url(self, address: str) -> httpx.URL:
        try:
            return httpx.URL(address)
        except httpx.InvalidURL as error:
            raise EndpointUnreachable(f"{address} cannot be reached: {error}") from error

    def _answer(self, request: httpx.Request, offered: Sequence[Format]) -> Answer:
        address = str(request.url.copy_with(query=None))
        try:
            response = self._send(request)
        except httpx.ReadTimeout as error:
            message = f"{address} has not answered within {self._timeout:g} s."
            raise QueryTimeout(message, limit="timeout", value=self._timeout) from error
        except httpx.RequestError as error:
            raise EndpointUnreachable(f"{address} cannot be reached: {error}") from error
        content = _whole(response, address)
        if response.is_error:
            raise error_of(response)
        return Answer(content, _format(response, offered), _version(response))

    def _send(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and again where the endpoint is busy or no answer has begun; its body is yet to come."""
        for pause in self._pauses():
            try:
                response = self._http.send(request, stream=True)
            except (httpx.NetworkError, httpx.RemoteProtocolError):
                seconds = pause
            else:
                wanted = _seconds_to_wait(response, pause)
                if wanted is None or wanted > _PATIENCE:
                    return response
                seconds = wanted
            time.sleep(seconds)
        return self._http.send(request, stream=True)

    def _pauses(self) -> Iterator[float]:
        return (_FIRST_PAUSE * 2**count for count in range(self._retries))


def _seconds_to_wait(response: httpx.Response, pause: float) -> float | None:
    """Tell how long to wait for a busy endpoint; None where asking again does not help."""
    if response.status_code not in _BUSY:
        return None
    _whole(response, str(response.url))
    if isinstance(error_of(response), WorkerDied):  # the query is to blame, and would break the next worker
        return None
    wanted = seconds_of(response.headers.get("Retry-After", ""))
    return pause if wanted is None else wanted


def _whole(response: httpx.Response, address: str) -> bytes:
    """Read the rest of an answer.

    A connection that closes before the final chunk or byte is half a result (RFC 9112, section 8). That is
    how an endpoint stops at a limit that it has met too late, so it is not asked again.
    """
    try:
        return response.read()
    except httpx.RequestError as error:
        message = f"The answer of {address} broke off, at a limit of the endpoint or on the way: {error}"
        raise AnswerBroken(message) from error
    finally:
        response.close()


def _format(response: httpx.Response, offered: Sequence[Format]) -> Format:
    """Tell the format of an answer, which has to be one that was asked for."""
    media_type = str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
    for format_ in offered:
        if media_type in (format_.media_type, *format_.aliases):
            return format_
    address, wanted = response.url.copy_with(query=None), offered[0].media_type
    raise AnswerUnexpected(f"{address} answers {media_type or 'of no type'}, not {wanted}.")


def _version(response: httpx.Response) -> str | None:
    """Read the version of the data, which our servers put first in the entity tag."""
    tag = str(response.headers.get("ETag", "")).removeprefix("W/").strip('"')
    version, dash, _ = tag.partition("-")
    return version if dash else None


def _accept(offered: Sequence[Format]) -> dict[str, str]:
    """Write an Accept header, the best liked format first."""
    weights = (f";q={1 - place / 10:g}" if place else "" for place in range(len(offered)))
    return {"Accept": ", ".join(format_.media_type + weight for format_, weight in zip(offered, weights, strict=True))}
