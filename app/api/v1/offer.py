"""Offers to people: what the rules find due and nobody has asked for; sent by an office, answered by the person."""

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
from app.api.v1.schemas.offer import AcceptanceCreate, DeclineCreate, OfferRead, OfferWithdrawalCreate
from app.domain.offer import OfferOutdated, OfferRunOut, OfferStage
from app.domain.shared.transitions import OwnCase
from app.domain.shared.voice import NotThePerson, WordMissing
from app.services import offer
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/offers", tags=["Offers"])
_ANSWERED_WRONGLY = (NotThePerson, WordMissing, OfferRunOut, OwnCase)


@router.get("", **operation("list_offers", found=False))
async def list_offers(
    uow: Annotated[UnitOfWork, may("list_offers")],
    *,
    teller: Told,
    stage: Annotated[list[OfferStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    person_id: Annotated[UUID | None, Query(description="Only those to this person.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[OfferRead]:
    """List what is due in the caller's areas and was not asked for, with the reasons; or what was offered to you.

    `stage=made` is what an office has to look at and to send. The person is shown what was sent.
    """
    found = await offer.list_offers(
        stages=tuple(stage or OfferStage), person_id=person_id, after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, lambda view: OfferRead.of_view(view, teller))


@router.get("/{offer_id}", **operation("get_offer"))
async def get_offer(
    offer_id: UUID, *, uow: Annotated[UnitOfWork, may("get_offer")], teller: Told, response: Response
) -> OfferRead:
    """Read an offer: why the rules find it due, and until when. An office reads whether it is due still."""
    view = await offer.get_offer(offer_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return OfferRead.of_view(view, teller)


@router.post(
    "/{offer_id}/sending",
    response_model=OfferRead,
    **operation("send_offer", keyed=True, versioned=True, refusals=(OfferOutdated, OfferRunOut, OwnCase)),
)
async def send_offer(
    offer_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("send_offer")]
) -> Response:
    """Offer it to the person, as a named human who has looked. The rules must still find it due."""
    return await command.run(partial(offer.send_offer, offer_id, version=version), OfferRead.of_view)


@router.post(
    "/{offer_id}/acceptance",
    response_model=OfferRead,
    **operation("accept_offer", keyed=True, versioned=True, refusals=_ANSWERED_WRONGLY),
)
async def accept_offer(
    offer_id: UUID,
    asked: AcceptanceCreate | None = None,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("accept_offer")],
) -> Response:
    """Begin the application: `draft_path` is an ordinary draft of yours, with what is held filled in.

    Nothing is asked for until that draft is submitted, and nothing is granted by accepting.
    """
    answer = (asked or AcceptanceCreate()).to_answer()
    return await command.run(partial(offer.accept_offer, offer_id, version=version, answer=answer), OfferRead.of_view)


@router.post(
    "/{offer_id}/decline",
    response_model=OfferRead,
    **operation("decline_offer", keyed=True, versioned=True, refusals=_ANSWERED_WRONGLY),
)
async def decline_offer(
    offer_id: UUID,
    asked: DeclineCreate | None = None,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("decline_offer")],
) -> Response:
    """Say that it is not wanted. No reason is owed; one may apply at any time all the same, and is not asked again."""
    answer = (asked or DeclineCreate()).to_answer()
    return await command.run(partial(offer.decline_offer, offer_id, version=version, answer=answer), OfferRead.of_view)


@router.post(
    "/{offer_id}/withdrawal",
    response_model=OfferRead,
    **operation("withdraw_offer", keyed=True, versioned=True, refusals=(OfferRunOut,)),
)
async def withdraw_offer(
    offer_id: UUID,
    *,
    asked: OfferWithdrawalCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("withdraw_offer")],
) -> Response:
    """Take an offer back because what it rested on has changed, with a word to the person why."""
    use_case = partial(offer.withdraw_offer, offer_id, version=version, text=asked.text)
    return await command.run(use_case, OfferRead.of_view)
