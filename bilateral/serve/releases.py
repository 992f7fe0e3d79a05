"""The releases that are offered: read again whenever the folder changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bilateral.changes import CHANGES, Group, read_groups
from bilateral.errors import NotFound
from bilateral.message import Message
from bilateral.release import CHECKSUMS, LATEST, MANIFEST, Release, releases


class Releases:
    """The releases of a folder, the latest first; none where there is no folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: tuple[int, tuple[Release, ...]] = (0, ())

    def all(self) -> tuple[Release, ...]:
        """List the releases."""
        if self._folder is None or not self._folder.is_dir():
            return ()
        state = self._folder.stat().st_mtime_ns
        if self._known[0] != state:
            self._known = (state, tuple(releases(self._folder)))
        return self._known[1]

    def find(self, version: str) -> Release:
        """Give the release of a version, or the ``latest``.

        Raises:
            NotFound: there is none.
        """
        known = self.all()
        for release in known:
            if version in (release.version, LATEST):
                return release
        versions = ", ".join(release.version for release in known) or Message("none yet")
        raise NotFound(Message("There is no release {version}. There is: {known}.", version=version, known=versions))

    def file(self, release: Release, name: str) -> tuple[Path, str]:
        """Give a file of a release and what its content is known by; only names that the export wrote are looked up.

        Raises:
            NotFound: the release has no such file.
        """
        digest = f"{release.data_version}-{name}" if name in (MANIFEST, CHECKSUMS) else release.checksums.get(name)
        if digest is None:
            raise NotFound(
                Message(
                    "Release {version} has no file {name}. The list is at /download/{version}/.",
                    version=release.version,
                    name=name,
                )
            )
        return release.folder / name, digest

    def changes(self, release: Release, is_wanted: Callable[[str], bool] = lambda _: True) -> Iterator[Group]:
        """Tell what changed since the release before, of some IRIs or of all; nothing where there was none."""
        path = release.folder / CHANGES
        return read_groups(path, is_wanted) if path.exists() else iter(())
