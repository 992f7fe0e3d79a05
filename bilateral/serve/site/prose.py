"""Pages of prose: what this is, and how to build on it."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bilateral.formats import DOCUMENTS, GRAPHS, SOLUTIONS
from bilateral.serve.limits import FederationLimits, Limits
from bilateral.serve.site.home import HomePage
from bilateral.serve.site.page import Pages
from bilateral.terms import BASE
from bilateral.words import Words

_QUESTIONS: Final = "/api/questions/"


class Prose:
    """Shows what the project says of itself; what can be counted or listed comes from the graph."""

    def __init__(
        self, pages: Pages, home: HomePage, limits: Limits, federated: FederationLimits, public_url: str
    ) -> None:
        self._pages = pages
        self._home = home
        self._limits = limits
        self._federated = federated
        self._public_url = public_url

    def about(self, request: Request) -> Response:
        """Say what this is, where the facts come from, and how they are chosen."""
        words = self._pages.words(request)
        title = words("The relations between countries, with their sources")
        reference = self._pages.reference(BASE, title, words.language)
        return self._pages.render(
            request, "about.html", title=words("About"), datasets=self._home.datasets(), reference=reference
        )

    def developers(self, request: Request) -> Response:
        """Say how programs use this, with examples that run."""
        words = self._pages.words(request)
        return self._pages.render(
            request,
            "developers.html",
            title=words("For developers"),
            address=self._public_url,
            limits=self._limits,
            federated=self._federated,
            solutions=SOLUTIONS,
            graphs=GRAPHS,
            documents=DOCUMENTS,
            routes=sorted(_documented(request, words)),
        )


def _documented(request: Request, words: Words) -> set[tuple[str, str]]:
    """Give the routes that OpenAPI describes, with the first sentence on each; the questions as one."""
    paths = request.app.openapi()["paths"]
    return {
        (
            f"{_QUESTIONS}{{name}}" if path.startswith(_QUESTIONS) else path,
            words(operation.get("description", operation.get("summary", "")).partition("\n")[0]).replace("``", ""),
        )
        for path, operations in paths.items()
        for method, operation in operations.items()
        if method == "get"
    }
