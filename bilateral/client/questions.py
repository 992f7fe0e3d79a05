"""Questions: what a server can be asked by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bilateral.errors import AnswerUnexpected


@dataclass(frozen=True)
class Parameter:
    """What a question may be asked about; ``default`` is what it is asked about else."""

    name: str
    type: str
    default: str | None


@dataclass(frozen=True)
class Question:
    """A question of the server: ``titles`` by language, and the parameters that it takes."""

    name: str
    titles: Mapping[str, str]
    theme: str
    parameters: tuple[Parameter, ...]
    url: str


def read(content: bytes) -> list[Question]:
    """Read a server's list of questions.

    Raises:
        AnswerUnexpected: it is no such list.
    """
    try:
        return [_question(each) for each in json.loads(content)]
    except (ValueError, KeyError, TypeError) as error:
        raise AnswerUnexpected(f"The list of questions cannot be read: {error!r}") from error


def _question(each: dict[str, Any]) -> Question:
    parameters = tuple(Parameter(p["name"], p["type"], p.get("default")) for p in each["parameters"])
    return Question(each["name"], dict(each["titles"]), each["theme"], parameters, each["url"])
