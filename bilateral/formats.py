"""The closed table of formats, and content negotiation over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final


class ResultKind(Enum):
    """What an answer is; it alone decides which formats can carry it."""

    SOLUTIONS = "solutions"
    BOOLEAN = "boolean"
    GRAPH = "graph"


@dataclass(frozen=True)
class Format:
    """One way to write an answer, a document or a dump.

    ``iri`` is the format's name in https://www.w3.org/ns/formats/, where it has one.
    ``aliases`` are other media types and names under which clients ask for it.
    """

    name: str
    media_type: str
    extension: str
    iri: str | None = None
    aliases: tuple[str, ...] = ()
    charset: bool = False

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


_W3C: Final = "http://www.w3.org/ns/formats/"

JSON: Final = Format(
    "json",
    "application/sparql-results+json",
    "srj",
    f"{_W3C}SPARQL_Results_JSON",
    ("application/json",),
)
XML: Final = Format(
    "xml",
    "application/sparql-results+xml",
    "srx",
    f"{_W3C}SPARQL_Results_XML",
    ("application/xml", "text/xml"),
)
CSV: Final = Format("csv", "text/csv", "csv", f"{_W3C}SPARQL_Results_CSV", charset=True)
TSV: Final = Format("tsv", "text/tab-separated-values", "tsv", f"{_W3C}SPARQL_Results_TSV", charset=True)
TURTLE: Final = Format(
    "turtle",
    "text/turtle",
    "ttl",
    f"{_W3C}Turtle",
    ("application/x-turtle", "text/n3", "text/rdf+n3", "n3"),
    charset=True,
)
N_TRIPLES: Final = Format("ntriples", "application/n-triples", "nt", f"{_W3C}N-Triples", ("text/plain", "n-triples"))
RDF_XML: Final = Format(
    "rdfxml", "application/rdf+xml", "rdf", f"{_W3C}RDF_XML", ("application/xml", "text/xml", "xml", "rdf+xml")
)
JSON_LD: Final = Format(
    "jsonld", "application/ld+json", "jsonld", f"{_W3C}JSON-LD", ("application/json", "json-ld", "json")
)
TRIG: Final = Format("trig", "application/trig", "trig", f"{_W3C}TriG")
N_QUADS: Final = Format("nquads", "application/n-quads", "nq", f"{_W3C}N-Quads")
HTML: Final = Format("html", "text/html", "html", None, ("application/xhtml+xml",), charset=True)
BIBTEX: Final = Format("bibtex", "application/x-bibtex", "bib", charset=True)
RIS: Final = Format("ris", "application/x-research-info-systems", "ris", charset=True)
CSL_JSON: Final = Format("csl", "application/vnd.citationstyles.csl+json", "csl")

ATOM: Final = Format("atom", "application/atom+xml", "atom", charset=True)
RDFLIB: Final = {TURTLE: "turtle", RDF_XML: "xml", JSON_LD: "json-ld", N_TRIPLES: "nt"}
"""What rdflib calls the formats of descriptions."""

GZIP: Final = "application/gzip"
"""The media type of a file that is compressed as it lies, whatever it has inside."""

_FILES: Final = {
    "sqlite": "application/vnd.sqlite3",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "cff": "application/yaml",
}
"""The media types of other files of a release, by extension."""

PLAIN_JSON: Final = Format("json", "application/json", "json")
"""What is neither results nor RDF."""

PROBLEM: Final = "application/problem+json"
"""The media type of errors (RFC 9457), which are never negotiated."""

SOLUTIONS: Final = (JSON, XML, CSV, TSV)
GRAPHS: Final = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, TRIG, N_QUADS)
DOCUMENTS: Final = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS, HTML)
CITATIONS: Final = (BIBTEX, RIS, CSL_JSON)
DESCRIPTIONS: Final = (TURTLE, RDF_XML, JSON_LD, N_TRIPLES)
ALL: Final = (*SOLUTIONS, *GRAPHS, HTML, *CITATIONS)

BY_KIND: Final = {
    ResultKind.SOLUTIONS: SOLUTIONS,
    ResultKind.BOOLEAN: SOLUTIONS,
    ResultKind.GRAPH: GRAPHS,
}
"""The formats of each kind of result, the default first."""


def by_extension(extension: str, offered: Iterable[Format] = ALL) -> Format | None:
    """Find the offered format of a file name's extension.

    >>> by_extension("ttl").media_type
    'text/turtle'
    """
    return next((format_ for format_ in offered if format_.extension == extension), None)


def media_type(name: str) -> str:
    """Give the media type of a file by its name; of an unknown one, that of plain text.

    >>> media_type("bilateral.nq")
    'application/n-quads'
    """
    extension = name.rpartition(".")[2]
    known = by_extension(extension)
    return known.media_type if known else _FILES.get(extension, "text/plain")


def by_name(name: str, offered: Iterable[Format] = ALL) -> Format | None:
    """Find an offered format by name, extension or media type, as ``format=`` gives it; of several the first known.

    >>> by_name("json-ld,application/ld+json", GRAPHS).name
    'jsonld'
    """
    by_names = {known: f for f in reversed(tuple(offered)) for known in (f.name, f.extension, f.media_type, *f.aliases)}
    return next((by_names[wanted] for part in name.split(",") if (wanted := part.strip().lower()) in by_names), None)


@dataclass(frozen=True)
class _Range:
    """One element of an Accept header: a media range or a language range, and its weight."""

    value: str
    quality: float


def _parse(header: str) -> list[_Range]:
    ranges = []
    for element in header.split(","):
        value, *parameters = (part.strip() for part in element.split(";"))
        if value:
            ranges.append(_Range(value.lower(), _quality(parameters)))
    return ranges


def qualities(header: str) -> dict[str, float]:
    """Read an Accept-Encoding header: the weight of each coding, in lower case (RFC 9110, section 12.5.3).

    >>> qualities("gzip;q=0.5, *;q=0")
    {'gzip': 0.5, '*': 0.0}
    """
    return {range_.value: range_.quality for range_ in _parse(header)}


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _media_quality(media_type: str, ranges: Sequence[_Range]) -> float | None:
    """Weigh a media type by the most specific range that has it (RFC 9110, section 12.5.1)."""
    main = media_type.partition("/")[0]
    for wanted in (media_type, f"{main}/*", "*/*"):
        qualities = [range_.quality for range_ in ranges if range_.value == wanted]
        if qualities:
            return max(qualities)
    return None


def negotiate(accept: str | None, offered: Sequence[Format]) -> Format | None:
    """Choose the offered format that the client likes best, or None if it accepts none.

    Without an Accept header, or with an empty one, the first that is offered is chosen. Equal
    weights go to the one offered first. A name of the format's own counts before an alias.
    RFC 9110, section 12.5.1.

    >>> negotiate("text/csv;q=0.5, application/*", SOLUTIONS).name
    'json'
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = _parse(accept)
    best: tuple[float, int, Format] | None = None
    for format_ in offered:
        weight = _format_weight(format_, ranges)
        if weight is not None and weight[0] > 0 and (best is None or weight > best[:2]):
            best = (*weight, format_)
    return best[2] if best else None


def _format_weight(format_: Format, ranges: Sequence[_Range]) -> tuple[float, int] | None:
    """Weigh a format: by quality, then by whether it was asked for by its own name."""
    own = _media_quality(format_.media_type, ranges)
    if any(range_.value == format_.media_type for range_ in ranges):
        return (own or 0.0, 2)
    aliases = [r.quality for r in ranges if r.value in format_.aliases]
    if aliases and max(aliases) >= (own or 0.0):
        return (max(aliases), 1)
    return None if own is None else (own, 0)


def negotiate_language(accept_language: str | None, offered: Sequence[str]) -> str:
    """Choose the offered language that the client likes best; the first if it likes none.

    A range matches by its primary subtag (RFC 4647, section 3.4, lookup).

    >>> negotiate_language("fr, es-PE;q=0.8", ("en", "es", "ko"))
    'es'
    """
    weights = dict.fromkeys(offered, 0.0)
    for range_ in _parse(accept_language or ""):
        primary = range_.value.partition("-")[0]
        if primary in weights:
            weights[primary] = max(weights[primary], range_.quality)
    return max(offered, key=lambda language: weights[language])
