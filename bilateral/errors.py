"""The errors, by cause; each knows its HTTP status and its exit code.

BilateralError
├── RequestError                  the client can mend it
│   ├── BadRequest                400  the protocol is not followed
│   ├── QueryError                400  the query does not parse; has line and column
│   ├── QueryRefused              400  the query asks for what this endpoint never does
│   ├── UpdateRefused             403  an update; the store is read-only
│   ├── NotFound                  404
│   ├── MethodNotAllowed          405  has the methods that are allowed
│   ├── NotAcceptable             406  has the media types that there are
│   ├── PayloadTooLarge           413
│   ├── UnsupportedMediaType      415
│   ├── ConnectionRefused              has the limit that was met
│   │   ├── RequestTimeout        408  the request did not arrive in time
│   │   ├── HeadTooLarge          431
│   │   └── TooManyConnections    503  as many clients are connected as may be
│   └── ClientGone                499  nobody is left to answer
├── EngineError                   the engine stopped the query; has the limit that was met
│   ├── QueueFull                 503  all workers are busy and as many queries wait as may
│   ├── WorkerDied                503  the query broke its worker, or needed more memory than it may have
│   ├── QueryTimeout              504  the query took longer than it may
│   └── ResultTooLarge            413  the result has more rows or bytes than it may
├── RemoteError                   another server refuses, or does not answer
├── EndpointError                 an endpoint that we ask gives nothing sound
│   ├── EndpointUnreachable       no connection, or none that lasts
│   ├── EndpointBusy              it has no place for us, however often we ask
│   ├── AnswerBroken              the answer ends before it is whole
│   ├── AnswerUnexpected          the answer is not what was asked for
│   └── DataChanged               the data are others than those of the first page
├── ServiceError                  a SERVICE clause could not be answered; has the endpoint that it asks
│   ├── ServiceFailed             502  the endpoint cannot be reached, fails, or answers what is no result
│   ├── ServiceBusy               503  the endpoint asks to come again later than the query may wait
│   ├── ServiceTimeout            504  the endpoint did not answer in time
│   └── ServiceTooLarge           413  the endpoint's answer has more rows or bytes than it may
├── InputError                    a file that is to be read; has path, line and column
├── ShapesError                   the shapes themselves are wrong
├── DataInvalid                   the gate found violations
├── ReleaseError                  an export cannot be written
│   └── ReleaseDamaged            what was written is not a release
└── StoreError                    the store cannot be served
    ├── StoreMissing
    ├── StoreDamaged
    ├── StoreVersionMismatch
    └── AddressInUse
"""

from __future__ import annotations

from pathlib import Path

from bilateral.message import Message


class BilateralError(Exception):
    """Something that we foresaw went wrong; its text says what to do.

    What readers of pages may meet is a `Message`, which is told in their language; the rest is in English.
    """

    status = 500
    exit_code = 2
    title = "Internal error"

    def __init__(self, message: Message | str) -> None:
        super().__init__(message)
        self.message = message if isinstance(message, Message) else Message.verbatim(message)

    @property
    def members(self) -> dict[str, object]:
        """Further members of the error body (RFC 9457, section 3.2)."""
        return {}


class RequestError(BilateralError):
    """The request cannot be answered as it stands."""

    status = 400
    title = "Bad request"


class BadRequest(RequestError):
    """The request does not follow the protocol."""


