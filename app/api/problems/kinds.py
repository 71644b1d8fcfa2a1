"""Which status a kind of refusal has. No other module of ours knows status codes of refusals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import ClassVar

from app.domain.shared.errors import (
    Conflict,
    DomainError,
    Forbidden,
    NotFound,
    StaleVersion,
    Unavailable,
    Unprocessable,
)
from app.services.ports.caller import CallerUnknown, KeyInProgress
from app.services.ports.quota import TooManyRequests


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one place of a request."""

    pointer: str
    """A JSON pointer into the body, or `query/…`, `path/…`, `header/…`."""
    code: str
    detail: str


class EdgeProblem(DomainError):
    """A request is refused before any rule is asked."""

    status: ClassVar[int] = 400

    def __init__(
        self, detail: str, *, pointer: str | None = None, faults: Sequence[Fault] = (), **facts: object
    ) -> None:
        super().__init__(detail, pointer=pointer, **facts)
        self.faults = tuple(faults)


class UnreadableBody(EdgeProblem):
    """The body is not the JSON that it says it is, or JSON that two readers would read differently."""

    code = "unreadable_body"
    title = "The body cannot be read"


class IdempotencyKeyMissing(EdgeProblem):
    """A request that creates or moves something has no Idempotency-Key."""

    code = "idempotency_key_missing"
    title = "An Idempotency-Key is needed"


class IdempotencyKeyMalformed(EdgeProblem):
    """The Idempotency-Key is not 1 to 128 visible ASCII characters."""

    code = "idempotency_key_malformed"
    title = "The Idempotency-Key cannot be used"


class Unauthenticated(CallerUnknown):
    """No token was sent."""

    title = "Who is calling is not known"


class InsufficientScope(EdgeProblem):
    """The token was not given for this."""

    code = "insufficient_scope"
    title = "The token has not the scope for this"
    status = 403


class MethodNotAllowed(EdgeProblem):
    """The resource exists and has no such method; `Allow` lists those that it has."""

    code = "method_not_allowed"
    title = "This resource does not do that"
    status = 405


class RequestTimeout(EdgeProblem):
    """The body did not arrive in time."""

    code = "request_timeout"
    title = "The request took too long to arrive"
    status = 408


class PayloadTooLarge(EdgeProblem):
    """The body is larger than is taken."""

    code = "payload_too_large"
    title = "The body is too large"
    status = 413


class UnsupportedMediaType(EdgeProblem):
    """The body is not `application/json` in UTF-8."""

    code = "unsupported_media_type"
    title = "The body must be JSON"
    status = 415


class InvalidContent(EdgeProblem):
    """The content is not of the shape that the schema gives; `errors` names each place."""

    code = "invalid_content"
    title = "The content is not valid"
    status = 422


class InvalidCursor(EdgeProblem):
    """The cursor is not one that this list gave out."""

    code = "invalid_cursor"
    title = "The cursor is not valid"
    status = 422


class PreconditionRequired(EdgeProblem):
    """A change does not say which version it was decided on."""

    code = "precondition_required"
    title = "If-Match is needed"
    status = 428


class HeaderTooLarge(EdgeProblem):
    """The headers are more, or larger, than are taken."""

    code = "header_too_large"
    title = "The headers are too large"
    status = 431


class InternalError(EdgeProblem):
    """Something broke that should not; nothing was changed."""

    code = "internal_error"
    title = "Something went wrong here"
    status = 500


STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Forbidden: 403,
    CallerUnknown: 401,
    Conflict: 409,
    StaleVersion: 412,
    TooManyRequests: 429,
    Unprocessable: 422,
    Unavailable: 503,
}

RETRY_AFTER_SECONDS: dict[type[DomainError], int] = {KeyInProgress: 1, Unavailable: 2, TooManyRequests: 10}


def status_of(error: DomainError | type[DomainError]) -> int:
    """The status of a refusal, by the nearest kind above it that has one."""
    kind = error if isinstance(error, type) else type(error)
    if issubclass(kind, EdgeProblem):
        return kind.status
    return next((STATUS[above] for above in kind.__mro__ if above in STATUS), 400)


def retry_after_of(error: DomainError | type[DomainError]) -> int | None:
    """After how many seconds it is worth another try; None where another try gets the same answer."""
    kind = error if isinstance(error, type) else type(error)
    told = None if isinstance(error, type) else error.facts.get("retry_after_seconds")
    if isinstance(told, int):
        return told
    return next((RETRY_AFTER_SECONDS[above] for above in kind.__mro__ if above in RETRY_AFTER_SECONDS), None)


@cache
def registry() -> Mapping[str, type[DomainError]]:
    """Every refusal of ours by its code, in the order of the codes."""
    found = {kind.code: kind for kind in _below(DomainError) if "code" in vars(kind) and _is_ours(kind)}
    return MappingProxyType(dict(sorted(found.items())))


def _below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def _is_ours(kind: type[DomainError]) -> bool:
    return kind.__module__.startswith("app.")
