"""The package as it is installed: ontology, shapes and data inside, from any folder."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, and install it with its pinned dependencies in a fresh environment."""
    folder = tmp_path_factory.mktemp("wheel")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT], check=True)
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    install: list[str | Path] = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*install, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*install, "--no-deps", next(folder.glob("*.whl"))], check=True)
    return folder / "venv" / "bin" / "bilateral"


def bilateral(command: Path, folder: Path, *arguments: str) -> str:
    result = subprocess.run([command, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_installed_command_works_from_any_folder(installed: Path, tmp_path: Path) -> None:
    assert "conforms" in bilateral(installed, tmp_path, "check")
    bilateral(installed, tmp_path, "build", "--profile", "curated", "--store", "store")
    answer = bilateral(installed, tmp_path, "query", "--store", "store", "SELECT ?c { party:PER bilat:partyCode ?c }")
    assert answer.split() == ["c", "PER"]


def test_the_package_has_the_descriptions_of_the_sources(installed: Path, tmp_path: Path) -> None:
    command: list[str | Path] = [installed, "import", "atlantis", "--from", tmp_path]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "there are parties, cldr, natural-earth, embassies" in told.stderr


def test_the_package_has_the_scripts_of_the_pages_and_not_their_sources(installed: Path) -> None:
    (package,) = installed.parent.parent.glob("lib/python3*/site-packages/bilateral/serve")
    assert (package / "static" / "built" / "manifest.json").exists()
    assert not (package / "frontend").exists()
