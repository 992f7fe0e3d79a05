"""Progress of long work: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


class Steps(Protocol):
    """What long work says about how far it is."""

    def step(self, what: str) -> None:
        """Say what is done next."""

    def more(self, count: int) -> None:
        """Say that there are more steps than was foreseen."""


class Silent:
    """Says nothing."""

    def step(self, what: str) -> None:
        """Say nothing."""

    def more(self, count: int) -> None:
        """Say nothing."""


class _Lines:
    """One line a step."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def step(self, what: str) -> None:
        self._console.print(what, highlight=False, soft_wrap=True)

    def more(self, count: int) -> None:
        """Say nothing: lines do not tell how many there will be."""


class _Bar:
    """A bar that names the present step."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total)
        self._started = False

    def step(self, what: str) -> None:
        self._progress.update(self._task, description=what, advance=1 if self._started else 0)
        self._started = True

    def more(self, count: int) -> None:
        total = self._progress.tasks[self._task].total or 0
        self._progress.update(self._task, total=total + count)

    def finish(self) -> None:
        total = self._progress.tasks[self._task].total
        self._progress.update(self._task, completed=total)


@contextmanager
def shown(total: int, console: Console | None = None) -> Iterator[Steps]:
    """Show progress on standard error, over ``total`` steps."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = _Bar(progress, total)
        yield bar
        bar.finish()
