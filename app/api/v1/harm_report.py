"""Reports of suspected harm to a minor or an adult at risk: urgent, with a clock of their own, to the right body."""

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
from app.api.v1.schemas.harm_report import HarmAnswerCreate, HarmReportCreate, HarmReportRead
from app.domain.harm_report import HarmStage
from app.domain.shared.transitions import OwnCase
from app.services import harm_report
from app.services.ports.organisation import NoOneResponsible
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Harm reports"])


@router.post(
    "/persons/{person_id}/harm-reports",
    response_model=HarmReportRead,
    status_code=CREATED,
    **operation("report_harm", keyed=True, refusals=(NoOneResponsible,), links={"get_harm_report": "harm_report_id"}),
)
async def report_harm(
    person_id: UUID, asked: HarmReportCreate, *, command: Annotated[Command, keyed("report_harm")]
) -> Response:
    """Report suspected harm to the body that must act, at once (强制报告). In danger to life call 110 first.

    A suspicion is enough, and nobody is asked before. The village, the person and the family do not read it.
    """
    return await command.run(
        partial(harm_report.report_harm, asked.to_suspicion(person_id)),
        HarmReportRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/harm-reports/{view.id}",
    )


@router.get("/harm-reports", **operation("list_harm_reports", found=False))
async def list_harm_reports(
    uow: Annotated[UnitOfWork, may("list_harm_reports")],
    *,
    teller: Told,
    stage: Annotated[list[HarmStage] | None, Query(max_length=10, description="Only these; all, if not given.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[HarmReportRead]:
    """List the reports that lie with the caller's county."""
    found = await harm_report.list_harm_reports(
        tuple(stage or HarmStage), after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, lambda view: HarmReportRead.of_view(view, teller))


@router.get("/harm-reports/{harm_report_id}", **operation("get_harm_report"))
async def get_harm_report(
    harm_report_id: UUID, *, uow: Annotated[UnitOfWork, may("get_harm_report")], teller: Told, response: Response
) -> HarmReportRead:
    """Read a report, as the body that acts or as whoever reported it: until when it is taken in, and what was done."""
    view = await harm_report.get_harm_report(harm_report_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return HarmReportRead.of_view(view, teller)


@router.post(
    "/harm-reports/{harm_report_id}/receipt",
    response_model=HarmReportRead,
    **operation("receive_harm_report", keyed=True, versioned=True, refusals=(OwnCase,)),
)
async def receive_harm_report(
    harm_report_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("receive_harm_report")]
) -> Response:
    """Take a report in: from now on the body acts."""
    use_case = partial(harm_report.receive_harm_report, harm_report_id, version=version)
    return await command.run(use_case, HarmReportRead.of_view)


@router.post(
    "/harm-reports/{harm_report_id}/closure",
    response_model=HarmReportRead,
    **operation("close_harm_report", keyed=True, versioned=True, refusals=(OwnCase,)),
)
async def close_harm_report(
    harm_report_id: UUID,
    asked: HarmAnswerCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("close_harm_report")],
) -> Response:
    """End a report with what the reporter is told of what was done."""
    use_case = partial(harm_report.close_harm_report, harm_report_id, asked.text, version=version)
    return await command.run(use_case, HarmReportRead.of_view)
