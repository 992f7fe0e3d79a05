"""Processes that take a part of the work."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread


def pool(count: int, *, tasks_each: int | None = None) -> ProcessPoolExecutor:
    """Make a pool of so many processes, which end when this one does, even if it is killed.

    With ``tasks_each``, a process takes so many tasks and is then replaced: its memory goes with it.
    """
    return ProcessPoolExecutor(count, get_context("spawn"), _watch_parent, max_tasks_per_child=tasks_each)


def _watch_parent() -> None:
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)  # nothing is left that would take a result
