"""What a route may ask for: a unit of work as a permitted caller. The rows of `authz` decide who that is.

Dependencies are coroutines though they await nothing: FastAPI runs a plain function in a thread, which costs more than
all that it does here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Depends, Request

from app.api.notices import tells
from app.api.problems import InsufficientScope, Unauthenticated
from app.domain.assessment import Instruments
from app.domain.shared.access import Role
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Forbidden
from app.services.evidence import Stores
from app.services.ports.assignment import Assigner
from app.services.ports.caller import Caller, Keyed, by_itself
from app.services.ports.certificate import CertificateNumbers, CertificateVerifications
from app.services.ports.client import ClientProofs, Clients
from app.services.ports.clock import ClockKeeper
from app.services.ports.duplicate import DuplicateKeeper, Names
from app.services.ports.job import Workbooks
from app.services.ports.offer import OfferKeeper
from app.services.ports.quota import RequestQuotas
from app.services.ports.receipt import ReceiptSigner, StatusLists
from app.services.ports.sandbox import Sandbox
from app.services.ports.texts import Texts
from app.services.ports.tokens import Tokens
from app.services.ports.wishes import Wishes
from app.services.ports.work import UnitOfWork

BEARER = "Bearer "
CALLER = "caller"
"""Under which name the state of a request holds who asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Everything that the composition root hands to the API."""

    tokens: Tokens
    clients: Clients
    proofs: ClientProofs
    stores: Stores
    open_work: Callable[[Caller], UnitOfWork]
    open_to_all: Callable[[Caller], UnitOfWork]
    """For what is published: nobody need say who they are, and no person is shown."""
    quotas: RequestQuotas
    certificate_numbers: CertificateNumbers
    verifications: CertificateVerifications
    clock_keeper: ClockKeeper
    offer_keeper: OfferKeeper
    duplicate_keeper: DuplicateKeeper
    names: Names
    assigner: Assigner
    sandbox: Sandbox | None
    receipts: ReceiptSigner
    status_lists: StatusLists
    workbooks: Workbooks
    texts: Texts
    instruments: Instruments
    real_time: Callable[[], datetime]
    new_id: Callable[[], UUID]
    issuer: str
    token_lifetime_seconds: int


def ports_of(request: Request) -> Ports:
    """The ports of the application that serves this request."""
    ports: Ports = request.app.state.ports
    return ports


def wishes_of(request: Request) -> Wishes:
    """How those whom the answer shows want to be told, for whoever opens its transaction and whoever writes it down."""
    if not hasattr(request.state, "wishes"):
        request.state.wishes = {}
    wishes: Wishes = request.state.wishes
    return wishes


def caller_of(request: Request, operation: str, *, key: Keyed | None = None) -> Caller:
    """The caller that the bearer token claims, if the operation's row lets such a token try; worked out once a request.

    Raises:
        Unauthenticated: there is no bearer token, or it cannot be accepted.
        InsufficientScope: the token was not given for this.
        Forbidden: none of its roles may do this.
    """
    known: Caller | None = request.scope["state"].get(CALLER)
    if known is None or known.operation != operation:
        known = request.scope["state"][CALLER] = _caller_of(request, operation)
    return known if key is None else replace(known, key=key)


def _caller_of(request: Request, operation: str) -> Caller:
    rule = OPERATIONS[operation]
    header = request.headers.get("authorization", "")
    if not header.startswith(BEARER):
        raise Unauthenticated("Send an access token: `Authorization: Bearer …`. Tokens come from POST /oauth/token.")
    ports = ports_of(request)
    claims = ports.tokens.claims_of(header.removeprefix(BEARER), at=ports.real_time())
    request.state.actor_id, request.state.client_id = claims.subject, claims.client_id
    if rule.scope not in claims.scopes:
        raise InsufficientScope(
            f"This needs the scope {rule.scope} and one of these roles: {_listed(rule.roles)}. "
            "Ask for a token that has both.",
            scope=rule.scope,
        )
    if claims.roles.isdisjoint(rule.roles):
        raise Forbidden(f"This is done by: {_listed(rule.roles)}. Your token has none of these roles.")
    return Caller(
        subject=claims.subject,
        client_id=claims.client_id,
        roles=claims.roles,
        scopes=claims.scopes,
        token_id=claims.token_id,
        operation=operation,
        request_id=request.state.request_id,
        purpose=claims.purpose,
        wishes=wishes_of(request) if tells(request.scope["route"].response_model) else None,
    )


def _listed(roles: Iterable[Role]) -> str:
    return ", ".join(sorted(roles))


def may(operation: str) -> Any:  # noqa: ANN401 - FastAPI's own type for a dependency
    """A unit of work as a caller who may do this operation; for reads."""

    async def work(request: Request) -> UnitOfWork:
        return ports_of(request).open_work(caller_of(request, operation))

    return Depends(work)


def caller(operation: str) -> Any:  # noqa: ANN401 - the same
    """The permitted caller alone, for ports that open their own transactions."""

    async def permitted(request: Request) -> Caller:
        return caller_of(request, operation)

    return Depends(permitted)


def published(operation: str) -> Any:  # noqa: ANN401 - the same
    """A unit of work for everybody, without a token; for reads of what is published."""

    async def work(request: Request) -> UnitOfWork:
        return ports_of(request).open_to_all(by_itself(operation, request_id=request.state.request_id))

    return Depends(work)
