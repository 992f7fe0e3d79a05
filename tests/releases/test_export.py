"""A release has the whole graph in every format, the same each time."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib import Graph
from rdflib.compare import to_isomorphic

from bilateral.publish import quads
from bilateral.release import Release
from bilateral.terms import PREFIXES
from tests.conftest import run

FORMATS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}


def read(path: Path, format_: ox.RdfFormat) -> list[ox.Quad]:
    return list(ox.parse(gzip.decompress(path.read_bytes()), format=format_))


def test_n_quads_are_the_quads_of_the_store_in_the_order_of_their_bytes(release: Release, triples: ox.Store) -> None:
    lines = gzip.decompress((release.folder / "bilateral.nq.gz").read_bytes()).splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert set(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)) == set(triples)


def test_the_order_does_not_depend_on_how_much_is_sorted_at_a_time(
    store: Path, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quads, "_RUN_BYTES", 10_000)
    quads.write_sorted(store / "current" / "oxigraph", tmp_path / "sorted.nq")
    assert (tmp_path / "sorted.nq").read_bytes() == gzip.decompress((release.folder / "bilateral.nq.gz").read_bytes())


def test_trig_gives_the_same_dataset(release: Release, triples: ox.Store) -> None:
    assert set(read(release.folder / "bilateral.trig.gz", ox.RdfFormat.TRIG)) == set(triples)


@pytest.mark.parametrize("extension", FORMATS)
def test_turtle_and_json_ld_give_the_same_triples_each_once(
    release: Release, triples: ox.Store, extension: str
) -> None:
    found = [quad.triple for quad in read(release.folder / f"bilateral.{extension}.gz", FORMATS[extension])]
    assert len(found) == len(set(found))
    assert set(found) == {quad.triple for quad in triples}


# rdflib's reader of JSON-LD warns of what it uses itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_another_reader_of_json_ld_needs_nothing_but_the_file(release: Release) -> None:
    text = gzip.decompress((release.folder / "bilateral.jsonld.gz").read_bytes())
    assert isinstance(json.loads(text)["@context"], dict)
    turtle = gzip.decompress((release.folder / "bilateral.ttl.gz").read_bytes())
    by_json_ld, by_turtle = Graph().parse(text, format="json-ld"), Graph().parse(turtle, format="turtle")
    assert to_isomorphic(by_json_ld) == to_isomorphic(by_turtle)


def test_the_files_of_the_graphs_are_together_the_whole(release: Release, triples: ox.Store) -> None:
    files = (release.folder / "graphs").rglob("*.nq.gz")
    assert {quad for path in files for quad in read(path, ox.RdfFormat.N_QUADS)} == set(triples)


def test_the_file_of_a_relation_has_its_facts_and_the_sources_they_rest_on(release: Release) -> None:
    store = ox.Store()
    store.extend(read(release.folder / "relations" / "KOR-PER.trig.gz", ox.RdfFormat.TRIG))

    def rows(pattern: str) -> int:
        query = f"SELECT DISTINCT ?x {{ {pattern} }}"
        solutions = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
        assert isinstance(solutions, ox.QuerySolutions)
        return sum(1 for _ in solutions)

    assert rows("?x bilat:ofRelation rel:KOR-PER") > 90
    assert rows("?fact bilat:citation ?x MINUS { ?x dcterms:source/a bilat:Source }") == 0
    assert rows("?fact bilat:kind ?x MINUS { ?x skos:prefLabel ?name }") == 0


def test_the_same_store_gives_the_same_bytes(store: Path, release: Release, tmp_path: Path) -> None:
    assert run("export", "--store", store, "--to", tmp_path, "--release", release.version).returncode == 0

    def digests(folder: Path) -> dict[str, str]:
        files = (path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    assert digests(tmp_path / release.version) == digests(release.folder)


def test_sha256sum_finds_every_file_as_it_was_written(release: Release) -> None:
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=release.folder, check=True)
    files = {str(path.relative_to(release.folder)) for path in release.folder.rglob("*") if path.is_file()}
    assert files - set(release.checksums) == {"SHA256SUMS", "release.json"}


def test_a_release_is_never_replaced_by_other_data(dist: Path, changed_store: Path) -> None:
    result = run("export", "--store", changed_store, "--to", dist, "--release", "2026.1")
    assert result.returncode == 2
    assert "releases never change: use a new version" in result.stderr


@pytest.mark.parametrize("version", ["../escaped", "latest", "a b"])
def test_a_version_is_a_name_for_a_folder(store: Path, tmp_path: Path, version: str) -> None:
    result = run("export", "--store", store, "--to", tmp_path / "dist", "--release", version)
    assert result.returncode == 2
    assert "no name of a release" in result.stderr
    assert list(tmp_path.rglob("*.gz")) == []


def test_a_release_says_how_to_cite_it(release: Release) -> None:
    citation = yaml.safe_load((release.folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    assert citation["version"] == release.version
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", citation["date-released"])
    assert {"message", "title", "authors", "license-url"} <= citation.keys()


def family(process: int) -> Iterator[int]:
    """Give a process and its descendants, as Linux lists them (proc(5))."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from family(int(child))


def memory(processes: Iterable[int]) -> int:
    """Give the memory that processes take together, in MiB; what they share counts once."""
    texts = [Path(f"/proc/{process}/smaps_rollup").read_text() for process in processes]
    return sum(int(size) for text in texts for size in re.findall(r"^Pss: +(\d+) kB", text, re.MULTILINE)) // 1024


@pytest.mark.long
def test_the_export_of_all_pairs_takes_less_than_500_mib(core: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bilateral", "export", "--store", str(core), "--to", str(tmp_path)]
    highest = 0
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            with suppress(FileNotFoundError, ProcessLookupError):  # one has just ended
                highest = max(highest, memory(family(process.pid)))
            time.sleep(0.2)
    assert process.returncode == 0
    assert 50 < highest < 500
