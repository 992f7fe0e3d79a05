"""The store folder on disk: the seam between what builds and what serves.

::

    STORE/
      current -> builds/<data version>     swapped atomically when a build is complete
      builds/<data version>/
        manifest.json                      what is here; written last
        oxigraph/                          the triples
        dumps/                             files offered for download
        reports/                           what came of each source, and what did not
        files/                             ontology, shapes and context, as published
        in-use.lock                        held, shared, by whoever serves the build
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from bilateral.errors import StoreDamaged, StoreMissing, StoreVersionMismatch
from bilateral.terms import CC0

LAYOUT: Final = 1
"""The version of this layout; a store of another one is refused."""


@dataclass(frozen=True)
class Manifest:
    """What a build wrote.

    ``data_version`` identifies the input by content: the same input has the same version.
    ``graphs`` gives the number of triples of each named graph, ``classes`` and ``properties`` the
    number of instances and of triples of each; ``links`` the number of links into each other dataset, by
    its namespace. ``licenses`` gives the licence of each graph that has its own. ``files`` gives the size
    in bytes of each file of the store, by which damage is seen.
    """

    data_version: str
    triples: int
    graphs: Mapping[str, int]
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    entities: int = 0
    links: Mapping[str, int] = field(default_factory=dict)
    licenses: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)
    layout: int = LAYOUT

    @property
    def all_licenses(self) -> list[str]:
        """The licences under which the whole is, each for its part."""
        return sorted({CC0, *self.licenses.values()})

    def write(self, folder: Path) -> None:
        """Write the manifest; a folder without one is no build."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"
        (folder / "manifest.json").write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Snapshot:
    """One complete build, read-only."""

    folder: Path
    manifest: Manifest

    @classmethod
    def current(cls, store: Path) -> Snapshot:
        """Open the build that a store folder offers now.

        Raises:
            StoreMissing: there is none.
            StoreVersionMismatch: it has another layout.
            StoreDamaged: its files are not those that the build wrote.
        """
        link = store / "current"
        if not link.exists():
            raise StoreMissing(f"There is no store at {store}. Make one: bilateral build --store {store}")
        folder = link.resolve()
        manifest = _read_manifest(folder, store)
        _check_files(folder, manifest, store)
        return cls(folder, manifest)

    @property
    def triples_folder(self) -> Path:
        """The folder of the triple store."""
        return self.folder / "oxigraph"

    @property
    def dumps(self) -> Path:
        """The folder of the files offered for download."""
        return self.folder / "dumps"

    @property
    def files(self) -> Path:
        """The folder of ontology, shapes and context, as published."""
        return self.folder / "files"

    @property
    def lock(self) -> Path:
        """The file that whoever serves the build holds a shared lock on."""
        return self.folder / "in-use.lock"


def _read_manifest(folder: Path, store: Path) -> Manifest:
    try:
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        layout = content["layout"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(store, f"its manifest cannot be read ({error})") from error
    if layout != LAYOUT:
        raise StoreVersionMismatch(
            f"The store at {store} has layout {layout}, this program reads layout {LAYOUT}. "
            f"Build it again: bilateral build --store {store}"
        )
    try:
        return Manifest(**content)
    except TypeError as error:
        raise _damaged(store, f"its manifest has other fields ({error})") from error


def _check_files(folder: Path, manifest: Manifest, store: Path) -> None:
    for name, size in manifest.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise _damaged(store, f"{name} is missing or has another size")


def _damaged(store: Path, why: str) -> StoreDamaged:
    return StoreDamaged(f"The store at {store} is damaged: {why}. Build it again: bilateral build --store {store}")
