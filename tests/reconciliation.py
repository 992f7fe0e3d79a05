"""What the Reconciliation Service API 0.2 asks of queries and answers, as JSON Schemas in our own words.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Where its text asks for more than
its own schemas, as that names are not empty (sections 2.1 to 2.3), these ask for it too.
"""

from typing import Any, Final

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_SOME_TEXT: Final[Schema] = {"type": "string", "minLength": 1}
_ADDRESS: Final[Schema] = {"type": "string", "pattern": "^https?://"}
_NUMBER: Final[Schema] = {"type": "number"}


def _record(required: str, /, **fields: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "properties": fields}


def _list_of(item: Schema, **more: object) -> Schema:
    return {"type": "array", "items": item, **more}


def _alone(**field: Schema) -> Schema:
    """A record with these fields and no others."""
    return {**_record(" ".join(field), **field), "additionalProperties": False}


def _named(**more: Schema) -> Schema:
    """An entity, a type or a property (sections 2.1 to 2.3)."""
    return _record("id name", id=_SOME_TEXT, name=_SOME_TEXT, description=_TEXT, **more)


_TYPE: Final = _named(broader=_list_of(_named()))
_TYPE_OR_ID: Final[Schema] = {"oneOf": [_record("id", id=_SOME_TEXT, name=_SOME_TEXT), _SOME_TEXT]}


# Sections 4.1 and 7.3: what clients send

_VALUE: Final[Schema] = {"oneOf": [_TEXT, _NUMBER, {"type": "boolean"}, _record("id", id=_TEXT, name=_TEXT)]}
_QUERY: Final[Schema] = {
    "type": "object",
    "properties": {
        "query": _TEXT,
        "type": {"oneOf": [_TEXT, _list_of(_TEXT)]},
        "limit": {"type": "integer", "minimum": 1},
        "properties": _list_of(_record("pid v", pid=_TEXT, v={"oneOf": [_VALUE, _list_of(_VALUE)]})),
        "type_strict": {"enum": ["any", "should", "all"]},
    },
    "anyOf": [
        {"required": ["query"]},
        {"required": ["properties"], "properties": {"properties": {"minItems": 1}}},
    ],
    "additionalProperties": False,
}
QUERIES: Final[Schema] = {"type": "object", "additionalProperties": _QUERY}
EXTENSION_QUERY: Final = _record(
    "ids properties",
    ids=_list_of(_TEXT),
    properties=_list_of(_record("id", id=_TEXT, settings={"type": "object"})),
)


# Section 4.2: candidates

_FEATURE: Final = _record("id value", id=_SOME_TEXT, value={"type": ["boolean", "number"]})
_CANDIDATE: Final[Schema] = _named(
    score=_NUMBER,
    match={"type": "boolean"},
    type=_list_of(_TYPE_OR_ID),
    features=_list_of(_FEATURE),
)
RESULTS: Final[Schema] = {
    "type": "object",
    "additionalProperties": _record(
        "result", result=_list_of({**_CANDIDATE, "required": [*_CANDIDATE["required"], "score"]})
    ),
}


# Section 6.3: suggestions

SUGGESTIONS: Final = {
    "entity": _record("result", result=_list_of(_named(notable=_list_of(_TYPE_OR_ID)))),
    "type": _record("result", result=_list_of(_TYPE)),
    "property": _record("result", result=_list_of(_named())),
}


# Sections 7.2 and 7.4: columns from the graph

PROPOSALS: Final = _record(
    "properties", properties=_list_of(_named()), type=_TEXT, limit={"type": "integer", "minimum": 0}
)
_TIME: Final = {
    "type": "string",
    "pattern": r"^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d+)?"
    r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$",
}
_CELL: Final[Schema] = {
    "oneOf": [
        _alone(),
        {**_named(), "additionalProperties": False},
        _alone(str=_TEXT),
        _alone(float=_NUMBER),
        _alone(int={"type": "integer"}),
        _alone(date=_TIME),
    ]
}
EXTENSION: Final = _record(
    "meta rows",
    meta=_list_of(_named(type=_record("id", id=_SOME_TEXT, name=_SOME_TEXT), service=_ADDRESS)),
    rows={
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": _list_of(_CELL)},
    },
)


# Section 3.1: the manifest, and what it tells of previews (5.1), suggestions (6.1) and columns (7.1)

_WITH_ID: Final = {"type": "string", "pattern": r"\{\{id\}\}"}
_SUGGESTED: Final = _record(
    "",
    service_url=_TEXT,
    service_path=_TEXT,
    flyout_service_url=_TEXT,
    flyout_service_path={"type": "string", "pattern": r"\$\{id\}"},
)


def _setting(type_: str, default: str, **more: Schema) -> Schema:
    fields = {"name": _TEXT, "label": _TEXT, "help_text": _TEXT, "default": {"type": default}, **more}
    return _record(" ".join(("type", "name", "label", *more)), type={"const": type_}, **fields)


_SETTINGS: Final = (
    _setting("number", "number"),
    _setting("text", "string"),
    _setting("checkbox", "boolean"),
    _setting("select", "string", choices=_list_of(_record("value name", value=_TEXT, name=_TEXT))),
)
_SECURITY: Final = _record("type", type={"enum": ["basic", "http", "apiKey", "oauth2", "openIdConnect"]})
MANIFEST: Final = _record(
    "versions name identifierSpace schemaSpace",
    versions=_list_of(_TEXT, contains={"const": "0.2"}),
    name=_SOME_TEXT,
    identifierSpace=_ADDRESS,
    schemaSpace=_ADDRESS,
    documentation=_ADDRESS,
    logo=_ADDRESS,
    serviceVersion=_TEXT,
    defaultTypes=_list_of(_TYPE, uniqueItems=True),
    view=_record("url", url=_WITH_ID),
    feature_view=_record("url", url=_WITH_ID),
    preview=_record("url width height", url=_WITH_ID, width={"type": "integer"}, height={"type": "integer"}),
    suggest=_record("", entity=_SUGGESTED, type=_SUGGESTED, property=_SUGGESTED),
    extend=_record(
        "",
        propose_properties=_record("", service_url=_TEXT, service_path=_TEXT),
        property_settings=_list_of({"oneOf": [*_SETTINGS]}),
    ),
    batchSize={"type": "integer", "minimum": 1},
    authentication=_SECURITY,
)
