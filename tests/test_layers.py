"""The architecture, as a test: who may import whom."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "bilateral"
MODULES = sorted(PACKAGE.rglob("*.py"))
LEAVES = {"errors", "formats", "message", "terms"}


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize(("mine", "other"), [("serve", "build"), ("build", "serve")])
def test_the_two_paths_never_import_each_other(mine: str, other: str) -> None:
    for path in (PACKAGE / mine).rglob("*.py"):
        assert not {name for name in imports(path) if name.startswith(f"bilateral.{other}")}, path


def test_leaves_import_nothing_of_ours_but_each_other() -> None:
    for leaf in LEAVES:
        ours = {name.split(".")[1] for name in imports(PACKAGE / f"{leaf}.py") if name.startswith("bilateral.")}
        assert ours <= LEAVES


def test_only_the_gate_knows_pyshacl() -> None:
    users = {path.stem for path in MODULES if any(name.split(".")[0] == "pyshacl" for name in imports(path))}
    assert users == {"gate"}


def test_nobody_but_the_server_rim_catches_everything() -> None:
    for path in set(MODULES) - {PACKAGE / "serve" / "app.py"}:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, path
                assert getattr(node.type, "id", "") != "Exception", path


def test_media_types_are_written_in_the_table_of_formats_alone() -> None:
    for path in MODULES:
        if path.stem != "formats":
            assert "text/turtle" not in path.read_text(encoding="utf-8"), path
