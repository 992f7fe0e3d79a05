"""The server of the tools, on standard input and output (Model Context Protocol, section on transports: stdio)."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import pyoxigraph as ox
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from bilateral import __version__
from bilateral.errors import BilateralError
from bilateral.project import Question
from bilateral.serve.limits import Limits
from bilateral.serve.mcp.tools import Tools
from bilateral.serve.pool import WorkerPool
from bilateral.serve.site.page import Clock, today
from bilateral.snapshot import Snapshot
from bilateral.terms import BASE

_INSTRUCTIONS: Final = (
    "Sourced, dated facts on the relations between countries. Find things with search, tell how two countries stood "
    "on a day with describe_relation, and ask anything else with ask_question or query. Cite the addresses of facts "
    "and their sources. What the graph has not is unknown, not false. Where sources contradict each other, say so."
)
_READS: Final = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

P = ParamSpec("P")
T = TypeVar("T")


_LIMITS: Final = Limits(workers=2, rows=500)
"""A model asks one thing after the other, and reads no more rows at once; a result with more is refused, not cut."""


def run(store: Path, questions: Sequence[Question], limits: Limits = _LIMITS, clock: Clock = today) -> None:
    """Serve the tools of a store until standard input ends.

    Raises:
        StoreError: the store cannot be opened.
    """
    asyncio.run(_run(Snapshot.current(store), questions, limits, clock))


async def _run(snapshot: Snapshot, questions: Sequence[Question], limits: Limits, clock: Clock) -> None:
    pool = WorkerPool(snapshot.triples_folder, limits)
    await pool.start()
    try:
        triples = ox.Store.read_only(str(snapshot.triples_folder))
        await build(Tools(triples, snapshot.manifest, pool, questions, limits=limits, clock=clock)).run_stdio_async()
    finally:
        await pool.close()


def build(tools: Tools) -> MCPServer[None]:
    """Offer the tools."""
    server: MCPServer[None] = MCPServer(
        "bilateral", title="Bilateral", instructions=_INSTRUCTIONS, website_url=BASE, version=__version__
    )
    for tool in (
        tools.search,
        tools.describe_relation,
        tools.describe_thing,
        tools.list_questions,
        tools.ask_question,
        tools.query,
    ):
        server.add_tool(_told(tool), annotations=_READS)
    return server


def _told(tool: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Tell the model what went wrong, where it can do something about it; a bug is left to the SDK, which logs it."""

    @functools.wraps(tool)
    async def call(*arguments: P.args, **values: P.kwargs) -> T:
        try:
            return await tool(*arguments, **values)
        except BilateralError as error:
            raise ToolError(str(error)) from error

    return call
