"""The lists of projects: enrolled by a named officer, let in by an exception of another one, ended with a reason."""

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
from app.api.v1.schemas.beneficiary import (
    BeneficiaryCreate,
    BeneficiaryEndCreate,
    BeneficiaryRead,
    ExceptionCreate,
    SpendingCreate,
)
from app.domain.project import (
    AmountImpossible,
    BeneficiaryAlready,
    BeneficiaryStage,
    BudgetUsedUp,
    DoubleBenefit,
    NotTargeted,
    OutsideProjectArea,
    ProjectDaysImpossible,
    ProjectNotOpen,
    QuotaUsedUp,
)
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.relations import RelationOnRecord
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.services import beneficiary
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Projects"])
step = partial(operation, keyed=True, versioned=True)
_TAKES = (ProjectNotOpen, QuotaUsedUp, BudgetUsedUp, DoubleBenefit, ProjectDaysImpossible)


@router.post(
    "/projects/{project_id}/beneficiaries",
    response_model=BeneficiaryRead,
    status_code=CREATED,
    **operation(
        "enrol_beneficiary",
        keyed=True,
        refusals=(
            *_TAKES,
            NotYourFunction,
            DutiesNotSeparated,
            RelationOnRecord,
            BeneficiaryAlready,
            OutsideProjectArea,
            NotTargeted,
            AmountImpossible,
        ),
        links={"get_beneficiary": "beneficiary_id"},
    ),
)
async def enrol_beneficiary(
    project_id: UUID, asked: BeneficiaryCreate, *, command: Annotated[Command, keyed("enrol_beneficiary")]
) -> Response:
    """Put somebody of the own area on the list of a project, as a named officer.

    The database holds quota and budget, whatever was read before, and nobody is on one list twice in the same days.
    Where another benefit stands against it, the answer names it; with an `exception` the entry waits, without a place,
    for another officer's word.
    """
    return await command.run(
        partial(beneficiary.enrol_beneficiary, project_id, asked.to_enrolment()),
        BeneficiaryRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/beneficiaries/{view.id}",
    )


@router.get("/beneficiaries", **operation("list_beneficiaries", found=False))
async def list_beneficiaries(
    uow: Annotated[UnitOfWork, may("list_beneficiaries")],
    *,
    teller: Told,
    project_id: Annotated[UUID | None, Query(description="Only of this project.")] = None,
    person_id: Annotated[UUID | None, Query(description="Only of this person: in which projects.")] = None,
    stage: Annotated[list[BeneficiaryStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[BeneficiaryRead]:
    """List who of the caller's areas is on the lists of projects, or in which projects the caller is."""
    found = await beneficiary.list_beneficiaries(
        tuple(stage or BeneficiaryStage),
        project_id=project_id,
        person_id=person_id,
        after=position_of(cursor),
        limit=limit,
        uow=uow,
    )
    return page_of(found, lambda view: BeneficiaryRead.of_view(view, teller))


@router.get("/beneficiaries/{beneficiary_id}", **operation("get_beneficiary"))
async def get_beneficiary(
    beneficiary_id: UUID, *, uow: Annotated[UnitOfWork, may("get_beneficiary")], teller: Told, response: Response
) -> BeneficiaryRead:
    """Read somebody's place in a project, as an officer of the place, as the person or as a guardian."""
    view = await beneficiary.get_beneficiary(beneficiary_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return BeneficiaryRead.of_view(view, teller)


@router.post(
    "/beneficiaries/{beneficiary_id}/exception",
    response_model=BeneficiaryRead,
    **step("allow_exception", refusals=(*_TAKES, OwnCase, RelationOnRecord, DutiesNotSeparated)),
)
async def allow_exception(
    beneficiary_id: UUID,
    asked: ExceptionCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("allow_exception")],
) -> Response:
    """Let somebody in although another benefit stands against it, as another officer than the one who asks for it."""
    use_case = partial(beneficiary.allow_exception, beneficiary_id, asked.text, version=version)
    return await command.run(use_case, BeneficiaryRead.of_view)


@router.post(
    "/beneficiaries/{beneficiary_id}/end",
    response_model=BeneficiaryRead,
    **step("end_beneficiary", refusals=(AmountImpossible, OwnCase, RelationOnRecord, DutiesNotSeparated)),
)
async def end_beneficiary(
    beneficiary_id: UUID,
    asked: BeneficiaryEndCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("end_beneficiary")],
) -> Response:
    """Let somebody leave a project, for a reason. The place is free at once.

    The money that was not spent is free once another officer confirms that; where none was promised, at once.

    Whoever has put the person on the list does not say that they had nothing of it: another officer does.
    """
    use_case = partial(beneficiary.end_beneficiary, beneficiary_id, asked.to_ending(), version=version)
    return await command.run(use_case, BeneficiaryRead.of_view)


@router.post(
    "/beneficiaries/{beneficiary_id}/spending",
    response_model=BeneficiaryRead,
    **step("restate_spending", refusals=(AmountImpossible, OwnCase, RelationOnRecord, DutiesNotSeparated)),
)
async def restate_spending(
    beneficiary_id: UUID,
    asked: SpendingCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("restate_spending")],
) -> Response:
    """Say otherwise what was spent on somebody who has left, and why. Yet another officer confirms it."""
    use_case = partial(beneficiary.restate_spending, beneficiary_id, asked.to_spending(), version=version)
    return await command.run(use_case, BeneficiaryRead.of_view)


@router.post(
    "/beneficiaries/{beneficiary_id}/spending-confirmation",
    response_model=BeneficiaryRead,
    **step("confirm_spending", refusals=(OwnCase, RelationOnRecord, DutiesNotSeparated)),
)
async def confirm_spending(
    beneficiary_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("confirm_spending")]
) -> Response:
    """Confirm what was spent on somebody who has left, as another officer than the one who said it last.

    The rest of what was promised is free for others.
    """
    return await command.run(
        partial(beneficiary.confirm_spending, beneficiary_id, version=version), BeneficiaryRead.of_view
    )
