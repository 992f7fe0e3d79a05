"""The event stream of relations: what its pages are called in a release, and when the members of a release entered it.

Linked Data Event Streams, https://w3id.org/ldes/specification, on TREE, https://w3id.org/tree/specification.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bilateral.release import Release

PATH: Final = "/ldes"
FOLDER: Final = "ldes"
WHOLE: Final = "all"
"""What stands in the place of a party, on the page that has all pairs."""

AS: Final = "https://www.w3.org/ns/activitystreams#"
LDES: Final = "https://w3id.org/ldes#"
TREE: Final = "https://w3id.org/tree#"


def page_of(party: str) -> str:
    """Name the page of a party, or of all, in a release."""
    return f"{FOLDER}/{party}.ttl"


def stream_of(root: str, party: str) -> str:
    """Give the address of the stream of a party, or of all; the one of its first node goes before the fragment."""
    return f"{root}#stream" if party == WHOLE else f"{root}?party={party}#stream"


def entered(release: Release, known: Mapping[str, Release]) -> str:
    """Give the time at which members of a release entered: never before those of a release before it (LDES, 2)."""
    days = [release.modified]
    while before := known.get(release.previous or ""):
        release = before
        days.append(release.modified)
    return f"{max(days)}T00:00:00Z"
