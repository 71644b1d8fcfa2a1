"""Needs that a village cannot meet: to the township, then to the city, each with its clock and the least data."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.need_report import NeedAnswerCreate, NeedReportCreate, NeedReportRead
from app.api.v1.schemas.types import LegalDate
from app.domain.assessment import UnknownNeed
from app.domain.need_report import NeedReportOpen, NeedReportStage
from app.services import need_report
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Need reports"])


@router.post(
    "/persons/{person_id}/need-reports",
    response_model=NeedReportRead,
    status_code=CREATED,
    **operation(
        "report_need",
        keyed=True,
        refusals=(UnknownNeed, NeedReportOpen),
        links={"get_need_report": "need_report_id"},
    ),
)
async def report_need(
    person_id: UUID, asked: NeedReportCreate, *, command: Annotated[Command, keyed("report_need")]
) -> Response:
    """Report a need that the village cannot meet to the township, which has some working days (需求上报)."""
    return await command.run(
        partial(need_report.report_need, person_id, asked.need, asked.text),
        NeedReportRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/need-reports/{view.id}",
    )


@router.get("/need-reports", **operation("list_need_reports", found=False))
async def list_need_reports(
    uow: Annotated[UnitOfWork, may("list_need_reports")],
    *,
    teller: Told,
    stage: Annotated[
        list[NeedReportStage] | None, Query(max_length=10, description="Only these; all, if not given.")
    ] = None,
    due_by: Annotated[LegalDate | None, Query(description="Only those due by this day.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[NeedReportRead]:
    """List needs on their way in the caller's areas, or the caller's own; `due_by` of yesterday lists the overdue."""
    found = await need_report.list_need_reports(
        tuple(stage or NeedReportStage), due_by=due_by, after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, lambda view: NeedReportRead.of_view(view, teller))


@router.get("/need-reports/{need_report_id}", **operation("get_need_report"))
async def get_need_report(
    need_report_id: UUID, *, uow: Annotated[UnitOfWork, may("get_need_report")], teller: Told, response: Response
) -> NeedReportRead:
    """Read a report of a need: who has it, until when, and what came of it."""
    view = await need_report.get_need_report(need_report_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return NeedReportRead.of_view(view, teller)


@router.post(
    "/need-reports/{need_report_id}/escalation",
    response_model=NeedReportRead,
    **operation("escalate_need_report", keyed=True, versioned=True),
)
async def escalate_need_report(
    need_report_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("escalate_need_report")]
) -> Response:
    """Pass on to the city what the township cannot meet either; the city's own clock begins."""
    use_case = partial(need_report.escalate_need_report, need_report_id, version=version)
    return await command.run(use_case, NeedReportRead.of_view)


@router.post(
    "/need-reports/{need_report_id}/answer",
    response_model=NeedReportRead,
    **operation("answer_need_report", keyed=True, versioned=True),
)
async def answer_need_report(
    need_report_id: UUID,
    asked: NeedAnswerCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("answer_need_report")],
) -> Response:
    """End a report with what came of it and what the person is told; the office that has it does so."""
    use_case = partial(need_report.answer_need_report, need_report_id, asked.outcome, asked.text, version=version)
    return await command.run(use_case, NeedReportRead.of_view)
