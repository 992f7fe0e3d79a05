"""Pages for people: a document, the endpoint, the downloads and the start, in three languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from bilateral.documents import Document
from bilateral.formats import HTML
from bilateral.project import Question
from bilateral.serve import results
from bilateral.serve.problems import language_of
from bilateral.serve.view import Value, View
from bilateral.serve.words import NAMES, Words, words
from bilateral.snapshot import Manifest
from bilateral.terms import RELATION, expand, path_of

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""A page runs no script and asks no other host for anything (CSP level 3)."""

Labels = Mapping[str, Mapping[str, str]]
"""Labels of things by IRI and language."""


class Pages:
    """Renders pages from templates."""

    def __init__(self, questions: Sequence[Question], version: str) -> None:
        """Take the questions to offer as examples, and the version of the data that is shown."""
        loader = PackageLoader("bilateral.serve")
        self._templates = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._questions = questions
        self._version = version

    def document(self, request: Request, document: Document, formats: Sequence[tuple[str, str]]) -> Response:
        """Show a document: a relation with all its facts, or any other thing."""
        view = View(document, self._words(request))
        is_relation = document.iri.startswith(RELATION) and "/" not in document.iri.removeprefix(RELATION)
        template = "relation.html" if is_relation else "thing.html"
        return self._render(request, template, view=view, title=view.title.text, iri=document.iri, formats=formats)

    def home(self, request: Request, relations: Labels, parties: Labels, manifest: Manifest) -> Response:
        """Show what there is: the relations written by hand and the parties, by their labels in each language."""
        language = language_of(request)
        return self._render(
            request,
            "home.html",
            title="Bilateral",
            triples=manifest.triples,
            relations=_links(relations, language),
            parties=_links(parties, language),
            count=manifest.classes.get(expand("bilat:BilateralRelation"), 0),
        )

    def sparql(self, request: Request) -> Response:
        """Show the endpoint: a form, and the questions as examples."""
        language = language_of(request)
        examples = [
            (question.titles.get(language, question.titles["en"]), question.text) for question in self._questions
        ]
        return self._render(request, "sparql.html", title="SPARQL", examples=examples)

    def downloads(self, request: Request, files: Sequence[tuple[str, int]]) -> Response:
        """Show the files for download, with their sizes in bytes."""
        links = [(Value(name, f"/download/{name}"), size) for name, size in files]
        return self._render(request, "downloads.html", title=self._words(request)("Downloads"), files=links)

    def _words(self, request: Request) -> Words:
        return words(language_of(request))

    def _render(self, request: Request, template: str, **values: object) -> Response:
        spoken = self._words(request)
        html = self._templates.get_template(template).render(
            _=spoken,
            words=spoken,
            language=spoken.language,
            languages=NAMES,
            path=request.url.path,
            path_of=path_of,
            **values,
        )
        headers = {
            "Content-Security-Policy": _POLICY,
            "Content-Language": spoken.language,
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }
        etag = results.etag_of(self._version, HTML.name, spoken.language)
        return results.respond(request, html.encode("utf-8"), HTML, etag=etag, headers=headers)


def _links(labels: Labels, language: str) -> list[Value]:
    links = (Value(texts.get(language, iri), path_of(iri)) for iri, texts in labels.items())
    return sorted(links, key=lambda link: link.text.casefold())
