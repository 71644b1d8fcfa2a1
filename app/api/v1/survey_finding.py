"""Findings about the data of surveys: listed, read, and settled by a named human."""

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
from app.api.v1.schemas.survey_finding import FindingReassignmentCreate, FindingSettlementCreate, SurveyFindingRead
from app.domain.organisation import OwnerNotSuitable
from app.domain.shared.refusal import ReasonMissing
from app.domain.survey_finding import AlreadyTheirs, AssigneeNotSuitable, FindingKind, FindingStage, StillSo
from app.services import survey_finding
from app.services.ports.survey_finding import WantedFindings
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Surveys"])


@router.get("/survey-findings", **operation("list_survey_findings", found=False))
async def list_survey_findings(
    uow: Annotated[UnitOfWork, may("list_survey_findings")],
    *,
    stage: Annotated[list[FindingStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    kind: Annotated[FindingKind | None, Query(description="Only this kind.")] = None,
    round_id: Annotated[UUID | None, Query(description="Only of this round.")] = None,
    owner_id: Annotated[UUID | None, Query(description="Only those that this organisation looks at.")] = None,
    assignee_id: Annotated[UUID | None, Query(description="Only those that this one is asked by name.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    teller: Told,
) -> Page[SurveyFindingRead]:
    """List what dated rules have found about the data of surveys in the caller's areas.

    Answers that cannot be so, contradict one another, are missing, differ from the register or are old. A finding
    changes nothing: it is work for a human.
    """
    wanted = WantedFindings(
        stages=tuple(stage or FindingStage),
        kind=kind,
        round_id=round_id,
        owner_id=owner_id,
        assignee_id=assignee_id,
    )
    found = await survey_finding.list_survey_findings(wanted, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, partial(SurveyFindingRead.of_view, teller=teller))


@router.get("/survey-findings/{finding_id}", **operation("get_survey_finding"))
async def get_survey_finding(
    finding_id: UUID, *, uow: Annotated[UnitOfWork, may("get_survey_finding")], teller: Told, response: Response
) -> SurveyFindingRead:
    """Read what was found, in which items, and who looks until when."""
    view = await survey_finding.get_survey_finding(finding_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return SurveyFindingRead.of_view(view, teller)


@router.post(
    "/survey-findings/{finding_id}/settlement",
    response_model=SurveyFindingRead,
    **operation("settle_survey_finding", keyed=True, versioned=True, refusals=(ReasonMissing, StillSo)),
)
async def settle_survey_finding(
    finding_id: UUID,
    asked: FindingSettlementCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("settle_survey_finding")],
) -> Response:
    """Settle a finding as a named human: the data were put right, or they are right as they stand.

    Answers are corrected by a correction of the assessment, and registers by their own operations; `mended` is taken
    only when the check finds it no more.
    """
    use_case = partial(survey_finding.settle_survey_finding, finding_id, asked.settlement, asked.text, version=version)
    return await command.run(use_case, SurveyFindingRead.of_view)


@router.post(
    "/survey-findings/{finding_id}/reassignment",
    response_model=SurveyFindingRead,
    **operation(
        "reassign_survey_finding",
        keyed=True,
        versioned=True,
        refusals=(AlreadyTheirs, AssigneeNotSuitable, OwnerNotSuitable, ReasonMissing),
    ),
)
async def reassign_survey_finding(
    finding_id: UUID,
    *,
    asked: FindingReassignmentCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("reassign_survey_finding")],
) -> Response:
    """Pass a finding on, with a reason: to another organisation of the place, or to somebody there by name (转办).

    The last day stays as it was. Whoever is asked by name is not the person, and shares no home and no telephone with
    the person. Each time stays on record with from whom, to whom, by whom and why.
    """
    use_case = partial(survey_finding.reassign_survey_finding, finding_id, asked.to_looker(), version=version)
    return await command.run(use_case, SurveyFindingRead.of_view)
