"""How to cite what is here: BibTeX, CSL-JSON and RIS, of a fact, a relation or any other thing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bilateral.formats import BIBTEX, CITATIONS, CSL_JSON, RIS, Format
from bilateral.serve.site.link import Link
from bilateral.terms import path_of
from bilateral.words import words

_AUTHOR: Final = "The Bilateral project"
_NAMES: Final = {BIBTEX.name: "BibTeX", CSL_JSON.name: "CSL-JSON", RIS.name: "RIS"}
_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
"""What TeX reads as commands, as text."""


@dataclass(frozen=True)
class Reference:
    """What a citation says; ``sources`` are those that the fact itself rests on."""

    iri: str
    title: str
    version: str
    accessed: dt.date
    language: str
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A key for reference managers, of letters, digits and hyphens."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.iri.rpartition("/id/")[2]).strip("-")

    @property
    def note(self) -> str:
        """The version of the data, and the sources of the fact."""
        spoken = words(self.language)
        version = spoken("Data version {version}.", version=self.version)
        rests = spoken("Rests on: {sources}.", sources="; ".join(self.sources)) if self.sources else ""
        return f"{version} {rests}".rstrip()

    @property
    def container(self) -> str:
        """What the thing is part of."""
        spoken = words(self.language)
        return spoken("Bilateral: an open knowledge graph of the relations between countries")

    @property
    def plain(self) -> str:
        """The citation as text."""
        spoken = words(self.language)
        return spoken(
            "{author}. “{title}.” {container}, data version {version}. {iri} (looked at on {date}).",
            author=_AUTHOR,
            title=self.title,
            container=self.container,
            version=self.version,
            iri=self.iri,
            date=spoken.date(self.accessed.isoformat()),
        )


def citation_links(iri: str, language: str) -> list[Link]:
    """Lead to the reference to a thing in the format of each reference manager."""
    return [Link(_NAMES[format_.name], f"{path_of(iri)}.{format_.extension}?lang={language}") for format_ in CITATIONS]


def bibtex(reference: Reference) -> str:
    """Write a reference for BibTeX and biblatex, in UTF-8."""
    fields = {
        "author": f"{{{_AUTHOR}}}",
        "title": _tex(reference.title),
        "howpublished": _tex(reference.container),
        "year": str(reference.accessed.year),
        "url": _one_line(reference.iri),
        "urldate": reference.accessed.isoformat(),
        "note": _tex(reference.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{reference.key},\n{lines}}}\n"


def csl_json(reference: Reference) -> str:
    """Write a reference in the JSON of the Citation Style Language, version 1.0.2."""
    day = reference.accessed
    item = {
        "id": reference.key,
        "type": "dataset",
        "title": reference.title,
        "author": [{"literal": _AUTHOR}],
        "container-title": reference.container,
        "version": reference.version,
        "issued": {"date-parts": [[day.year]]},
        "accessed": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": reference.iri,
        "language": reference.language,
        "note": reference.note,
    }
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def ris(reference: Reference) -> str:
    """Write a reference in RIS: a tag of two letters, two spaces, a hyphen and a value on each line."""
    fields = [
        ("TY", "DATA"),
        ("ID", reference.key),
        ("AU", _AUTHOR),
        ("TI", reference.title),
        ("T2", reference.container),
        ("PY", str(reference.accessed.year)),
        ("ET", reference.version),
        ("LA", reference.language),
        ("UR", reference.iri),
        ("Y2", f"{reference.accessed:%Y/%m/%d}/"),
        ("N1", reference.note),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields)


WRITERS: Final[Mapping[Format, Callable[[Reference], str]]] = {BIBTEX: bibtex, CSL_JSON: csl_json, RIS: ris}


def _tex(text: str) -> str:
    return _one_line(text).translate(_LATEX)


def _one_line(text: str) -> str:
    return " ".join(text.split())
