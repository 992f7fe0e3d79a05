"""The pages of prose: their examples run, and they state what holds."""

import html
import re
import subprocess
import sys

import httpx
import pytest

from tests.test_vocabulary_page import BROWSER


def samples(client: httpx.Client, kind: str) -> list[str]:
    text = client.get("/developers", headers=BROWSER).text
    return [
        html.unescape(code) for code in re.findall(rf'<pre[^>]*data-run="{kind}"><code>(.*?)</code>', text, re.DOTALL)
    ]


def test_the_examples_for_a_shell_run(client: httpx.Client) -> None:
    found = ["/KOR-PER/fta,2011-08-01", "@misc{", '"id":"party/PER"']
    for example, part in zip(samples(client, "sh"), found, strict=True):
        assert part in subprocess.run(["sh", "-ec", example], capture_output=True, text=True, check=True).stdout


def test_the_example_for_python_runs(client: httpx.Client) -> None:
    (code,) = samples(client, "python")
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "embassy-per-seoul 1980-02" in answer


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_about_lists_each_source_with_its_licence(core_client: httpx.Client, language: str) -> None:
    text = core_client.get("/about", params={"lang": language}, headers=BROWSER).text
    assert text.count('<th scope="row">') >= 8
    assert 'href="https://spdx.org/licenses/MIT">MIT</a>' in text


def test_downloads_list_every_file_with_its_size(client: httpx.Client) -> None:
    text = client.get("/download/", headers=BROWSER).text
    for name in re.findall(r'href="(/download/[^"]+)"', text):
        size = len(client.get(name).content)
        assert f">{size:,}<" in text, name


@pytest.mark.parametrize("language", ["es", "ko"])
def test_what_each_address_gives_is_said_in_the_language_of_the_reader(client: httpx.Client, language: str) -> None:
    english, other = (
        re.findall(
            r"<td>(.*?)</td>",
            client.get("/developers", params={"lang": each}, headers=BROWSER).text.partition('id="routes"')[2],
        )
        for each in ("en", language)
    )
    assert len(english) == len(other) > 20
    assert set(english) & set(other) == set()
