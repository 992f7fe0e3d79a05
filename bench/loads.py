"""Several clients at once, each a process of its own, so that no client waits for another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict

from bench.client import Outcome, Task


def run(tasks: Sequence[Task], *, beside: Sequence[Task] = ()) -> list[Outcome]:
    """Carry out tasks at the same time, and give what came of each.

    What runs ``beside`` them ends when they are done, and nobody asks what came of it.

    Raises:
        subprocess.TimeoutExpired: a client did not end in its time.
    """
    with ExitStack() as stack:
        clients = [stack.enter_context(_client(task)) for task in tasks]
        for client in [*(stack.enter_context(_client(task)) for task in beside), *clients]:
            _say(client, "go")
        longest = max(task.delay + task.seconds + task.patience for task in tasks)
        return [_outcome(client.communicate(timeout=longest + 10)[0]) for client in clients]


@contextmanager
def _client(task: Task) -> Iterator[subprocess.Popen[str]]:
    """Start a client that is connected and waits for the word."""
    command = [sys.executable, "-m", "bench.client"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            _say(process, json.dumps(asdict(task)))
            assert process.stdout is not None
            if process.stdout.readline() != "ready\n":
                raise ConnectionError(f"A client cannot connect to port {task.port}.")
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def _outcome(text: str) -> Outcome:
    content = json.loads(text)
    return Outcome(**{**content, "latencies": tuple(content["latencies"])})
