"""An endpoint elsewhere: how it is asked, how long it is waited for, and how much it may answer."""

from __future__ import annotations

import asyncio
import math
from typing import Final

import httpx

from bilateral.errors import ServiceBusy, ServiceFailed, ServiceTimeout, ServiceTooLarge
from bilateral.formats import JSON
from bilateral.message import Message, Verbatim
from bilateral.retry_after import seconds_of
from bilateral.serve.limits import MEBIBYTE, FederationLimits

_COME_AGAIN: Final = frozenset((429, 503))
_SHORTEST_WAIT, _LONGEST_WAIT = 1.0, 3600.0
"""Seconds between which the rest that an endpoint asks for is taken at its word."""
_SHOWN: Final = 300
"""Characters of an endpoint's own words that an error repeats."""


class Peer:
    """One endpoint, of which no more is asked at once than it may be, and nothing while it wants a rest."""

    def __init__(self, endpoint: str, client: httpx.AsyncClient, limits: FederationLimits) -> None:
        self.endpoint = endpoint
        self._client = client
        self._limits = limits
        self._places = asyncio.Semaphore(limits.requests)
        self._rests_until = 0.0

    async def ask(self, query: str, deadline: float) -> bytes:
        """Send a query until it is answered, at the latest at ``deadline``, in the time of the event loop.

        Raises:
            ServiceError: there is no answer, or too much of it.
        """
        try:
            async with asyncio.timeout_at(deadline), self._places:
                while True:
                    await self._rest(deadline)
                    content = await self._send(query)
                    if content is not None:
                        return content
        except TimeoutError as error:
            raise self._late() from error

    async def _rest(self, deadline: float) -> None:
        """Wait for as long as the endpoint has asked us to."""
        wait = self._rests_until - asyncio.get_running_loop().time()
        if self._rests_until > deadline:
            seconds = math.ceil(wait)
            raise ServiceBusy(
                Message(
                    "{endpoint} asks to be asked again in {seconds} seconds.", endpoint=self.endpoint, seconds=seconds
                ),
                endpoint=self.endpoint,
                retry_after=seconds,
            )
        await asyncio.sleep(max(wait, 0))

    async def _send(self, query: str) -> bytes | None:
        """Send a query once; None where the endpoint says when to come again."""
        request = self._client.build_request(
            "POST", self.endpoint, data={"query": query}, headers={"Accept": JSON.media_type}
        )
        try:
            response = await self._client.send(request, stream=True)
            try:
                if response.status_code in _COME_AGAIN and "retry-after" in response.headers:
                    self._take_rest(response.headers["retry-after"])
                    return None
                if response.status_code != 200:
                    raise await self._failure(response)
                return await self._read(response)
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            raise self._late() from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            cause = Verbatim(error or type(error).__name__)
            raise self._failed(
                Message("{endpoint} cannot be asked: {cause}.", endpoint=self.endpoint, cause=cause)
            ) from error

    def _take_rest(self, retry_after: str) -> None:
        wait = min(max(seconds_of(retry_after) or 0, _SHORTEST_WAIT), _LONGEST_WAIT)
        self._rests_until = max(self._rests_until, asyncio.get_running_loop().time() + wait)

    async def _read(self, response: httpx.Response) -> bytes:
        limit = self._limits.answer_bytes
        content = bytearray()
        async for piece in response.aiter_bytes():
            content += piece
            if len(content) > limit:
                raise ServiceTooLarge(
                    Message(
                        "{endpoint} answers with more than {size} MiB: ask for less, or let what binds the clause's "
                        "variables stand before it in the outermost group.",
                        endpoint=self.endpoint,
                        size=limit // MEBIBYTE,
                    ),
                    endpoint=self.endpoint,
                    limit="federation_bytes",
                    value=limit,
                )
        return bytes(content)

    async def _failure(self, response: httpx.Response) -> ServiceFailed:
        if response.has_redirect_location:
            return self._failed(
                Message("{endpoint} redirects to another address, which is not followed.", endpoint=self.endpoint)
            )
        words = b""
        async for piece in response.aiter_bytes():
            words += piece
            if len(words) >= _SHOWN:
                break
        said = " ".join(words.decode("utf-8", "replace").split())[:_SHOWN]
        if not said:
            return self._failed(
                Message("{endpoint} answers {status}.", endpoint=self.endpoint, status=response.status_code)
            )
        return self._failed(
            Message(
                "{endpoint} answers {status}: {said}.",
                endpoint=self.endpoint,
                status=response.status_code,
                said=Verbatim(said),
            )
        )

    def _failed(self, message: Message) -> ServiceFailed:
        return ServiceFailed(message, endpoint=self.endpoint)

    def _late(self) -> ServiceTimeout:
        seconds = self._limits.timeout
        return ServiceTimeout(
            Message(
                "{endpoint} has not answered within the query's {seconds} seconds for SERVICE: ask it for less.",
                endpoint=self.endpoint,
                seconds=f"{seconds:g}",
            ),
            endpoint=self.endpoint,
            value=seconds,
        )