class QueryError(RequestError):
    """The query is not SPARQL."""

    title = "Malformed query"

    def __init__(self, message: Message | str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column

    @property
    def members(self) -> dict[str, object]:
        return {} if self.line is None else {"line": self.line, "column": self.column}


class QueryRefused(RequestError):
    """The query is SPARQL, but asks for what this endpoint never does, or for more than it may."""

    title = "Query refused"

    def __init__(self, message: Message | str, *, limit: str | None = None, value: int | None = None) -> None:
        super().__init__(message)
        self.limit = limit
        self.value = value

    @property
    def members(self) -> dict[str, object]:
        return {} if self.limit is None else {"limit": self.limit, "value": self.value}


class UpdateRefused(RequestError):
    """Updates are not part of this endpoint."""

    status = 403
    title = "Updates are refused"


class NotFound(RequestError):
    """Nothing is here."""

    status = 404
    title = "Not found"


class MethodNotAllowed(RequestError):
    """The method is not one of this address."""

    status = 405
    title = "Method not allowed"

    def __init__(self, message: Message | str, *, allow: tuple[str, ...]) -> None:
        super().__init__(message)
        self.allow = allow

    @property
    def members(self) -> dict[str, object]:
        return {"allow": list(self.allow)}


class NotAcceptable(RequestError):
    """None of the formats there are is acceptable to the client."""

    status = 406
    title = "Not acceptable"

    def __init__(self, message: Message | str, *, available: tuple[str, ...]) -> None:
        super().__init__(message)
        self.available = available

    @property
    def members(self) -> dict[str, object]:
        return {"available": list(self.available)}


class PayloadTooLarge(RequestError):
    """The request is larger than the limit."""

    status = 413
    title = "Request too large"

    def __init__(self, message: Message | str, *, limit: str, value: int) -> None:
        super().__init__(message)
        self.limit = limit
        self.value = value

    @property
    def members(self) -> dict[str, object]:
        return {"limit": self.limit, "value": self.value}


class ConnectionRefused(RequestError):
    """The connection costs more than it may."""

    member = ""

    def __init__(self, message: Message | str, *, limit: float) -> None:
        super().__init__(message)
        self.limit = limit

    @property
    def members(self) -> dict[str, object]:
        return {"limit": self.member, "value": self.limit}


class RequestTimeout(ConnectionRefused):
    """The request did not arrive in time."""

    status = 408
    title = "The request took too long"
    member = "client_timeout"


class HeadTooLarge(ConnectionRefused):
    """Address and header fields are larger than they may be."""

    status = 431
    title = "The head of the request is too large"
    member = "head_bytes"


class TooManyConnections(ConnectionRefused):
    """As many clients are connected as may be."""

    status = 503
    title = "Too busy"
    member = "connections"


class UnsupportedMediaType(RequestError):
    """The body's media type is not one of the protocol's."""

    status = 415
    title = "Unsupported media type"


class ClientGone(RequestError):
    """The client has hung up, so that nobody is left to answer."""

    status = 499
    title = "The client is gone"


class EngineError(BilateralError):
    """The engine stopped the query at a limit."""

    status = 503

    def __init__(self, message: Message | str, *, limit: str, value: float) -> None:
        super().__init__(message)
        self.limit = limit
        self.value = value

    @property
    def members(self) -> dict[str, object]:
        return {"limit": self.limit, "value": self.value}


class QueueFull(EngineError):
    """All workers are busy, and as many queries wait as may."""

    title = "Too busy"


class WorkerDied(EngineError):
    """The query broke the worker that evaluated it."""

    title = "The query broke its worker"


class QueryTimeout(EngineError):
    """The query took longer than it may."""

    status = 504
    title = "The query took too long"


class ResultTooLarge(EngineError):
    """The result has more bytes than it may."""

    status = 413
    title = "The result is too large"


class RemoteError(BilateralError):
    """Another server refuses what we ask, or does not answer."""

    status = 502
    title = "Another server does not answer"


class EndpointError(BilateralError):
    """An endpoint that we ask gives nothing sound."""


class EndpointUnreachable(EndpointError):
    """No connection to the endpoint comes about, or none that lasts until it answers."""


class EndpointBusy(EndpointError):
    """The endpoint has no place for the request, and had none when it was asked again."""


class AnswerBroken(EndpointError):
    """The answer ends before it is whole; what has come of it is not given."""


class AnswerUnexpected(EndpointError):
    """The endpoint answers something else than was asked for."""


class DataChanged(EndpointError):
    """The data have changed between two pages, which would not fit together."""

    def __init__(self, message: Message | str, *, before: str, now: str) -> None:
        super().__init__(message)
        self.before = before
        self.now = now


class ServiceError(BilateralError):
    """A SERVICE clause could not be answered by the endpoint that it asks."""

    status = 502

    def __init__(self, message: Message | str, *, endpoint: str) -> None:
        super().__init__(message)
        self.endpoint = endpoint

    @property
    def members(self) -> dict[str, object]:
        return {"endpoint": self.endpoint}


class ServiceFailed(ServiceError):
    """The endpoint cannot be reached, fails, or answers what is no result."""

    title = "Another endpoint failed"


class ServiceBusy(ServiceError):
    """The endpoint asks to come again later than the query may wait."""

    status = 503
    title = "Another endpoint is too busy"

    def __init__(self, message: Message | str, *, endpoint: str, retry_after: int) -> None:
        super().__init__(message, endpoint=endpoint)
        self.retry_after = retry_after

    @property
    def members(self) -> dict[str, object]:
        return {**super().members, "retry_after": self.retry_after}


class ServiceTimeout(ServiceError):
    """The endpoint did not answer in time."""

    status = 504
    title = "Another endpoint took too long"

    def __init__(self, message: Message | str, *, endpoint: str, value: float) -> None:
        super().__init__(message, endpoint=endpoint)
        self.value = value

    @property
    def members(self) -> dict[str, object]:
        return {**super().members, "limit": "federation_timeout", "value": self.value}


class ServiceTooLarge(ServiceError):
    """The endpoint's answer has more rows or bytes than it may."""

    status = 413
    title = "The answer of another endpoint is too large"

    def __init__(self, message: Message | str, *, endpoint: str, limit: str, value: int) -> None:
        super().__init__(message, endpoint=endpoint)
        self.limit = limit
        self.value = value

    @property
    def members(self) -> dict[str, object]:
        return {**super().members, "limit": self.limit, "value": self.value}


class InputError(BilateralError):
    """A file cannot be read as RDF."""

    def __init__(self, message: str, *, path: Path, line: int | None = None, column: int | None = None) -> None:
        self.path = path
        self.line = line
        self.column = column
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}")


class ShapesError(BilateralError):
    """The shapes have a mistake, so that a check with them would say nothing."""


class DataInvalid(BilateralError):
    """The data break the shapes, so nothing was built."""

    exit_code = 1


class ReleaseError(BilateralError):
    """A release cannot be written."""


class ReleaseDamaged(ReleaseError):
    """A folder is not a release."""


class StoreError(BilateralError):
    """The store cannot be served."""


class StoreMissing(StoreError):
    """There is no store here."""

    exit_code = 3


class StoreDamaged(StoreError):
    """The store's files are not those that the build wrote."""

    exit_code = 4


class StoreVersionMismatch(StoreError):
    """The store was built by another version of the program."""

    exit_code = 5


class AssetsMissing(BilateralError):
    """The scripts of the pages were not bundled with the package."""


class AddressInUse(StoreError):
    """Another program listens on the address."""

    exit_code = 6
