"""How much each caller may ask for: what is counted, and what is said when a share is used up."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.domain.shared.errors import DomainError


class TooManyRequests(DomainError):
    """The caller asks for more, or for more people, than its share. `retry_after_seconds` says when there is more."""

    code = "too_many_requests"
    title = "Too many requests"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of one share."""

    name: str
    limit: int
    window_seconds: int
    remaining: int
    resets_in_seconds: int


class RequestQuotas(Protocol):
    """The shares of requests, counted before anything else is done."""

    def request(self, *, client_id: UUID, account_id: UUID) -> tuple[Standing, ...]:
        """Count a request of an account through a client, and say what is left to both.

        Raises:
            TooManyRequests: one of them has used its share up.
        """
        ...

    def token_request(self, client_id: UUID | None) -> None:
        """Count a request for a token, by whoever says to be this client.

        Raises:
            TooManyRequests: there were too many of these.
        """
        ...
