"""Pages: templates filled in for one reader, in that reader's language."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from bilateral.changes import counted
from bilateral.formats import HTML
from bilateral.serve import results
from bilateral.serve.assets import Assets
from bilateral.serve.problems import language_of
from bilateral.serve.site.citing import Reference
from bilateral.serve.site.link import Link
from bilateral.snapshot import Manifest
from bilateral.terms import path_of
from bilateral.words import NAMES, Words, words

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; "
)
"""A page runs no script but ours and asks no other host for anything (CSP level 3)."""

_OWN_LINK: Final = re.compile(r'<a href="(?P<path>/[^"?#]*)(?P<query>\?[^"#]*)?(?P<fragment>#[^"]*)?"')
_IS_FILE: Final = re.compile(
    r"\.(?:bib|csl|csv|gz|json|jsonld|nq|nt|rdf|ris|trig|ttl)$|^/(?:static|query)/|^/download/."
)
# Files, and addresses that have the language already

Clock = Callable[[], dt.date]
"""Tells today's date."""


def today() -> dt.date:
    """Tell today's date, in UTC."""
    return dt.datetime.now(dt.UTC).date()


class Pages:
    """Renders pages from templates."""

    def __init__(self, manifest: Manifest, public_url: str, clock: Clock = today) -> None:
        self._templates = Environment(
            loader=PackageLoader("bilateral.serve"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._assets = Assets.load()
        self.manifest = manifest
        self.public_url = public_url
        self.clock = clock

    def reference(self, iri: str, title: str, language: str, sources: Iterable[str] = ()) -> Reference:
        """Give what a citation of a thing says; ``sources`` are those that it rests on."""
        version, accessed = self.manifest.data_version, self.clock()
        return Reference(iri, title, version, accessed, language, tuple(dict.fromkeys(sources)))

    def words(self, request: Request) -> Words:
        """Give the words of the language that the request asks for."""
        return words(language_of(request))

    def render(
        self, request: Request, template: str, *, title: str, is_framed: bool = False, **values: object
    ) -> Response:
        """Give a page; only one that ``is_framed`` may be part of a page of somebody else."""
        content = self.fill(request, template, title=title, **values)
        headers = {
            "Content-Security-Policy": _POLICY + ("frame-ancestors *" if is_framed else "frame-ancestors 'none'"),
            "Content-Language": self.words(request).language,
            "Referrer-Policy": "same-origin",
        }
        etag = results.etag_of(hashlib.blake2b(content, digest_size=12).hexdigest())
        return results.respond(request, content, HTML, etag=etag, headers=headers)

    def fill(self, request: Request, template: str, **values: object) -> bytes:
        """Fill in a template."""
        spoken = self.words(request)
        text = self._templates.get_template(template).render(
            _=spoken,
            words=spoken,
            ngettext=spoken.count,
            counted=partial(counted, spoken),
            language=spoken.language,
            languages=_translations(request),
            path_of=path_of,
            manifest=self.manifest,
            asset=self._assets.path,
            **values,
        )
        if request.query_params.get("lang") == spoken.language:
            text = keep_language(text, spoken.language)
        return text.encode("utf-8")


def keep_language(page: str, language: str) -> str:
    """Let the links of a page lead to others in its language, for whoever chose it by the address.

    >>> keep_language('<a href="/ontology#Claim"> <a href="/id/party/PER.ttl">', "es")
    '<a href="/ontology?lang=es#Claim"> <a href="/id/party/PER.ttl">'
    """

    def kept(link: re.Match[str]) -> str:
        path, query, fragment = link["path"], link["query"] or "", link["fragment"] or ""
        if _IS_FILE.search(path) or "lang=" in query:
            return link[0]
        return f'<a href="{path}{query}{"&amp;" if query else "?"}lang={language}{fragment}"'

    return _OWN_LINK.sub(kept, page)


def _translations(request: Request) -> list[Link]:
    """Lead to the same page in each language."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return [Link(name, f"?{urlencode([*kept, ('lang', code)])}", code) for code, name in NAMES.items()]
