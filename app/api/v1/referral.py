"""Referrals: a provider is asked, answers, delivers, and the person's word closes it."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Teller, Told
from app.api.v1.schemas.referral import ReferralRead, ReferralSummary
from app.api.v1.schemas.referral_steps import (
    DeliveriesCreate,
    DeliveryConfirmationCreate,
    ReferralAcceptanceCreate,
    ReferralCreate,
    ReferralDeclineCreate,
)
from app.api.v1.schemas.waiting import WaitingEntryRead
from app.domain.capacity import NoPlaceFree
from app.domain.consent import ConsentMissing
from app.domain.referral import (
    DeliveryImpossible,
    NotTheProvider,
    OfferExpired,
    Reasoned,
    ReferralStage,
)
from app.domain.shared.voice import NotThePerson
from app.domain.waiting import OthersWait
from app.services import referral
from app.services.matching import NeedNotOpen
from app.services.ports.work import UnitOfWork
from app.services.referral import (
    DoesNotMeetNeed,
    ExclusiveService,
    NoReferralsHere,
    NotEntitled,
    NotInThePlan,
    OutsideServiceArea,
    ReferralUnderWay,
    ReferralView,
)
from app.services.waiting import WaitingView

router = APIRouter(prefix="/referrals", tags=["Referrals"])
step = partial(operation, keyed=True, versioned=True)
ACCEPTED = 202
NOT_SUITABLE = (
    NeedNotOpen,
    DoesNotMeetNeed,
    NoReferralsHere,
    NotEntitled,
    OutsideServiceArea,
    ExclusiveService,
    NoPlaceFree,
    ConsentMissing,
)


MAKING = operation(
    "make_referral",
    keyed=True,
    found=True,
    refusals=(*NOT_SUITABLE, OthersWait, ReferralUnderWay, NotInThePlan),
    links={"get_referral": "referral_id"},
)
MAKING["responses"][ACCEPTED] = {"model": WaitingEntryRead, "description": "No place is free; the need waits for one."}


@router.post("", response_model=ReferralRead, status_code=CREATED, **MAKING)
async def make_referral(asked: ReferralCreate, *, command: Annotated[Command, keyed("make_referral")]) -> Response:
    """Ask a provider to serve the person; the provider may then see the referral and the person.

    Where the service is not the duty of an office, the person must have agreed that this provider is told
    (`service_delivery`); that the person has agreed to a plan is no such consent. The person is shown while it holds.
    Where no place is free, or others wait for it, `when_full` says whether the need goes on the waiting list instead.
    """
    use_case = partial(referral.make_referral, asked.to_request())
    return await command.run(use_case, _made, status=_status, location=_location_of)


@router.get("", **operation("list_referrals", found=False))
async def list_referrals(
    uow: Annotated[UnitOfWork, may("list_referrals")],
    told: Told,
    *,
    person_id: Annotated[UUID | None, Query(description="Only those of this person.")] = None,
    stage: Annotated[list[ReferralStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ReferralSummary]:
    """List the referrals of the caller's areas, those to the caller's organisation, or the caller's own."""
    stages = tuple(stage or ReferralStage)
    found = await referral.list_referrals(
        person_id=person_id, stages=stages, after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, partial(ReferralSummary.of, told=told))


@router.get("/{referral_id}", **operation("get_referral"))
async def get_referral(
    referral_id: UUID, *, uow: Annotated[UnitOfWork, may("get_referral")], response: Response, told: Told
) -> ReferralRead:
    """Read a referral, and what the caller may do to it."""
    view = await referral.get_referral(referral_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ReferralRead.of_view(view, told)


@router.post(
    "/{referral_id}/acceptance",
    response_model=ReferralRead,
    **step("accept_referral", refusals=(NotTheProvider, OfferExpired, ConsentMissing)),
)
async def accept_referral(
    referral_id: UUID,
    asked: ReferralAcceptanceCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("accept_referral")],
) -> Response:
    """The provider takes it and says when it begins."""
    use_case = partial(referral.accept_referral, referral_id, version=version, begins_on=asked.begins_on)
    return await command.run(use_case, ReferralRead.of_view)


@router.post(
    "/{referral_id}/decline", response_model=ReferralRead, **step("decline_referral", refusals=(NotTheProvider,))
)
async def decline_referral(
    referral_id: UUID,
    asked: ReferralDeclineCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("decline_referral")],
) -> Response:
    """The provider does not take it, and says why; another may be asked."""
    use_case = partial(
        referral.decline_referral, referral_id, Reasoned(reason=asked.reason, words=asked.words), version=version
    )
    return await command.run(use_case, ReferralRead.of_view)


@router.post(
    "/{referral_id}/delivery",
    response_model=ReferralRead,
    **step("deliver_referral", refusals=(NotTheProvider, DeliveryImpossible)),
)
async def deliver_referral(
    referral_id: UUID,
    asked: DeliveriesCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("deliver_referral")],
) -> Response:
    """The provider says what was done; more may follow until the person confirms.

    Only what cannot have been is refused. What does not fit otherwise (overlapping times, more than was planned) is
    taken in, and somebody is asked to look.
    """
    use_case = partial(referral.deliver_referral, referral_id, version=version, deliveries=asked.to_deliveries())
    return await command.run(use_case, ReferralRead.of_view)


@router.post(
    "/{referral_id}/confirmation", response_model=ReferralRead, **step("confirm_delivery", refusals=(NotThePerson,))
)
async def confirm_delivery(
    referral_id: UUID,
    asked: DeliveryConfirmationCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("confirm_delivery")],
) -> Response:
    """The person, or a guardian, says that it was done and how it was; with that the need is met."""
    use_case = partial(
        referral.confirm_delivery,
        referral_id,
        version=version,
        satisfaction=asked.satisfaction,
        said=asked.words,
    )
    return await command.run(use_case, ReferralRead.of_view)


def location(view: ReferralView) -> str:
    return f"/v1/referrals/{view.id}"


def _made(view: ReferralView | WaitingView, told: Teller) -> ReferralRead | WaitingEntryRead:
    return WaitingEntryRead.of_view(view, told) if isinstance(view, WaitingView) else ReferralRead.of_view(view, told)


def _status(view: ReferralView | WaitingView) -> int:
    return ACCEPTED if isinstance(view, WaitingView) else CREATED


def _location_of(view: ReferralView | WaitingView) -> str:
    return f"/v1/waiting-entries/{view.id}" if isinstance(view, WaitingView) else location(view)
