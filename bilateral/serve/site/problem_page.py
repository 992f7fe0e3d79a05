"""The page of a problem: what went wrong, in words, for whoever came with a browser."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bilateral.formats import HTML, JSON, negotiate
from bilateral.serve.endpoint import PATH as ENDPOINT
from bilateral.serve.problems import known_error, respond_to_error
from bilateral.serve.site.page import Pages


class ProblemPage:
    """Answers errors: browsers with a page, everybody else with the one error body."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def respond(self, request: Request, error: Exception) -> Response:
        """Turn any error into a response."""
        response = await respond_to_error(request, error)
        if response.status_code < 400 or not _is_for_people(request):
            return response
        known, spoken = known_error(request, error), self._pages.words(request)
        page = self._pages.render(
            request, "problem.html", title=spoken(known.title), detail=spoken.show(known.message), status=known.status
        )
        page.status_code = response.status_code
        del page.headers["etag"]
        for name in ("allow", "retry-after"):
            if name in response.headers:
                page.headers[name] = response.headers[name]
        return page


def _is_for_people(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return request.url.path != ENDPOINT and "text/html" in accept and negotiate(accept, (HTML, JSON)) == HTML
