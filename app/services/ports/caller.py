"""Who calls, and the request that may come twice: what a transaction is entered with, and why it may not begin."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from app.domain.shared.access import Role
from app.domain.shared.errors import Conflict, DomainError, Unavailable, Unprocessable
from app.services.ports.wishes import Wishes

NOBODY = UUID(int=0)
"""The account of what nobody does: it follows from a day that has passed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it went out: kept beside its key, so that a repeated request gets the very same."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Keyed:
    """A request that may come twice: its key, the digest of its content, and how its result is written down."""

    key: str
    digest: bytes
    render: Callable[[object], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What a token claims and a request brings along; nothing of it is believed before the database confirms it."""

    subject: UUID
    client_id: UUID
    roles: frozenset[Role]
    scopes: frozenset[str]
    token_id: str
    operation: str
    request_id: str
    purpose: str | None = None
    key: Keyed | None = field(default=None, compare=False)
    wishes: Wishes | None = field(default=None, compare=False, repr=False)
    """Where the transaction notes how those whom a notice shows want to be told; None where the answer is no notice."""


def by_itself(what: str, *, request_id: str) -> Caller:
    """The caller of what nobody does. It has no role, no scope and no token, and no operation of the API either."""
    return Caller(
        subject=NOBODY,
        client_id=NOBODY,
        roles=frozenset(),
        scopes=frozenset(),
        token_id="",
        operation=what,
        request_id=request_id,
    )


class Replayed(Exception):
    """The request was answered before; here is that answer. Not a refusal, and no work is done."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("answered before")
        self.answer = answer


class CallerUnknown(DomainError):
    """The account, the client or the token is no longer honoured."""

    code = "unauthenticated"
    title = "Who is calling is not known"


class KeyReused(Unprocessable):
    """The key was used for another request."""

    code = "idempotency_key_reused"
    title = "This key belongs to another request"


class KeyInProgress(Conflict):
    """The first request with this key has not been answered yet."""

    code = "idempotency_in_progress"
    title = "The first request with this key is still running"


class TryAgain(Unavailable):
    """Two transactions met and one had to give way; the same command may simply be run again."""

    code = "try_again"
    title = "Please send the request again"
