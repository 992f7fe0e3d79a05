"""What clients send: batches of reconciliation queries, and data extension queries (sections 4.1, 4.3 and 7.3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeGuard, TypeVar

from bilateral.errors import BadRequest, PayloadTooLarge
from bilateral.message import Message, Verbatim
from bilateral.serve.limits import BatchLimits
from bilateral.serve.reconcile.kinds import PROPERTIES, TYPES, EntityType, Property, property_named, type_named

_CANDIDATES: Final = 10
"""Candidates that are given where a query does not say how many."""
T = TypeVar("T")
_STRICTNESS: Final = ("any", "should", "all")
_FIELDS: Final = ("query", "type", "type_strict", "limit", "properties")
"""What a query may have; a field that is misspelt would else be passed over, and the answer would be another's."""


@dataclass(frozen=True)
class Given:
    """A value of a property as a table has it: a text, and the identifier where the cell is matched already."""

    text: str
    id: str | None = None


@dataclass(frozen=True)
class Expected:
    """A property with the values that the thing ought to have."""

    property: Property
    values: tuple[Given, ...]


@dataclass(frozen=True)
class Query:
    """A reconciliation query.

    ``strictness`` says how the types bear: ``any`` of them or ``all`` have to fit; ``should`` prefers what fits.
    """

    text: str
    types: tuple[EntityType, ...] = ()
    strictness: str = "any"
    limit: int = _CANDIDATES
    expected: tuple[Expected, ...] = ()


@dataclass(frozen=True)
class Extension:
    """A data extension query: which properties of which things."""

    ids: tuple[str, ...]
    properties: tuple[Property, ...]


def parse_queries(text: str, limits: BatchLimits) -> dict[str, Query]:
    """Read a batch of reconciliation queries.

    Raises:
        BadRequest: it is no batch; says which query is wrong and how to mend it.
        PayloadTooLarge: it has more queries than may be.
    """
    batch = _read("queries", text)
    if not isinstance(batch, dict):
        raise BadRequest(
            Message(
                "queries must be a JSON object of queries by name, as in {example}.",
                example='{"q0": {"query": "Peru"}}',
            )
        )
    if len(batch) > limits.queries:
        raise PayloadTooLarge(
            Message(
                "The batch has {number} queries: send no more than {most} at once, as the manifest says.",
                number=len(batch),
                most=limits.queries,
            ),
            limit="batchSize",
            value=limits.queries,
        )
    return {name: _Reader(Message("Query {name}", name=name[:40]), limits).query(each) for name, each in batch.items()}


def parse_extension(text: str, limits: BatchLimits) -> Extension:
    """Read a data extension query.

    Raises:
        BadRequest: it is none; says how to mend it.
        PayloadTooLarge: it asks for more than may be.
    """
    asked = _read("extend", text)
    ids = asked.get("ids") if isinstance(asked, dict) else None
    properties = asked.get("properties") if isinstance(asked, dict) else None
    if not _are(ids, str) or not _are(properties, dict):
        raise BadRequest(
            Message(
                "extend must be a JSON object of ids and properties, as in {example}.",
                example='{"ids": ["party/PER"], "properties": [{"id": "wdt:P297"}]}',
            )
        )
    for name, given, most in (("ids", ids, limits.things), ("properties", properties, limits.properties)):
        if len(given) > most:
            raise PayloadTooLarge(
                Message(
                    "extend has {number} {name}: send no more than {most}.", number=len(given), name=name, most=most
                ),
                limit=name,
                value=most,
            )
    named = [_property("extend", each.get("id")) for each in properties]
    if not _are([each.get("settings", {}) for each in properties], dict):
        raise _wrong(
            "extend",
            Message(
                "the settings of a property must be an object, as in {example}",
                example='{"id": "wdt:P297", "settings": {}}',
            ),
        )
    return Extension(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(named)))


def parse_type(text: str) -> EntityType:
    """Find the type that a client names.

    Raises:
        BadRequest: there is none; says which there are.
    """
    return _type("type", text)


