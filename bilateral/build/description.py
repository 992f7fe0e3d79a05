"""The description of a source: what is known of it without reading it, and the words of its citations.

It is a file in TOML (https://toml.io/en/v1.0.0) in ``sources/``, named as the source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, ConfigDict, TypeAdapter, ValidationError, with_config

from bilateral.build.fact import citation
from bilateral.build.thing import Texts, Thing
from bilateral.errors import InputError
from bilateral.terms import BASE, LANGUAGES

_FOLDER: Final = Path(__file__).parent / "sources"
_strictly: Final = with_config(ConfigDict(extra="forbid"))


def _in_each_language(words: Mapping[str, str]) -> Mapping[str, str]:
    if {*words} != {*LANGUAGES}:
        raise ValueError(f"should be in {', '.join(LANGUAGES)}")
    return words


@_strictly
@dataclass(frozen=True)
class RawFile:
    """A file as its publisher gives it: its path in the source's folder, and the SHA-256 of the edition we know.

    ``ignored`` names the columns that are left aside. ``address`` is where the publisher offers this very
    edition; empty where nobody has made sure of one. ``unpacked`` is the SHA-256 of the content, where the
    publisher offers it as it is and we keep it packed: how it is packed makes no other edition.
    """

    path: str
    sha256: str
    unpacked: str = ""
    address: str = ""
    delimiter: str = ","
    ignored: tuple[str, ...] = ()


@_strictly
@dataclass(frozen=True)
class Column:
    """A column of a table of ours: its name, its datatype in CSVW's words, and what it holds."""

    name: str
    description: str
    datatype: str = "string"


@_strictly
@dataclass(frozen=True)
class Table:
    """A table of ours: what it holds, and between which numbers the count of its rows must be."""

    title: str
    floor: int
    ceiling: int
    columns: tuple[Column, ...]


@_strictly
@dataclass(frozen=True)
class Description:
    """What is known of a source.

    ``order`` is its place among the sources, wherever they are listed. ``version`` is the state of the data as
    the publisher names it; ``license`` and ``address`` are IRIs. Files and tables have names of ours.
    ``curated_as`` is the name under which curators have described the source already. ``words`` are what its
    citations state, and other texts, with the names of what is filled in in braces.
    """

    name: str
    order: int
    title: str
    publisher: str
    license: str
    address: str
    version: str
    files: Mapping[str, RawFile]
    tables: Mapping[str, Table]
    words: Mapping[str, Annotated[Texts, AfterValidator(_in_each_language)]] = field(default_factory=dict)
    curated_as: str = ""

    @property
    def iri(self) -> str:
        """Its address in the graph."""
        return f"{BASE}id/source/{self.curated_as or self.name}"

    def filled(self, words: str, **values: str | Mapping[str, object]) -> Texts:
        """Fill in values, each the same in all languages, or by language."""
        return {
            language: text.format(**{name: v if isinstance(v, str) else v[language] for name, v in values.items()})
            for language, text in self.words[words].items()
        }

    def cite(self, name: str, locator: str, words: str, **values: str | Mapping[str, object]) -> Thing:
        """Cite a place in the source, with what it states in words; the name tells its citations apart."""
        return citation(self.iri, name, locator, self.filled(words, **values))


_DESCRIPTION: Final = TypeAdapter(Description)


@cache
def read(name: str, folder: Path = _FOLDER) -> Description:
    """Read the description of a source, by its name.

    Raises:
        InputError: there is none, it is no TOML, or a key is missing, unknown or of another type.
    """
    path = folder / f"{name}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return _DESCRIPTION.validate_python({**content, "name": name})
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is no TOML: {error}", path=path) from error
    except ValidationError as error:
        mistakes = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise InputError("; ".join(mistakes), path=path) from error
