"""Files for download: releases, whose addresses never change, and the dumps of the data that are served now."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import quote

import anyio.to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from bilateral import eventstream
from bilateral.formats import ALL, GZIP, by_extension, media_type
from bilateral.release import LATEST, Release
from bilateral.serve import results
from bilateral.serve.openapi import add_read, described, in_path
from bilateral.serve.releases import Releases
from bilateral.serve.site.graph import Graph
from bilateral.serve.site.page import Pages
from bilateral.serve.site.told import told
from bilateral.snapshot import Snapshot

_METHODS: Final = ["GET", "HEAD"]
_FOREVER: Final = "public, max-age=31536000, immutable"
_MEDIA_TYPES: Final = [GZIP, *dict.fromkeys(each.media_type for each in ALL)]
_FILE: Final = described(
    in_path("name", "the name of a file", "bilateral.nq.gz"),
    gives=_MEDIA_TYPES,
    moves=[206, 304, 308],
    fails=[404, 416],
)
_RELEASED: Final = described(
    in_path("version", "the release, or latest", "latest"),
    in_path("name", "the file", "tables/missions.csv"),
    gives=_MEDIA_TYPES,
    moves=[206, 304, 307],
    fails=[404, 416],
)
_LISTED: Final = 200
"""Groups of changes that a page lists."""


@dataclass(frozen=True)
class File:
    """A file for download; ``size`` is in bytes."""

    name: str
    format: str
    size: int
    is_compressed: bool


class Downloads:
    """The routes below ``/download/``."""

    def __init__(self, graph: Graph, pages: Pages, snapshot: Snapshot, releases: Releases) -> None:
        self._graph = graph
        self._pages = pages
        self._releases = releases
        self._files = {path.name: path for path in sorted(snapshot.dumps.iterdir())}
        self._version = snapshot.manifest.data_version

    def router(self) -> APIRouter:
        """Give the routes."""
        router = APIRouter(default_response_class=Response)
        router.add_api_route("/download/", self.index, methods=_METHODS, include_in_schema=False)
        add_read(router, "/download/{name}", self.file, **_FILE)
        router.add_api_route("/download/{version}/", self.release, methods=_METHODS, include_in_schema=False)
        add_read(router, "/download/{version}/{name:path}", self.released, **_RELEASED)
        return router

    async def index(self, request: Request) -> Response:
        """List the releases, and the files of what is served now."""
        files = [_described(name, path) for name, path in self._files.items()]
        return self._pages.render(
            request,
            "downloads.html",
            title=self._pages.words(request)("Downloads"),
            releases=self._releases.all(),
            whole=[file for file in files if file.is_compressed],
            single=[file for file in files if not file.is_compressed],
        )

    async def file(self, request: Request, name: str) -> Response:
        """Give a file of what is served now; only names that the build wrote are looked up."""
        path = self._files.get(name)
        if path is None:
            self._releases.find(name)
            return RedirectResponse(f"/download/{quote(name)}/", status_code=308)
        return _send(request, path, results.etag_of(self._version, name))

    async def release(self, request: Request, version: str) -> Response:
        """Show what a release has, and what it changed."""
        if version == LATEST:
            return _to_latest(self._releases.find(LATEST), "")
        return await anyio.to_thread.run_sync(self._show, request, self._releases.find(version))

    def _show(self, request: Request, release: Release) -> Response:
        words = self._pages.words(request)
        groups = islice(self._releases.changes(release), _LISTED)
        return self._pages.render(
            request,
            "release.html",
            title=words("Release {version}", version=release.version),
            release=release,
            sections=_sections(release),
            changes=[told(self._graph, group, words.language) for group in groups],
            more=max(0, release.changes - _LISTED),
        )

    async def released(self, request: Request, version: str, name: str) -> Response:
        """Give a file of a release, whole or in ranges (RFC 9110, section 14); ``latest`` leads to the newest."""
        release = self._releases.find(version)
        path, digest = self._releases.file(release, name)
        if version == LATEST:
            return _to_latest(release, name)
        return _send(request, path, results.etag_of(digest), _FOREVER)


def _to_latest(release: Release, name: str) -> Response:
    headers = {"Cache-Control": "no-cache"}
    return RedirectResponse(f"/download/{release.version}/{quote(name)}", status_code=307, headers=headers)


def _send(request: Request, path: Path, etag: str, caching: str = "no-cache") -> Response:
    headers = {"ETag": etag, "Vary": "Accept", "Cache-Control": caching}
    if results.has_version(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=_content_type(path.name), headers=headers)


def _sections(release: Release) -> dict[str, list[File]]:
    """Gather the files by folder; of those of relations and of the event stream there are too many to list."""
    sections: dict[str, list[File]] = {}
    for name in sorted(release.checksums):
        folder = name.rpartition("/")[0].partition("/")[0]
        if folder not in {"relations", eventstream.FOLDER}:
            sections.setdefault(folder, []).append(_described(name, release.folder / name))
    return sections


def _described(name: str, path: Path) -> File:
    """Describe a file by its name and size; of a compressed one by what is inside."""
    stem = name.removesuffix(".gz")
    return File(name, media_type(stem), path.stat().st_size, is_compressed=stem != name)


def _content_type(name: str) -> str:
    if name.endswith(".gz"):
        return GZIP
    format_ = by_extension(name.rpartition(".")[2], ALL)
    return format_.content_type if format_ else media_type(name)
