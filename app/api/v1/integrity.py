"""Alarms of integrity: read with the figures that ask, taken up and closed by a human who is not in them."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.integrity import AlarmFindingCreate, IntegrityAlarmRead, IntegrityAlarmSummary
from app.domain.integrity import AlarmKind, AlarmStage, NamedInAlarm, NothingLookedInto
from app.domain.shared.refusal import ReasonMissing
from app.services import integrity
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/integrity-alarms", tags=["Integrity alarms"])


@router.get("", **operation("list_integrity_alarms", found=False))
async def list_integrity_alarms(
    uow: Annotated[UnitOfWork, may("list_integrity_alarms")],
    *,
    stage: Annotated[list[AlarmStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    kind: Annotated[list[AlarmKind] | None, Query(max_length=20, description="Only what was noticed so.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[IntegrityAlarmSummary]:
    """List what figures ask in the caller's areas. What is about the caller, or where the caller serves, is not there.

    An alarm proves nothing. It refuses and delays nobody, and no case knows of it.
    """
    found = await integrity.list_integrity_alarms(
        stages=tuple(stage or AlarmStage),
        kinds=tuple(kind or AlarmKind),
        after=position_of(cursor),
        limit=limit,
        uow=uow,
    )
    return page_of(found, IntegrityAlarmSummary.of)


@router.get("/{alarm_id}", **operation("get_integrity_alarm"))
async def get_integrity_alarm(
    alarm_id: UUID, *, uow: Annotated[UnitOfWork, may("get_integrity_alarm")], teller: Told, response: Response
) -> IntegrityAlarmRead:
    """Read an alarm: what was counted, how it was judged and by which rules, so that anybody can reckon again.

    Its files are named by their ids alone, and are read by their own operations.
    """
    view = await integrity.get_integrity_alarm(alarm_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return IntegrityAlarmRead.of_view(view, teller)


@router.post(
    "/{alarm_id}/taking-up",
    response_model=IntegrityAlarmRead,
    **operation("take_up_integrity_alarm", keyed=True, versioned=True, refusals=(NamedInAlarm,)),
)
async def take_up_integrity_alarm(
    alarm_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("take_up_integrity_alarm")]
) -> Response:
    """Begin to look into an alarm, by name. Papers and doctors are looked into, and no person is summoned."""
    use_case = partial(integrity.take_up_integrity_alarm, alarm_id, version=version)
    return await command.run(use_case, IntegrityAlarmRead.of_view)


@router.post(
    "/{alarm_id}/finding",
    response_model=IntegrityAlarmRead,
    **operation(
        "close_integrity_alarm",
        keyed=True,
        versioned=True,
        refusals=(NamedInAlarm, NothingLookedInto, ReasonMissing),
    ),
)
async def close_integrity_alarm(
    alarm_id: UUID,
    *,
    asked: AlarmFindingCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("close_integrity_alarm")],
) -> Response:
    """Close an alarm with what was found, and why. Nothing follows from it by itself, whatever it is.

    Where a certificate turns out to be wrong, business of its own goes on from there, with its own words and appeals.
    """
    use_case = partial(integrity.close_integrity_alarm, alarm_id, version=version, finding=asked.to_finding())
    return await command.run(use_case, IntegrityAlarmRead.of_view)
