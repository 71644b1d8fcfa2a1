"""Limits of time: how those of an application stand on a day."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.texts import Told
from app.api.v1.schemas.clock import ApplicationClocksRead
from app.api.v1.schemas.types import Code, LegalDate
from app.domain.application import ItemNotFound
from app.services import clock
from app.services.clock import TooFarAhead
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Clocks"])


@router.get(
    "/applications/{application_id}/clocks",
    **operation("list_application_clocks", refusals=(ItemNotFound, TooFarAhead)),
)
async def list_application_clocks(
    application_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("list_application_clocks")],
    teller: Told,
    as_of: Annotated[LegalDate | None, Query(description="The day to tell of; today, if not given.")] = None,
    item: Annotated[Code | None, Query(description="Only the limits of this item.")] = None,
) -> ApplicationClocksRead:
    """Say what is so on a day: for each limit whether it runs, what is used up and left, and every day of it.

    A day that has passed is told as it was known then. A day to come is told as it would be if nothing more were done.
    """
    return ApplicationClocksRead.of(
        await clock.list_application_clocks(application_id, on=as_of, item=item, uow=uow), teller
    )
