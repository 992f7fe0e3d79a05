"""What an error says: a sentence of the catalogues, and what is filled into its places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final


class Verbatim(str):
    """Words of others, as of the engine's parser, which no catalogue has: they are given as they are, in English."""

    __slots__ = ()


class Message:
    """An English sentence with named places, by which the catalogues know it, and the values of these.

    A value is a text, a part that is translated as well, or `Verbatim`.

    >>> str(Message("The result has more than {limit} rows.", limit=10))
    'The result has more than 10 rows.'
    """

    __slots__ = ("sentence", "values")

    def __init__(self, sentence: str, /, **values: object) -> None:
        self.sentence: Final = sentence
        self.values: Final[Mapping[str, str | Message]] = {
            name: value if isinstance(value, str | Message) else str(value) for name, value in values.items()
        }

    @classmethod
    def verbatim(cls, text: str) -> Message:
        """Say what others say, and nothing else."""
        return cls("{said}", said=Verbatim(text))

    def __str__(self) -> str:
        return self.sentence.format(**self.values) if self.values else self.sentence

    def __repr__(self) -> str:
        return repr(str(self))

    @property
    def as_json(self) -> dict[str, Any]:
        """Itself, for another process."""
        return {"sentence": self.sentence, "values": {name: _sent(value) for name, value in self.values.items()}}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Message:
        """Read what `as_json` wrote."""
        return cls(content["sentence"], **{name: _received(value) for name, value in content["values"].items()})


def _sent(value: str | Message) -> object:
    match value:
        case Message():
            return value.as_json
        case Verbatim():
            return {"verbatim": value}
    return value


def _received(value: Any) -> str | Message:
    match value:
        case {"verbatim": text}:
            return Verbatim(text)
        case {"sentence": _}:
            return Message.from_json(value)
    return str(value)