class _Reader:
    """Reads one query; ``where`` is how its errors begin."""

    def __init__(self, where: Message, limits: BatchLimits) -> None:
        self._where = where
        self._limits = limits

    def _wrong(self, mistake: Message) -> BadRequest:
        return _wrong(self._where, mistake)

    def query(self, asked: Any) -> Query:
        if not isinstance(asked, dict) or not ("query" in asked or asked.get("properties")):
            raise self._wrong(
                Message("send an object with query or properties, as in {example}", example='{"query": "Peru"}')
            )
        for name in asked:
            if name not in _FIELDS:
                raise self._wrong(
                    Message("there is no field {given}. There is: {known}", given=name[:80], known=", ".join(_FIELDS))
                )
        text = asked.get("query", "")
        if not isinstance(text, str):
            raise self._wrong(Message("query must be a string"))
        return Query(
            text=text.strip(),
            types=self._types(asked.get("type")),
            strictness=self._strictness(asked),
            limit=self._limit(asked.get("limit", _CANDIDATES)),
            expected=self._expected(asked.get("properties", [])),
        )

    def _types(self, given: Any) -> tuple[EntityType, ...]:
        if given in (None, ""):
            return ()
        listed = [given] if isinstance(given, str) else given
        if not _are(listed, str):
            raise self._wrong(Message("type must be the identifier of a type, or a list of them"))
        return tuple(_type(self._where, each) for each in listed[: len(TYPES)])

    def _strictness(self, asked: Mapping[str, Any]) -> str:
        given = asked.get("type_strict", _STRICTNESS[0])
        if given not in _STRICTNESS:
            raise self._wrong(Message("type_strict must be one of {known}", known=", ".join(_STRICTNESS)))
        return str(given)

    def _limit(self, given: Any) -> int:
        if isinstance(given, bool) or not isinstance(given, int | float) or given != given // 1 or given < 1:
            raise self._wrong(Message("limit must be a whole number above 0, as in {example}", example='"limit": 5'))
        return int(min(given, self._limits.candidates))

    def _expected(self, given: Any) -> tuple[Expected, ...]:
        if not _are(given, dict):
            raise self._wrong(
                Message(
                    "properties must be a list, as in {example}, of objects", example='[{"pid": "wdt:P297", "v": "PE"}]'
                )
            )
        expected = [Expected(_property(self._where, each.get("pid")), self._values(each)) for each in given]
        if sum(len(each.values) for each in expected) > self._limits.values:
            raise self._wrong(Message("its properties have more than {most} values", most=self._limits.values))
        return tuple(each for each in expected if each.values)

    def _values(self, given: Mapping[str, Any]) -> tuple[Given, ...]:
        if "v" not in given:
            raise self._wrong(Message('a property has no value: send it as "v"'))
        listed = given["v"] if isinstance(given["v"], list) else [given["v"]]
        values = [self._value(each) for each in listed]
        return tuple(value for value in values if value.text or value.id)

    def _value(self, given: Any) -> Given:
        match given:
            case None:
                return Given("")
            case bool():
                return Given(str(given).lower())
            case float() if given == given // 1:
                return Given(str(int(given)))
            case str() | int() | float():
                return Given(str(given).strip())
            case {"id": str(id_), "name": str(name)}:
                return Given(name, id_)
            case {"id": str(id_)} if "name" not in given:
                return Given("", id_)
        raise self._wrong(Message("a value must be a text, a number, true, false, or an object with an id"))


def _wrong(where: str | Message, mistake: Message) -> BadRequest:
    return BadRequest(Message("{where}: {mistake}.", where=where, mistake=mistake))


def _read(name: str, text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise BadRequest(Message("{name} is not JSON: {error}.", name=name, error=Verbatim(error))) from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number in JSON")


def _whole(digits: str) -> int:
    """Read an integer; the length of one that no table has is refused, since to read it takes long."""
    if len(digits) > 100:
        raise ValueError("a number has more than 100 digits")
    return int(digits)


def _are(given: Any, kind: type[T]) -> TypeGuard[list[T]]:
    return isinstance(given, list) and all(isinstance(each, kind) for each in given)


def _type(where: str | Message, given: str) -> EntityType:
    found = type_named(given)
    if found is None:
        known = ", ".join(type_.id for type_ in TYPES)
        raise _wrong(where, Message("there is no type {given}. There is: {known}", given=given[:80], known=known))
    return found


def _property(where: str | Message, given: Any) -> Property:
    found = property_named(given) if isinstance(given, str) else None
    if found is None:
        known = ", ".join(property_.id for property_ in PROPERTIES)
        raise _wrong(
            where, Message("there is no property {given}. There is: {known}", given=str(given)[:80], known=known)
        )
    return found
