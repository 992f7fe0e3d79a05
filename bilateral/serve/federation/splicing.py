"""A text in which spans are replaced by other texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """A part of a text, from a place up to another."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Cut it out.

        >>> Span(2, 4).of("a cat")
        'ca'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, order=True)
class Replacement:
    """What comes in the place of a span."""

    span: Span
    text: str


def splice(text: str, replacements: Iterable[Replacement], within: Span | None = None) -> str:
    """Replace spans of a text, and give what comes of it, or of a part of it.

    Of spans of which one is in the other, the outer is replaced.

    >>> splice("a cat and a dog", [Replacement(Span(2, 5), "cow"), Replacement(Span(0, 9), "one")])
    'one a dog'
    """
    within = within or Span(0, len(text))
    pieces, place = [], within.start
    for replacement in sorted(replacements):
        if place <= replacement.span.start and replacement.span.end <= within.end:
            pieces += [text[place : replacement.span.start], replacement.text]
            place = replacement.span.end
    return "".join([*pieces, text[place : within.end]])
