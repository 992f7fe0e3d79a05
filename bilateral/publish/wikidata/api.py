"""The Action API of Wikidata, asked politely: one request at a time, with pauses, and later when it says so.

https://www.mediawiki.org/wiki/API:Etiquette, https://www.mediawiki.org/wiki/Manual:Maxlag_parameter
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Self

import httpx

from bilateral import __version__
from bilateral.errors import RemoteError
from bilateral.publish.wikidata.entities import LANGUAGES, Entity, read
from bilateral.retry_after import seconds_of

ENDPOINT: Final = "https://www.wikidata.org/w/api.php"
MOST: Final = 50
"""As many items may be asked for at once."""
_LAG: Final = 5
"""Seconds that the slowest replica may be behind; the manual asks bots for this value."""
_AGAIN: Final = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}
_AGAIN_CODES: Final = {"maxlag", "ratelimited", "readonly"}
_UNKNOWN: Final = "no-such-entity"


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: between requests, for an answer, and at most before the next attempt."""

    pause: float = 1.0
    timeout: float = 60.0
    longest: float = 300.0
    attempts: int = 6


class _Postponed(Exception):  # no error yet: there are attempts left
    """The request is to be sent again; ``after`` are the seconds that the server asks for, if it does."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Wikidata:
    """A connection to the API; ``contact`` is how its operators can reach who runs this."""

    def __init__(self, endpoint: str, contact: str, patience: Patience) -> None:
        self._endpoint = endpoint
        self._patience = patience
        self._next = 0.0
        agent = f"bilateral/{__version__} ({contact}) httpx/{httpx.__version__}"
        self._client = httpx.Client(timeout=patience.timeout, headers={"User-Agent": agent}, follow_redirects=True)

    def entities(self, items: Sequence[str]) -> list[Entity]:
        """Ask for at most ``MOST`` items. An answer that would be too large has only the first ones, or none.

        Raises:
            RemoteError: the server refuses, or does not answer however often it is asked.
        """
        content = self._content(items)
        if content.get("error", {}).get("code") == _UNKNOWN:
            return self._without_unknown(items, content["error"])
        try:
            by_item = _by_item(content["entities"])
            return [read(item, by_item[item]) for item in items if item in by_item]
        except (KeyError, TypeError, AttributeError) as error:
            raise RemoteError(f"{self._endpoint} answers in a form that we do not know: {error!r}") from error

    def _without_unknown(self, items: Sequence[str], error: Mapping[str, Any]) -> list[Entity]:
        """Find the item that does not exist: the API then answers for none of those that it was asked for."""
        named = [item for item in items if item == error.get("id")]
        if named or len(items) == 1:
            missing = [*named, *items][0]
            others = [item for item in items if item != missing]
            return [Entity(missing, ""), *(self.entities(others) if others else ())]
        middle = len(items) // 2
        return [*self.entities(items[:middle]), *self.entities(items[middle:])]

    def _content(self, items: Sequence[str]) -> Mapping[str, Any]:
        """Send a request until it is answered."""
        why = ""
        for attempt in range(self._patience.attempts):
            try:
                return self._sent(items)
            except _Postponed as postponed:
                why = str(postponed)
                after = self._patience.pause * 2 ** (attempt + 1) if postponed.after is None else postponed.after
                if after > self._patience.longest:
                    raise RemoteError(f"{self._endpoint} asks to come again in {after:.0f} seconds: {why}") from None
                self._next = time.monotonic() + after
        raise RemoteError(f"{self._endpoint} does not answer, asked {self._patience.attempts} times: {why}")

    def _sent(self, items: Sequence[str]) -> Mapping[str, Any]:
        time.sleep(max(0.0, self._next - time.monotonic()))
        try:
            response = self._client.get(self._endpoint, params=_parameters(items))
        except (httpx.UnsupportedProtocol, httpx.TooManyRedirects, httpx.InvalidURL) as error:
            raise RemoteError(f"{self._endpoint} cannot be asked: {error}") from error
        except httpx.RequestError as error:
            raise _Postponed(f"{type(error).__name__} {error}".strip()) from error
        finally:
            self._next = time.monotonic() + self._patience.pause
        return self._checked(response)

    def _checked(self, response: httpx.Response) -> Mapping[str, Any]:
        after = seconds_of(response.headers.get("Retry-After", ""))
        if response.status_code in _AGAIN:
            raise _Postponed(f"status {response.status_code}", after)
        if response.is_error:
            raise RemoteError(f"{self._endpoint} refuses with status {response.status_code}: {response.text[:200]}")
        try:
            content = response.json()
        except ValueError as error:
            raise _Postponed(f"what it sends is no JSON: {error}", after) from error
        if not isinstance(content, Mapping):
            raise _Postponed("what it sends is no object", after)
        code = content.get("error", {}).get("code", _UNKNOWN)
        if code in _AGAIN_CODES:
            raise _Postponed(f"{code}: {content['error'].get('info', '')}", after)
        if code != _UNKNOWN:
            raise RemoteError(f"{self._endpoint} refuses: {code}: {content['error'].get('info', '')}")
        return content

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close()


def _parameters(items: Sequence[str]) -> dict[str, str]:
    return {
        "action": "wbgetentities",
        "ids": "|".join(items),
        "props": "labels|aliases|claims",
        "languages": "|".join(LANGUAGES),
        "maxlag": str(_LAG),
        "format": "json",
    }


def _by_item(entities: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Give entities by the item that was asked for: one that is redirected names it."""
    return {content.get("redirects", {}).get("from", item): content for item, content in entities.items()}
