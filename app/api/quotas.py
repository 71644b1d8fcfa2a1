"""Shares of requests: each request of a caller is counted once, and told with what is left (`RateLimit`)."""

from collections.abc import Iterable

from fastapi import Request

from app.api.dependencies import ports_of
from app.services.ports.caller import Caller
from app.services.ports.quota import Standing

Header = tuple[bytes, bytes]


def count(request: Request, caller: Caller) -> None:
    """Count the request, and keep what is left for the head of its answer, whatever that will be.

    Raises:
        TooManyRequests: the client or the account has used its share up.
    """
    standing = ports_of(request).quotas.request(client_id=caller.client_id, account_id=caller.subject)
    request.state.rate_limit = headers_of(standing)


def headers_of(standing: Iterable[Standing]) -> tuple[Header, Header]:
    """The shares and what is left of them, as draft-ietf-httpapi-ratelimit-headers-10 writes them.

    >>> headers_of([Standing("client", 600, 60, 599, 42)])
    ((b'ratelimit-policy', b'"client";q=600;w=60'), (b'ratelimit', b'"client";r=599;t=42'))
    """
    shares = tuple(standing)
    policy = ", ".join(f'"{one.name}";q={one.limit};w={one.window_seconds}' for one in shares)
    left = ", ".join(f'"{one.name}";r={one.remaining};t={one.resets_in_seconds}' for one in shares)
    return (b"ratelimit-policy", policy.encode()), (b"ratelimit", left.encode())
