"""The build: what it takes from tables to a ready, checked store, and what the check of the whole graph takes of it."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.pages import say
from bilateral.snapshot import Snapshot

_INTERVAL = 0.5
"""Seconds between two looks at the memory."""
_MIB = 1024


@dataclass(frozen=True)
class Taken:
    """What a command took: seconds on the clock and of processors, and MiB that its processes had of their own."""

    clock: float
    processor: float
    memory: float


def main(arguments: Sequence[str]) -> None:
    """Build a profile into a new folder, and check it, and print the rows of docs/validation.md."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("profile", choices=("core", "full"))
    parser.add_argument("store", type=Path, help="a folder that is not there yet; the store stays in it")
    options = parser.parse_args(arguments)
    if options.store.exists():
        parser.error(f"{options.store} is there already: what is kept from an earlier build would not be measured")
    built = taken("bilateral", "build", "--profile", options.profile, "--store", options.store)
    snapshot = Snapshot.current(options.store)
    triples = snapshot.manifest.triples
    checked = taken("bench.checking", snapshot.triples_folder)
    say("| what | triples | seconds | seconds a million | of processors | MiB, all processes |")
    say("|---|---|---|---|---|---|")
    for what, cost in ((f"{options.profile}: build", built), (f"{options.profile}: the check alone", checked)):
        pace = cost.clock / triples * 1e6
        say(f"| {what} | {triples:,} | {cost.clock:.0f} | {pace:.1f} | {cost.processor:.0f} | {cost.memory:,.0f} |")


def taken(module: str, *arguments: str | Path) -> Taken:
    """Run a module to its end.

    Raises:
        CalledProcessError: it failed.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    before = _processor()
    start = time.monotonic()
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(_own_kibibytes(each) for each in _family(process.pid)))
            time.sleep(_INTERVAL)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Taken(time.monotonic() - start, _processor() - before, peak / _MIB)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> Iterator[int]:
    """Give a process and all that it started, and those in turn."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            children = (task / "children").read_text(encoding="ascii").split()
        except OSError:  # it has just ended
            continue
        for child in children:
            yield from _family(int(child))


def _own_kibibytes(pid: int) -> int:
    """Give the memory that is not a file's, each page that several share in parts (proc(5), smaps_rollup)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:")), 0)


if __name__ == "__main__":
    main(sys.argv[1:])
