"""The broker: the one part of the server that asks other endpoints, and only those that the operator names."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Final
from urllib.parse import urlsplit

import httpx

from bilateral import __version__
from bilateral.errors import ServiceError, ServiceFailed, ServiceTooLarge
from bilateral.message import Message
from bilateral.serve.federation.answers import Answers
from bilateral.serve.federation.peer import Peer
from bilateral.serve.federation.solutions import NoSolutions, Solutions
from bilateral.serve.limits import FederationLimits
from bilateral.terms import BASE

_CONNECTING: Final = 10.0
"""Seconds after which an endpoint that takes no connection is given up."""
_GENID: Final = "/.well-known/genid/"


class Broker:
    """Asks the endpoints of a list, and remembers what they answered.

    It says who asks: the program, its version, this server's address and the project's. It follows no redirect,
    and takes no proxy, password or certificate from its environment. ``fates`` counts what became of its
    requests, by host.
    """

    def __init__(self, limits: FederationLimits, public_url: str) -> None:
        self.endpoints = limits.endpoints
        self.fates: Counter[tuple[str, str]] = Counter()
        self.answers = Answers(limits)
        self._limits = limits
        self._genid = _origin(public_url) + _GENID
        self._client = httpx.AsyncClient(
            headers={"User-Agent": f"Bilateral/{__version__} (+{BASE}; {public_url})"},
            timeout=httpx.Timeout(None, connect=_CONNECTING),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=limits.requests),
            follow_redirects=False,
            trust_env=False,
        )
        self._peers = {endpoint: Peer(endpoint, self._client, limits) for endpoint in self.endpoints}

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def ask(self, endpoint: str, query: str, deadline: float, fates: Counter[str]) -> Solutions:
        """Ask an endpoint, unless its answer is known; ``fates`` counts what became of the question.

        Raises:
            ServiceError: it does not answer, or with what is no result.
        """
        known = self.answers.get(endpoint, query)
        fate = "cached" if known else "abandoned"
        try:
            solutions = known or await self._ask(self._peers[endpoint], query, deadline)
            fate = "cached" if known else "answered"
        except ServiceError as error:
            fate = type(error).__name__
            raise
        finally:
            fates[fate] += 1
            self.fates[urlsplit(endpoint).netloc, fate] += 1
        return solutions

    async def _ask(self, peer: Peer, query: str, deadline: float) -> Solutions:
        content = await peer.ask(query, deadline)
        try:
            solutions = await asyncio.to_thread(Solutions.read, content, self._limits.rows, self._genid)
        except NoSolutions as error:
            raise ServiceFailed(
                Message(
                    "{endpoint} answers with what is no result: {found}.", endpoint=peer.endpoint, found=error.found
                ),
                endpoint=peer.endpoint,
            ) from error
        self.check_rows(peer.endpoint, len(solutions.rows))
        self.answers.put(peer.endpoint, query, solutions, len(content))
        return solutions

    def check_rows(self, endpoint: str, count: int) -> None:
        """Refuse more solutions of a clause than there may be."""
        limit = self._limits.rows
        if count > limit:
            raise ServiceTooLarge(
                Message(
                    "{endpoint} answers with more than {limit} rows: ask for less, or let what binds the clause's "
                    "variables stand before it in the outermost group.",
                    endpoint=endpoint,
                    limit=limit,
                ),
                endpoint=endpoint,
                limit="federation_rows",
                value=limit,
            )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
