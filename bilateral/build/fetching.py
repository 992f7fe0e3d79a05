"""Getting the publishers' files from where they are offered."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Final

import httpx

from bilateral import __version__
from bilateral.build.description import Description, RawFile
from bilateral.errors import InputError

_TIMEOUT: Final = 60.0


def fetch(about: Description, folder: Path) -> None:
    """Get the files of a source that are not in the folder; each is there whole and of the known edition, or not.

    Raises:
        InputError: a file cannot be had, is another edition, or has no address; the others are there then.
    """
    missing = [file for file in about.files.values() if not (folder / file.path).is_file()]
    for file in missing:
        if file.address:
            _keep(_got(file, folder / file.path), folder / file.path)
    for file in missing:
        if not file.address:
            raise InputError(
                f"has no address from which to get it as it is: get its content from {about.address}, and put it here",
                path=folder / file.path,
            )


def _got(file: RawFile, path: Path) -> bytes:
    """Get the content of a file, packed as we keep it."""
    agent = {"User-Agent": f"bilateral/{__version__}"}
    try:
        response = httpx.get(file.address, timeout=_TIMEOUT, follow_redirects=True, headers=agent)
        response.raise_for_status()
    except httpx.HTTPError as error:
        raise InputError(f"cannot be had from {file.address}: {error}", path=path) from error
    known, found = file.unpacked or file.sha256, hashlib.sha256(response.content).hexdigest()
    if found != known:
        raise InputError(f"is another edition at {file.address}: its SHA-256 is {found}, not {known}", path=path)
    return gzip.compress(response.content, mtime=0) if file.unpacked else response.content


def _keep(content: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)
