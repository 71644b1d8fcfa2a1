"""Cases of benefits, step by step along the route of their package."""

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
from app.api.v1.schemas.benefit import BenefitRead, BenefitSummary, DecisionCreate, DecisionOutcome, OpinionCreate
from app.domain.benefit import Stage
from app.domain.duplicate import MayBeRegisteredAlready
from app.domain.shared.refusal import ReasonMissing
from app.services import benefit
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/benefit-cases", tags=["Benefit cases"])
step = partial(operation, keyed=True, versioned=True)


@router.get("", **operation("list_benefit_cases", found=False))
async def list_benefit_cases(
    uow: Annotated[UnitOfWork, may("list_benefit_cases")],
    *,
    stage: Annotated[list[Stage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[BenefitSummary]:
    """List the cases of the caller's areas."""
    stages = tuple(stage or Stage)
    found = await benefit.list_benefit_cases(stages=stages, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, BenefitSummary.of)


@router.get("/{case_id}", **operation("get_benefit_case"))
async def get_benefit_case(
    case_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("get_benefit_case")],
    teller: Told,
    response: Response,
) -> BenefitRead:
    """Read a case, what the rules propose, and what the caller may do to it."""
    view = await benefit.get_benefit_case(case_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return BenefitRead.of_view(view, teller)


@router.post(
    "/{case_id}/acceptance",
    response_model=BenefitRead,
    **step("accept_benefit_case", refusals=(MayBeRegisteredAlready,)),
)
async def accept_benefit_case(
    case_id: UUID,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("accept_benefit_case")],
) -> Response:
    """Take a case on."""
    return await command.run(
        partial(benefit.accept_benefit_case, case_id, version=version),
        BenefitRead.of_view,
    )


@router.post("/{case_id}/initial-check", response_model=BenefitRead, **step("check_benefit_case"))
async def check_benefit_case(
    case_id: UUID,
    *,
    asked: OpinionCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("check_benefit_case")],
) -> Response:
    """Look at a case first, in the township."""
    return await command.run(
        partial(benefit.check_benefit_case, case_id, version=version, opinion=asked.to_opinion()),
        BenefitRead.of_view,
    )


@router.post("/{case_id}/notice", response_model=BenefitRead, **step("post_benefit_notice"))
async def post_benefit_notice(
    case_id: UUID,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("post_benefit_notice")],
) -> Response:
    """Put a case up for the public to object."""
    return await command.run(
        partial(benefit.post_benefit_notice, case_id, version=version),
        BenefitRead.of_view,
    )


@router.post("/{case_id}/federation-check", response_model=BenefitRead, **step("verify_benefit_case"))
async def verify_benefit_case(
    case_id: UUID,
    *,
    asked: OpinionCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("verify_benefit_case")],
) -> Response:
    """Look at certificate and grade, in the county federation."""
    return await command.run(
        partial(benefit.verify_benefit_case, case_id, version=version, opinion=asked.to_opinion()),
        BenefitRead.of_view,
    )


@router.post("/{case_id}/decision", response_model=BenefitRead, **step("decide_benefit_case"))
async def decide_benefit_case(
    case_id: UUID,
    *,
    asked: DecisionCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("decide_benefit_case")],
) -> Response:
    """Decide: a named human, with reasons where it is a refusal or not what the rules propose."""
    if asked.outcome is DecisionOutcome.GRANTED:
        decide = partial(benefit.grant_benefit_case, case_id, version=version, deviation=asked.text or "")
        return await command.run(decide, BenefitRead.of_view)
    if asked.reason is None or asked.text is None:
        raise ReasonMissing("A refusal has a reason and plain words for the person.", pointer="/reason")
    refuse = partial(benefit.refuse_benefit_case, case_id, version=version, reason=asked.reason, text=asked.text)
    return await command.run(refuse, BenefitRead.of_view)
