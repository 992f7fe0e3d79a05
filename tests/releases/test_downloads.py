"""Releases are served as files that never change."""

import subprocess
from pathlib import Path

import httpx
import pytest

from bilateral.release import Release

FILE = "/download/2026.1/bilateral.nq.gz"


def test_a_file_of_a_release_never_changes_and_is_known_by_its_checksum(
    released: httpx.Client, release: Release
) -> None:
    response = released.get(FILE)
    assert response.content == (release.folder / "bilateral.nq.gz").read_bytes()
    assert response.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in response.headers
    assert "immutable" in response.headers["cache-control"]
    assert released.get(FILE, headers={"If-None-Match": response.headers["etag"]}).status_code == 304


def test_a_download_can_be_continued(released: httpx.Client, release: Release) -> None:
    whole = (release.folder / "bilateral.nq.gz").read_bytes()
    etag = released.head(FILE).headers["etag"]
    rest = released.get(FILE, headers={"Range": "bytes=1000-", "If-Range": etag})
    assert [rest.status_code, rest.headers["content-range"]] == [206, f"bytes 1000-{len(whole) - 1}/{len(whole)}"]
    assert whole[:1000] + rest.content == whole
    assert released.get(FILE, headers={"Range": "bytes=1000-", "If-Range": '"other"'}).status_code == 200
    assert released.get(FILE, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416


def test_latest_leads_to_the_newest_release(released: httpx.Client) -> None:
    response = released.get("/download/latest/tables/visits.csv")
    assert [response.status_code, response.headers["location"]] == [307, "/download/2026.2/tables/visits.csv"]
    assert response.headers["cache-control"] == "no-cache"


def test_a_release_has_a_page_with_its_files_and_what_it_changed(released: httpx.Client) -> None:
    assert "/download/2026.2/" in released.get("/download/").text
    page = released.get("/download/2026.2/?lang=es").text
    assert 'href="bilateral.sqlite"' in page
    assert "1 eliminado, 1 modificado" in page


@pytest.mark.parametrize(
    "path",
    [
        "2026.1/none.csv",
        "2026.1/%2e%2e/2026.2/release.json",
        "2026.1/..%2f..%2fetc%2fpasswd",
        "2026.1/work/sorted.nq",
        "2025.1/bilateral.nq.gz",
        "2025.1",
    ],
)
def test_what_a_release_has_not_is_not_found(released: httpx.Client, path: str) -> None:
    response = released.get(f"/download/{path}")
    assert response.status_code == 404
    assert "detail" in response.json()


def test_without_releases_the_page_offers_what_is_served_now(client: httpx.Client) -> None:
    assert client.get("/download/latest/").status_code == 404
    assert "bilateral.nq.gz" in client.get("/download/").text


def test_a_release_that_is_exported_while_the_server_runs_is_offered(released: httpx.Client, dist: Path) -> None:
    before = released.get("/download/2026.1/release.json").json()
    command = ["cp", "-r", "--reflink=auto", str(dist / "2026.1"), str(dist / "2026.1-copy")]
    subprocess.run(command, check=True)
    try:
        (dist / "2026.1-copy" / "release.json").write_text(
            (dist / "2026.1" / "release.json").read_text(encoding="utf-8").replace('"2026.1"', '"2026.1-copy"')
        )
        assert released.get("/download/2026.1-copy/release.json").json()["triples"] == before["triples"]
    finally:
        subprocess.run(["rm", "-r", str(dist / "2026.1-copy")], check=True)
