"""Why a row is left out, in words."""

from __future__ import annotations

from collections.abc import Iterable


def first(reasons: Iterable[tuple[bool, str]]) -> str:
    """Give the first reason that holds; empty where none does.

    >>> first([(False, "it has no year"), (True, "its host is no party")])
    'its host is no party'
    """
    return next((reason for holds, reason in reasons if holds), "")
