"""Entities of Wikidata, as far as they concern us, and the file that keeps those already had."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from bilateral.errors import InputError

INSTANCE_OF: Final = "P31"
SUBCLASS_OF: Final = "P279"
ALPHA_2: Final = "P297"
ALPHA_3: Final = "P298"
OPERATOR: Final = "P137"
COUNTRY: Final = "P17"
JURISDICTION: Final = "P1001"
PARTICIPANT: Final = "P710"
PROPERTIES: Final = (INSTANCE_OF, SUBCLASS_OF, ALPHA_2, ALPHA_3, OPERATOR, COUNTRY, JURISDICTION, PARTICIPANT)
"""The properties that are compared; of the others nothing is kept."""
LANGUAGES: Final = ("en", "es", "ko", "mul")
"""The languages whose names are compared; ``mul`` is Wikidata's for a name that is the same in many."""


@dataclass(frozen=True)
class Entity:
    """What Wikidata says of the item ``id``.

    ``target`` is where it redirects to, ``id`` itself where it does not, and empty where the item was
    deleted or never was. ``names`` are labels and aliases, ``claims`` the values of ``PROPERTIES`` but
    the deprecated ones.
    """

    id: str
    target: str
    names: tuple[str, ...] = ()
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def values(self, property_: str) -> tuple[str, ...]:
        """Give the values of a property."""
        return self.claims.get(property_, ())


def read(asked: str, content: Mapping[str, Any]) -> Entity:
    """Read an entity from the JSON of Wikibase (its JSON data model).

    Raises:
        KeyError, TypeError, AttributeError: it has another form.
    """
    if "missing" in content:
        return Entity(asked, "")
    labels, aliases = (_mapping(content.get(part)) for part in ("labels", "aliases"))
    terms = [*labels.values(), *(term for group in aliases.values() for term in group)]
    claims = {p: tuple(_values(_mapping(content.get("claims")).get(p, ()))) for p in PROPERTIES}
    return Entity(
        asked,
        content["id"],
        tuple(sorted({term["value"] for term in terms if term["language"] in LANGUAGES})),
        {p: values for p, values in claims.items() if values},
    )


def _mapping(content: Any) -> Mapping[str, Any]:
    """Give a mapping; PHP writes an empty one as an empty list."""
    return content or {}


def _values(statements: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for statement in statements:
        snak = statement["mainsnak"]
        if statement["rank"] != "deprecated" and snak["snaktype"] == "value":
            value = snak["datavalue"]["value"]
            yield value["id"] if isinstance(value, Mapping) else value


class Answers(Mapping[str, Entity]):
    """The entities already had, by the item that was asked for; each is written to the file at once.

    The file has a line of JSON for each, after one that names the endpoint. A last line that was cut
    off is left out.
    """

    def __init__(self, path: Path, endpoint: str) -> None:
        """Open or begin a file.

        Raises:
            InputError: it is another file, or has answers of another endpoint.
        """
        self.path = path
        self._endpoint = endpoint
        self._had: dict[str, Entity] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        end = self._load() if path.exists() else 0
        self._file = path.open("r+b" if end else "wb")
        self._file.truncate(end)
        self._file.seek(end)
        if not end:
            self._write([{"endpoint": endpoint}])

    def add(self, entities: Iterable[Entity]) -> None:
        """Keep entities."""
        entities = list(entities)
        self._write([asdict(entity) for entity in entities])
        self._had |= {entity.id: entity for entity in entities}

    def target(self, item: str) -> str:
        """Give the item that an item leads to: itself, where nothing else is known."""
        return self._had[item].target or item if item in self._had else item

    def discard(self) -> None:
        """Remove the file: a run that has ended is not to be gone on with."""
        self._file.close()
        self.path.unlink()

    def _write(self, objects: Iterable[Mapping[str, Any]]) -> None:
        lines = (json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in objects)
        self._file.write("".join(lines).encode())
        self._file.flush()

    def _load(self) -> int:
        """Read the file; gives the length of what is whole."""
        lines = self.path.read_bytes().splitlines(keepends=True)
        whole = [line for line in lines if line.endswith(b"\n")]
        try:
            endpoint = json.loads(whole[0])["endpoint"] if whole else self._endpoint
            entities = [_restored(json.loads(line)) for line in whole[1:]]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError("is no file of answers from Wikidata: give another one", path=self.path) from error
        if endpoint != self._endpoint:
            raise InputError(f"has answers of {endpoint}: give another file, or remove it", path=self.path)
        self._had = {entity.id: entity for entity in entities}
        return sum(map(len, whole))

    def __getitem__(self, item: str) -> Entity:
        return self._had[item]

    def __iter__(self) -> Iterator[str]:
        return iter(self._had)

    def __len__(self) -> int:
        return len(self._had)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()


def _restored(content: Mapping[str, Any]) -> Entity:
    claims = {p: tuple(values) for p, values in content["claims"].items()}
    return Entity(content["id"], content["target"], tuple(content["names"]), claims)
