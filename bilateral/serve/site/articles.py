"""Articles: what a party is called within a sentence, as in "the United States"."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from bilateral.project import Project


def within_a_sentence(name: str, code: str, language: str) -> str:
    """Put the article before a party's name that it takes in a language, if any.

    >>> within_a_sentence("Perú", "PER", "es")
    'el Perú'
    """
    article = _articles().get((code, language), "")
    return f"{article} {name}" if article else name


@cache
def _articles() -> Mapping[tuple[str, str], str]:
    """Read the articles by code and language."""
    with Project.installed().names_file.open(encoding="utf-8", newline="") as file:
        return {(row["code"], row["language"]): row["article"] for row in csv.DictReader(file)}
