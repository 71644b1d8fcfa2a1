"""The sandbox: a client of one's own with an invented citizen, and time that can be moved on. Not in production."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.api.dependencies import may, ports_of
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.texts import Told
from app.api.v1.schemas.sandbox import (
    ClockAdvance,
    EventCreate,
    FiredEventRead,
    SandboxClientRead,
    SandboxClockRead,
    ScenariosRead,
)
from app.services import rehearsal, sandbox
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/sandbox", tags=["Sandbox"])


@router.post("/clients", status_code=201, **operation("open_sandbox_client"))
async def open_sandbox_client(request: Request) -> SandboxClientRead:
    """Open a client with a clock, an invented citizen, and a token for every role. No token is needed."""
    ports = ports_of(request)
    assert ports.sandbox  # this router is only there in a sandbox
    now = ports.real_time()
    client = await ports.sandbox.open_client(at=now)
    tokens = {
        seat.name: ports.tokens.mint(seat.claims, at=now, lifetime_seconds=ports.token_lifetime_seconds)
        for seat in client.seats
    }
    return SandboxClientRead.of(client, tokens)


@router.get("/scenarios", **operation("list_scenarios"))
async def list_scenarios(told: Told) -> ScenariosRead:
    """List the ends that `Test-Scenario` brings items to, the magic certificate numbers, and the events to be fired."""
    return ScenariosRead.told(told)


@router.post(
    "/events",
    response_model=FiredEventRead,
    **operation("fire_event", keyed=True, refusals=(rehearsal.EventTypeUnknown, rehearsal.NoFeedOfItsOwn)),
)
async def fire_event(asked: EventCreate, command: Annotated[Command, keyed("fire_event")]) -> Response:
    """Fire an event into the client's own feed, so that its reader can be tried. Nothing happens, and no other sees it.

    Its facts are of the right shape and mean nothing. Everywhere in the feed it is marked with `is_test`.
    """
    return await command.run(partial(rehearsal.fire_event, asked.name), lambda fired, _: FiredEventRead.of(fired))


@router.get("/clock", **operation("get_clock"))
async def get_clock(uow: Annotated[UnitOfWork, may("get_clock")]) -> SandboxClockRead:
    """Read the client's clock."""
    return SandboxClockRead.of(await sandbox.get_clock(uow=uow))


@router.post("/clock/advance", response_model=SandboxClockRead, **operation("advance_clock", keyed=True))
async def advance_clock(
    request: Request, asked: ClockAdvance, command: Annotated[Command, keyed("advance_clock")]
) -> Response:
    """Move the client's clock forward; nobody else's moves. Limits run out and offers are made by it at once."""
    ports = ports_of(request)
    advance = partial(sandbox.advance_clock, to=asked.to, keeper=ports.clock_keeper, offers=ports.offer_keeper)
    return await command.run(advance, lambda time, _: SandboxClockRead.of(time))
