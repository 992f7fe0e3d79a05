"""Assets: scripts, styles and pictures, under names that their content gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from bilateral.errors import AssetsMissing

_LEVEL = 6
"""How hard to compress: level 9 takes twice as long for one part in a hundred."""


@dataclass(frozen=True)
class Assets:
    """What was bundled, by the name of its source."""

    files: Mapping[str, str]

    @classmethod
    def load(cls) -> Assets:
        """Read what the build of the package bundled.

        Raises:
            AssetsMissing: nothing was.
        """
        manifest = resources.files("bilateral.serve").joinpath("static", "built", "manifest.json")
        try:
            return cls(json.loads(manifest.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise AssetsMissing(
                "The scripts of the pages are missing. Make them (python hatch_build.py) or install the package again."
            ) from error

    def path(self, name: str) -> str:
        """Give the address of a bundled file."""
        return f"/static/built/{self.files[name]}"


class _Static(StaticFiles):
    """Files of the package; those whose name has the hash of their content never change (RFC 8246)."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if path.startswith("built/") and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def static_files() -> ASGIApp:
    """Serve the files, compressed where the client likes it."""
    return GZipMiddleware(_Static(packages=[("bilateral.serve", "static")]), compresslevel=_LEVEL)
