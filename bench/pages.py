"""The pages: how long the server takes for each kind, and how large they are."""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Sequence

import httpx

RELATIONS = 200
KINDS = {
    "home": "/",
    "search": "/search?q=peru corea",
    "relation KOR-PER": "/id/relation/KOR-PER.html",
    "relation KOR-PER as of 1970-07-01": "/id/relation/KOR-PER.html?asOf=1970-07-01",
    "country": "/id/party/PER.html",
    "fact": "/id/relation/KOR-PER/fta.html",
    "source": "/id/source/wikious.html",
    "ontology": "/ontology.html",
    "workbench": "/sparql",
}


def main(arguments: Sequence[str]) -> None:
    """Measure a running server, whose address is the argument, and print the tables of docs/speed.md."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("address")
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(arguments)
    with httpx.Client(
        base_url=options.address, timeout=60, headers={"accept": "text/html", "accept-encoding": "gzip"}
    ) as client:
        paths = drawn(client, options.seed)
        say("| page | median ms | p95 ms | slowest ms |\n|---|---|---|---|")
        for name in ("first request", "again"):
            report(f"{len(paths)} relations, {name}", [timed(client, path) for path in paths])
        for name, path in KINDS.items():
            report(name, [timed(client, path) for _ in range(20)])
        say("\n| page | HTML and CSS, compressed bytes | scripts, compressed bytes |\n|---|---|---|")
        for name, path in KINDS.items():
            html, scripts = sizes(client, path)
            say(f"| {name} | {html:,} | {scripts:,} |")


def drawn(client: httpx.Client, seed: int) -> list[str]:
    """Draw relations by chance."""
    query = "SELECT ?r { ?r a bilat:BilateralRelation } ORDER BY ?r"
    text = client.post(
        "/sparql", data={"query": f"PREFIX bilat: <https://w3id.org/bilateral/ontology#> {query}", "format": "csv"}
    ).text
    iris = random.Random(seed).sample(text.split()[1:], RELATIONS)  # noqa: S311 - a sample that can be drawn again
    return [f"/id/relation/{iri.rpartition('/')[2]}.html" for iri in iris]


def timed(client: httpx.Client, path: str) -> float:
    """Give the milliseconds from request to whole answer, over loopback."""
    start = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - start) * 1000


def sizes(client: httpx.Client, path: str) -> tuple[int, int]:
    """Give the compressed bytes of a page with its styles, and of its scripts with all that they may load."""
    text = client.get(path).text
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    scripts = set(re.findall(r'src="(/static/[^"]+)"', text))
    for script in list(scripts):
        scripts |= {f"/static/built/{name}" for name in re.findall(r'["\'(]\./([\w-]+\.js)', client.get(script).text)}
    page = sum(received(client, each) for each in (path, *styles))
    return page, sum(received(client, each) for each in scripts)


def received(client: httpx.Client, path: str) -> int:
    """Give the bytes that came over the wire."""
    with client.stream("GET", path) as response:
        return sum(len(piece) for piece in response.iter_raw())


def report(name: str, times: Sequence[float]) -> None:
    """Print a row."""
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95) - 1]
    say(f"| {name} | {statistics.median(times):.1f} | {p95:.1f} | {ordered[-1]:.1f} |")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
