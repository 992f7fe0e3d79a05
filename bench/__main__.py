"""The command ``python -m bench``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from bench import data, measures, report
from bench.measures import Measured, Plan
from bench.systems import Place, System, Target, choose

_FOLDER: Final = Path(__file__).parent.parent / ".bench"
_MEASURES: Final = ("latency", "throughput", "runaway", "start")
_WIDTH: Final = 160


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option(
    "--size",
    "sizes",
    multiple=True,
    default=[200_000],
    type=click.IntRange(1, data.LARGEST),
    help="Triples; again for more.",
)
@click.option("--systems", default="abcde", help="Letters of the systems to measure; ours is e.")
@click.option(
    "--measure", "chosen", multiple=True, default=_MEASURES, type=click.Choice(_MEASURES), help="What to measure."
)
@click.option("--repetitions", default=15, type=click.IntRange(1, 1000), help="Requests of each query.")
@click.option("--budget", default=20.0, type=click.FloatRange(0, 3600), help="Seconds for one query on one system.")
@click.option("--patience", default=60.0, type=click.FloatRange(1, 3600), help="Seconds that a request may take.")
@click.option("--clients", default=8, type=click.IntRange(1, 64), help="Clients at once.")
@click.option("--seconds", default=4.0, type=click.FloatRange(0.1, 600), help="Seconds of each load.")
@click.option("--rounds", default=3, type=click.IntRange(1, 100), help="Rounds of each load.")
@click.option("--starts", default=3, type=click.IntRange(1, 100), help="Starts of each server.")
@click.option(
    "--folder", default=_FOLDER, type=click.Path(path_type=Path, file_okay=False), help="Where data and stores lie."
)
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), help="Where to write all figures."
)
@click.option("--serve-option", "serve_options", multiple=True, help="An option for bilateral serve; again for more.")
def main(
    *,
    sizes: tuple[int, ...],
    systems: str,
    chosen: tuple[str, ...],
    folder: Path,
    json_file: Path | None,
    serve_options: tuple[str, ...],
    **amounts: float,
) -> None:
    """Measure the same queries on the same data with our server and others; bench/README.md tells how to read it.

    Exit codes: 0 measured; 1 a query is not comparable; 2 cannot run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    all_measured = []
    for size in sizes:
        plan = Plan(size, **amounts)  # type: ignore[arg-type] # click has checked them
        place = prepare(size, folder)
        found, left_out = choose(systems, place, folder, serve_options)
        for line in left_out:
            _say(line)
        measured = measure(found, plan, chosen)
        report.show(measured, Console(width=_WIDTH, highlight=False, markup=False))
        all_measured.append(measured)
    (json_file or folder / "results.json").write_text(report.as_json(plan, all_measured), encoding="utf-8")
    sys.exit(1 if any(measured.differences for measured in all_measured) else 0)


def _say(line: str) -> None:
    click.echo(line, err=True)


def prepare(size: int, folder: Path) -> Place:
    """Make data and store of a size, unless they are there."""
    name = f"{size}-{data.version()}"
    place = Place(folder / f"{name}.nq", folder / f"{name}.store", size)
    _say(f"Making {size:,} triples and their store")
    data.write(place.data, size)
    command = [sys.executable, "-m", "bilateral", "build", "--store", str(place.store), str(place.data)]
    if subprocess.run(command, check=False).returncode != 0:
        raise click.ClickException(f"The store of {place.data} cannot be built.")
    return place


def measure(systems: list[System], plan: Plan, chosen: tuple[str, ...]) -> Measured:
    """Measure what was chosen."""
    measured = Measured(plan.triples, {system.letter: system.title for system in systems})
    with ExitStack() as stack:
        targets: Mapping[str, Target] = {}
        if {"latency", "throughput"} & {*chosen}:
            targets = {system.letter: stack.enter_context(system.running(plan.patience)) for system in systems}
        if "latency" in chosen:
            measured.latencies.extend(measures.latencies(targets, plan, _say))
            measured.differences.extend(measures.differences(measured.latencies))
        if "throughput" in chosen:
            measured.throughputs.extend(measures.throughputs(targets, plan, _say))
    if "runaway" in chosen:
        measured.steadiness.extend(measures.steadiness(systems, plan, _say))
    if "start" in chosen:
        measured.starts.extend(measures.starts(systems, plan, _say))
    return measured


if __name__ == "__main__":
    main()
