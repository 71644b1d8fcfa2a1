"""Visits: the ways that a person had for an application, recorded by those who saw the person."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.v1.schemas.visit import VisitCreate, VisitsRead
from app.domain.application import ItemNotFound
from app.domain.shared.transitions import NotYourFunction
from app.domain.visit import VisitDayImpossible
from app.services import visit
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/applications/{application_id}/visits", tags=["Applications"])


@router.post(
    "",
    response_model=VisitsRead,
    status_code=201,
    **operation("record_visit", keyed=True, refusals=(NotYourFunction, VisitDayImpossible, ItemNotFound)),
)
async def record_visit(
    application_id: UUID, asked: VisitCreate, *, command: Annotated[Command, keyed("record_visit")]
) -> Response:
    """Record that the person was there, or was visited at home; whoever saw the person says so.

    An application at a counter and an evaluation are recorded by themselves.
    """
    return await command.run(
        partial(visit.record_visit, application_id, asked.to_seen()),
        lambda view, _: VisitsRead.of(view),
        status=201,
        location=lambda view: f"/v1/applications/{view.application_id}/visits",
    )


@router.get("", **operation("get_application_visits"))
async def get_application_visits(
    application_id: UUID, *, uow: Annotated[UnitOfWork, may("get_application_visits")]
) -> VisitsRead:
    """Tell the ways that the person had for an application, and how many there should be (最多跑一次)."""
    return VisitsRead.of(await visit.get_application_visits(application_id, uow=uow))
