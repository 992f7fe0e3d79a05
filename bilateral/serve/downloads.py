"""The dumps that the build wrote, offered as files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from bilateral.errors import NotFound
from bilateral.formats import ALL, by_extension
from bilateral.serve import results
from bilateral.serve.site.page import Pages
from bilateral.snapshot import Snapshot


@dataclass(frozen=True)
class File:
    """A file for download; ``size`` is in bytes."""

    name: str
    format: str
    size: int
    is_compressed: bool


class Downloads:
    """The routes below ``/download/``."""

    def __init__(self, pages: Pages, snapshot: Snapshot) -> None:
        self._pages = pages
        self._files = {path.name: path for path in sorted(snapshot.dumps.iterdir())}
        self._version = snapshot.manifest.data_version

    def router(self) -> APIRouter:
        """Give the routes."""
        router = APIRouter()
        router.add_api_route("/download/", self.index, methods=["GET", "HEAD"], include_in_schema=False)
        router.add_api_route("/download/{name}", self.file, methods=["GET", "HEAD"])
        return router

    async def index(self, request: Request) -> Response:
        """List the files."""
        files = [_described(name, path) for name, path in self._files.items()]
        whole = [file for file in files if file.is_compressed]
        single = [file for file in files if not file.is_compressed]
        title = self._pages.words(request)("Downloads")
        return self._pages.render(request, "downloads.html", title=title, whole=whole, single=single)

    async def file(self, request: Request, name: str) -> Response:
        """Give a file; only names that the build wrote are looked up."""
        path = self._files.get(name)
        if path is None:
            raise NotFound(f"There is no file {name}. The list is at /download/.")
        headers = {"ETag": results.etag_of(self._version, name), "Vary": "Accept"}
        if results.has_version(request.headers.get("if-none-match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return FileResponse(path, media_type=_content_type(name), headers=headers)


def _described(name: str, path: Path) -> File:
    """Describe a file by its name and size; of the whole graph, which is compressed, by what is inside."""
    stem = name.removesuffix(".gz")
    format_ = by_extension(stem.rpartition(".")[2], ALL)
    assert format_ is not None, "the build writes no other files"
    return File(name, format_.media_type, path.stat().st_size, is_compressed=stem != name)


def _content_type(name: str) -> str:
    extension = name.rpartition(".")[2]
    if extension == "gz":
        return "application/gzip"
    format_ = by_extension(extension, ALL)
    assert format_ is not None, "the build writes no other files"
    return format_.content_type
