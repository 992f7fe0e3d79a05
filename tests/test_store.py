"""Building: whole or not at all, reused where nothing changed, refused where damaged."""

import fcntl
import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from bilateral.build.store import build_files
from bilateral.errors import InputError, StoreDamaged, StoreMissing, StoreVersionMismatch
from bilateral.snapshot import Snapshot
from tests.conftest import TINY, run

FOREIGN = {
    "a.ttl": "<http://x/a> <http://x/p> [ <http://x/q> 1 ] .",
    "b.trig": TINY,
    "c.nt": "<http://x/a> <http://x/p> <http://x/c> .\n",
    "d.nq": "<http://x/a> <http://x/p> <http://x/d> <http://x/g> .\n",
    "e.rdf": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">
        <rdf:Description rdf:about="http://x/a" x:p="e"/></rdf:RDF>""",
    "f.jsonld": '{"@id": "http://x/a", "http://x/p": "f"}',
}


def write(folder: Path, **files: str) -> list[Path]:
    paths = [folder / name.replace("_", ".") for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_foreign_files_of_every_format_load_as_they_are(tmp_path: Path) -> None:
    built = build_files(write(tmp_path, **FOREIGN), tmp_path / "store")
    store = ox.Store.read_only(str(built.snapshot.triples_folder))
    assert built.snapshot.manifest.triples == len(store) == 9
    assert {graph.value for graph in store.named_graphs()} == {
        "http://example.com/g1",
        "http://example.com/g2",
        "http://x/g",
    }


def test_an_unchanged_build_is_reused(tmp_path: Path) -> None:
    paths = write(tmp_path, a_ttl=FOREIGN["a.ttl"])
    first = build_files(paths, tmp_path / "store")
    again = build_files(paths, tmp_path / "store")
    assert (first.fresh, again.fresh) == (True, False)
    assert again.snapshot.folder == first.snapshot.folder


def test_a_failed_build_leaves_the_old_store_in_use(tmp_path: Path) -> None:
    good, bad = write(tmp_path, good_ttl=FOREIGN["a.ttl"], bad_ttl="<http://x/a> <http://x/p>\n  nonsense .")
    before = build_files([good], tmp_path / "store").snapshot
    with pytest.raises(InputError, match=r"bad\.ttl:2:3"):
        build_files([good, bad], tmp_path / "store")
    assert Snapshot.current(tmp_path / "store") == before
    assert [path.name for path in (tmp_path / "store" / "builds").iterdir()] == [before.folder.name]


def test_a_killed_build_leaves_the_old_store_in_use_and_its_leftovers_go(tmp_path: Path) -> None:
    small, large = write(tmp_path, small_ttl=FOREIGN["a.ttl"], large_nt="")
    large.write_text(
        "".join(f"<http://x/{i}> <http://x/p> <http://x/{i + 1}> .\n" for i in range(300_000)), encoding="utf-8"
    )
    store = tmp_path / "store"
    before = build_files([small], store).snapshot
    command = [sys.executable, "-m", "bilateral", "build", "--store", str(store), str(large)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        process.stderr.readline()  # it has begun to load
        process.send_signal(signal.SIGKILL)
    assert Snapshot.current(store) == before
    after = build_files(write(tmp_path, other_ttl=FOREIGN["c.nt"]), store).snapshot
    assert [path.name for path in (store / "builds").iterdir()] == [after.folder.name]


def test_a_build_in_use_is_not_removed_by_the_next(tmp_path: Path) -> None:
    store = tmp_path / "store"
    served = build_files(write(tmp_path, a_ttl=FOREIGN["a.ttl"]), store).snapshot
    with served.lock.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        build_files(write(tmp_path, b_nt=FOREIGN["c.nt"]), store)
        assert served.triples_folder.is_dir()


def test_a_missing_store_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="bilateral build"):
        Snapshot.current(tmp_path)


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    snapshot = build_files(write(tmp_path, a_ttl=FOREIGN["a.ttl"]), tmp_path / "store").snapshot
    manifest = snapshot.folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text("utf-8")) | {"layout": 0}), encoding="utf-8")
    with pytest.raises(StoreVersionMismatch, match="bilateral build"):
        Snapshot.current(tmp_path / "store")


def test_a_damaged_store_is_refused(tmp_path: Path) -> None:
    snapshot = build_files(write(tmp_path, a_ttl=FOREIGN["a.ttl"]), tmp_path / "store").snapshot
    table = next(snapshot.triples_folder.glob("*.sst"))
    os.truncate(table, 10)
    with pytest.raises(StoreDamaged, match=table.name):
        Snapshot.current(tmp_path / "store")


def test_a_file_of_unknown_format_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its ending is not one of"):
        build_files(write(tmp_path, a_docx=""), tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_dumps_of_two_builds_are_the_same_bytes(store: Path, tmp_path: Path) -> None:
    assert run("build", "--profile", "curated", "--store", tmp_path / "again").returncode == 0
    first, again = (
        {path.name: path.read_bytes() for path in (folder / "current" / "dumps").iterdir()}
        for folder in (store, tmp_path / "again")
    )
    assert first == again


def test_every_format_of_a_dump_holds_the_same_triples(store: Path) -> None:
    dumps = store / "current" / "dumps"
    names = ["KOR-PER.nq", "KOR-PER.trig", "KOR-PER.ttl", "KOR-PER.nt", "KOR-PER.jsonld"]
    names += ["bilateral.nq.gz", "bilateral.ttl.gz", "bilateral.jsonld.gz"]
    read: dict[str, set[frozenset[ox.Triple]]] = {}
    for name in names:
        about, extension = name.split(".")[:2]
        content = (dumps / name).read_bytes()
        text = gzip.decompress(content) if name.endswith(".gz") else content
        quads = ox.parse(text, format=ox.RdfFormat.from_extension(extension))
        read.setdefault(about, set()).add(frozenset(quad.triple for quad in quads))
    assert [len(found) for found in read.values()] == [1, 1]
