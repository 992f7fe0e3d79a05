"""Getting the publishers' files from where they are offered."""

from __future__ import annotations

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
        InputError: a file is offered nowhere as it is, cannot be had, or is another edition.
    """
    for file in about.files.values():
        path = folder / file.path
        if path.is_file():
            continue
        if not file.address:
            raise InputError(
                f"is not offered by its publisher in this form: get its content from {about.address}, and put it here",
                path=path,
            )
        content = _get(file, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.part")
        partial.write_bytes(content)
        partial.replace(path)


def _get(file: RawFile, path: Path) -> bytes:
    agent = {"User-Agent": f"bilateral/{__version__}"}
    try:
        response = httpx.get(file.address, timeout=_TIMEOUT, follow_redirects=True, headers=agent)
        response.raise_for_status()
    except httpx.HTTPError as error:
        raise InputError(f"cannot be had from {file.address}: {error}", path=path) from error
    found = hashlib.sha256(response.content).hexdigest()
    if found != file.sha256:
        raise InputError(f"is another edition at {file.address}: its SHA-256 is {found}, not {file.sha256}", path=path)
    return response.content
