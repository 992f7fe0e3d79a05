"""Asking for what is not known yet: the items of all links, then the classes above those that they are instances of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bilateral.errors import RemoteError
from bilateral.progress import Steps
from bilateral.publish.wikidata.api import MOST, Wikidata
from bilateral.publish.wikidata.entities import INSTANCE_OF, SUBCLASS_OF, Answers
from bilateral.publish.wikidata.links import Kinds, Link

_HEIGHT: Final = 8
"""How far up subclasses are followed; from a class in use to one of our table it is seldom more than four."""


def requests_for(items: Sequence[str]) -> int:
    """Count the requests that items take, if no answer is too large."""
    return -(-len(items) // MOST)


def unasked(links: Iterable[Link], answers: Answers) -> list[str]:
    """Give the items to ask for, each once, in the order of the links."""
    return [item for item in dict.fromkeys(link.item for link in links) if item not in answers]


def ask(links: Sequence[Link], kinds: Kinds, wikidata: Wikidata, answers: Answers, steps: Steps) -> None:
    """Ask for all that the check needs; what has been answered is kept at once.

    Raises:
        RemoteError: the server refuses, or does not answer.
    """
    _ask_for(unasked(links, answers), "items", wikidata, answers, steps)
    for _ in range(_HEIGHT):
        classes = _classes_to_ask(links, kinds, answers)
        steps.more(requests_for(classes))
        _ask_for(classes, "classes", wikidata, answers, steps)


def _ask_for(items: Sequence[str], what: str, wikidata: Wikidata, answers: Answers, steps: Steps) -> None:
    """Ask in batches; the next one is half as large after an answer that did not hold all, and grows again."""
    size = MOST
    waiting = list(items)
    while waiting:
        batch = waiting[:size]
        steps.step(f"{what}: {len(items) - len(waiting)} of {len(items)}")
        entities = wikidata.entities(batch)
        if not entities and size == 1:
            raise RemoteError(f"Wikidata does not answer for {batch[0]}")
        answers.add(entities)
        waiting = [item for item in waiting if item not in answers]
        is_whole = len(entities) == len(batch)
        size = min(2 * size, MOST) if is_whole else max(1, size // 2)
        steps.more(0 if is_whole else 1)


def _classes_to_ask(links: Iterable[Link], kinds: Kinds, answers: Answers) -> list[str]:
    """Give the classes above what does not fit yet, as far as they are not known."""
    wanted: set[str] = set()
    for link in links:
        if link.class_ and not fits(link, kinds, answers):
            wanted |= ancestors(answers[link.item].values(INSTANCE_OF), answers)
    return sorted(wanted - answers.keys(), key=lambda item: int(item[1:]))


def fits(link: Link, kinds: Kinds, answers: Answers) -> bool:
    """Tell whether an item is an instance of one that fits its class, or of a subclass of it."""
    return not kinds.fitting[link.class_].keys().isdisjoint(ancestors(answers[link.item].values(INSTANCE_OF), answers))


def ancestors(classes: Iterable[str], answers: Answers) -> set[str]:
    """Give classes with all classes above them that are known."""
    found: set[str] = set()
    waiting = list(classes)
    while waiting:
        class_ = waiting.pop()
        if class_ not in found:
            found.add(class_)
            waiting += answers[class_].values(SUBCLASS_OF) if class_ in answers else ()
    return found
