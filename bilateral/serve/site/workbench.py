"""The SPARQL workbench: an editor, the questions as examples by theme, and what it completes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from bilateral.project import Question
from bilateral.serve.endpoint import PATH
from bilateral.serve.site.link import Link
from bilateral.serve.site.page import Pages
from bilateral.terms import PREFIXES
from bilateral.words import Words

THEMES: Final = (
    "ties",
    "missions",
    "agreements",
    "visits",
    "entry",
    "trade",
    "votes",
    "people",
    "aid",
    "culture",
    "events",
    "contested",
    "graph",
    "wikidata",
)
"""What questions are about, in the order of the page."""

_FIRST: Final = "SELECT * WHERE { ?s ?p ?o } LIMIT 10"
_ENTITIES: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""In JSON inside HTML these would end the element or begin an entity (HTML, section 4.12.1.3)."""


@dataclass(frozen=True)
class Theme:
    """Questions of one theme; each leads to its query in the workbench."""

    name: str
    questions: tuple[Link, ...]


class Workbench:
    """Shows the workbench."""

    def __init__(self, pages: Pages, questions: Sequence[Question]) -> None:
        self._pages = pages
        self._questions = questions

    def show(self, request: Request) -> Response:
        """Show a form with the query of the address, or the first question; a script makes it an editor."""
        words = self._pages.words(request)
        asked = request.query_params.get("query", "")
        query = asked or (self._questions[0].text if self._questions else _FIRST)
        return self._pages.render(
            request,
            "sparql.html",
            title=words("SPARQL workbench"),
            query=query,
            themes=self._themes(words),
            data=self._data(words, query, runs=bool(asked)),
        )

    def _themes(self, words: Words) -> list[Theme]:
        names = _theme_names(words)
        return [
            Theme(
                names[theme],
                tuple(_example(question, words.language) for question in self._questions if question.theme == theme),
            )
            for theme in THEMES
            if any(question.theme == theme for question in self._questions)
        ]

    def _data(self, words: Words, query: str, *, runs: bool) -> Markup:
        """Give the script what it needs: completions from the counts that the endpoint describes itself with (VoID)."""
        data = {
            "endpoint": PATH,
            "query": query,
            "runs": runs,
            "classes": sorted(self._pages.manifest.classes),
            "properties": sorted(self._pages.manifest.properties),
            "prefixes": PREFIXES,
            "words": {"chart": words("Chart"), "map": words("Map")},
        }
        return Markup(json.dumps(data, ensure_ascii=False).translate(_ENTITIES))  # noqa: S704 - no markup is left in it


def _example(question: Question, language: str) -> Link:
    title = question.titles.get(language, question.titles["en"])
    return Link(title, f"{PATH}?{urlencode({'query': question.text})}")


def _theme_names(_: Words) -> dict[str, str]:
    return {
        "ties": _("Diplomatic relations"),
        "missions": _("Missions and envoys"),
        "agreements": _("Agreements"),
        "visits": _("Visits"),
        "entry": _("Rules of entry"),
        "trade": _("Trade and investment"),
        "votes": _("Votes together"),
        "people": _("People and organizations"),
        "aid": _("Aid and defence"),
        "culture": _("Culture and cities"),
        "events": _("Events"),
        "contested": _("What is contested"),
        "graph": _("The graph itself"),
        "wikidata": _("Joined with Wikidata"),
    }
