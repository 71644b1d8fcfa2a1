"""Payment rolls: ordered for a month, drawn up by a job, checked by one person, approved by another, written out."""

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
from app.api.v1.schemas.job import JobRead
from app.api.v1.schemas.payment import (
    ObjectionCreate,
    PaymentExportCreate,
    PaymentLineRead,
    PaymentRollCreate,
    PaymentRollRead,
    PaymentRollSummary,
)
from app.domain.payment import Change, MonthNotBegun, MonthRolled, NotPaidMonthly, RollOpen, RollStage
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction
from app.services import payment
from app.services.payment import NoRollHere, RollNotApproved
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/payment-rolls", tags=["Payment rolls"])
step = partial(operation, keyed=True, versioned=True)


@router.post(
    "",
    status_code=201,
    response_model=PaymentRollRead,
    **operation(
        "draft_payment_roll",
        keyed=True,
        refusals=(
            NotYourFunction,
            RegionNotFound,
            NoRollHere,
            NotPaidMonthly,
            RollOpen,
            MonthRolled,
            MonthNotBegun,
        ),
        links={"get_payment_roll": "roll_id"},
    ),
)
async def draft_payment_roll(
    asked: PaymentRollCreate, command: Annotated[Command, keyed("draft_payment_roll")]
) -> Response:
    """Order the roll of a month for a benefit and a place of the caller's. A job draws it up.

    Each grant is due from the month of application to the month in which a condition ceased, by the amount of each
    month; months that no roll has held come as back payments. The rules stop nothing: lines in doubt are marked for a
    human.
    """
    use_case = partial(
        payment.draft_payment_roll, benefit=asked.benefit, region_code=asked.region_code, month=asked.month
    )
    return await command.run(
        use_case,
        PaymentRollRead.of_view,
        status=201,
        location=lambda view: f"/v1/payment-rolls/{view.id}",
    )


@router.get("", **operation("list_payment_rolls", found=False))
async def list_payment_rolls(
    uow: Annotated[UnitOfWork, may("list_payment_rolls")],
    *,
    stage: Annotated[list[RollStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PaymentRollSummary]:
    """List the rolls of the caller's areas."""
    stages = tuple(stage or RollStage)
    found = await payment.list_payment_rolls(stages=stages, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, PaymentRollSummary.of)


@router.get("/{roll_id}", **operation("get_payment_roll"))
async def get_payment_roll(
    roll_id: UUID, *, uow: Annotated[UnitOfWork, may("get_payment_roll")], teller: Told, response: Response
) -> PaymentRollRead:
    """Read a roll's sums, what has changed since the roll before, and what the caller may do."""
    view = await payment.get_payment_roll(roll_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return PaymentRollRead.of_view(view, teller)


@router.get("/{roll_id}/lines", **operation("list_payment_lines"))
async def list_payment_lines(
    roll_id: UUID,
    uow: Annotated[UnitOfWork, may("list_payment_lines")],
    *,
    change: Annotated[list[Change] | None, Query(max_length=10, description="Only these changes.")] = None,
    doubtful: Annotated[bool, Query(description="Only lines of which a condition is not met.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PaymentLineRead]:
    """List lines of a roll: all, those that differ from the roll before, or those in doubt."""
    found = await payment.list_payment_lines(
        roll_id,
        changes=tuple(change or Change),
        only_doubtful=doubtful,
        after=position_of(cursor),
        limit=limit,
        uow=uow,
    )
    return page_of(found, PaymentLineRead.of)


@router.post("/{roll_id}/check", response_model=PaymentRollRead, **step("check_payment_roll"))
async def check_payment_roll(
    roll_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("check_payment_roll")]
) -> Response:
    """Find a roll in order, having looked at what differs and at what is in doubt."""
    return await command.run(partial(payment.check_payment_roll, roll_id, version=version), PaymentRollRead.of_view)


@router.post(
    "/{roll_id}/approval",
    response_model=PaymentRollRead,
    **step("approve_payment_roll", refusals=(DutiesNotSeparated,)),
)
async def approve_payment_roll(
    roll_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("approve_payment_roll")]
) -> Response:
    """Approve a roll, as another than who has checked it. It is final: mistakes are lines of the next roll."""
    return await command.run(partial(payment.approve_payment_roll, roll_id, version=version), PaymentRollRead.of_view)


@router.post(
    "/{roll_id}/rejection", response_model=PaymentRollRead, **step("reject_payment_roll", refusals=(ReasonMissing,))
)
async def reject_payment_roll(
    roll_id: UUID,
    *,
    asked: ObjectionCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("reject_payment_roll")],
) -> Response:
    """Send a roll back with what is wrong. It holds nothing, and another may be ordered in its place."""
    use_case = partial(payment.reject_payment_roll, roll_id, version=version, text=asked.text)
    return await command.run(use_case, PaymentRollRead.of_view)


@router.post(
    "/{roll_id}/export",
    status_code=201,
    response_model=JobRead,
    **operation("export_payment_roll", keyed=True, refusals=(RollNotApproved,), links={"get_job": "job_id"}),
)
async def export_payment_roll(
    roll_id: UUID, asked: PaymentExportCreate, command: Annotated[Command, keyed("export_payment_roll")]
) -> Response:
    """Have an approved roll written out with names, as a job whose results are the list.

    A record of access names everybody on each part of it before that part can be read.
    """
    use_case = partial(payment.export_payment_roll, roll_id, identifiers=asked.identifiers.value)
    return await command.run(use_case, JobRead.of_view, status=201, location=lambda view: f"/v1/jobs/{view.id}")
