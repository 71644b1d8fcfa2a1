"""Consents: a person agrees that an organisation is told something, and may take it back at any time."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import reference, unless_known
from app.api.dependencies import may
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.consent import ConsentCreate, ConsentRead, SharingPurposeList, SharingPurposeRead
from app.api.v1.schemas.speech import WithdrawalCreate
from app.api.v1.schemas.types import RegionCode
from app.domain.consent import (
    ConsentDaysImpossible,
    ConsentInForce,
    ConsentNotAsked,
    FieldsNotShared,
    GuardianConsentNeeded,
    PurposeUnknown,
    ReceiverNotSuitable,
)
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.domain.shared.voice import NotThePerson, WordMissing
from app.services import consent
from app.services.consent import ConsentView
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Consents"])
OF_WORDS = (NotThePerson, NotYourFunction, WordMissing, OwnCase, GuardianConsentNeeded)


@router.get(
    "/sharing-purposes",
    response_model=SharingPurposeList,
    **reference("list_sharing_purposes", found=True, refusals=(RegionNotFound,)),
)
async def list_sharing_purposes(
    request: Request,
    uow: Annotated[UnitOfWork, may("list_sharing_purposes")],
    *,
    region: Annotated[RegionCode | None, Query(description="As it holds in this place; its code.")] = None,
) -> Response:
    """List for which purposes data go to others, by what right, and what a person is told before agreeing."""
    found = await consent.list_sharing_purposes(region_code=region, uow=uow)
    return unless_known(request, SharingPurposeList(items=[SharingPurposeRead.of(purpose) for purpose in found]))


@router.post(
    "/persons/{person_id}/consents",
    response_model=ConsentRead,
    status_code=CREATED,
    **operation(
        "give_consent",
        keyed=True,
        refusals=(
            *OF_WORDS,
            *(PurposeUnknown, ConsentNotAsked, ReceiverNotSuitable, FieldsNotShared, ConsentDaysImpossible),
            ConsentInForce,
        ),
        links={"get_consent": "consent_id"},
    ),
)
async def give_consent(
    person_id: UUID, asked: ConsentCreate, *, command: Annotated[Command, keyed("give_consent")]
) -> Response:
    """Agree that an organisation is told something of the person, for one purpose and from a day to a day.

    The person or a guardian does so with their own token, an officer on their word (`said_by`). A child's guardian
    speaks for it. What is agreed to never changes: to agree to something else, take this back and give another.
    """
    return await command.run(
        partial(consent.give_consent, person_id, asked.to_request()),
        ConsentRead.of_view,
        status=CREATED,
        location=_location,
    )


@router.get("/persons/{person_id}/consents", **operation("list_consents"))
async def list_consents(
    person_id: UUID,
    uow: Annotated[UnitOfWork, may("list_consents")],
    told: Told,
    *,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ConsentRead]:
    """List to what a person has agreed, with what was taken back or has run out.

    A provider is shown those that were given to it.
    """
    found = await consent.list_consents(person_id, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, partial(ConsentRead.of_view, teller=told))


@router.get("/consents/{consent_id}", **operation("get_consent"))
async def get_consent(
    consent_id: UUID, *, uow: Annotated[UnitOfWork, may("get_consent")], response: Response, told: Told
) -> ConsentRead:
    """Read a consent, and whether it is in force."""
    view = await consent.get_consent(consent_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ConsentRead.of_view(view, told)


@router.post(
    "/consents/{consent_id}/withdrawal",
    response_model=ConsentRead,
    **operation("withdraw_consent", keyed=True, versioned=True, refusals=OF_WORDS),
)
async def withdraw_consent(
    consent_id: UUID,
    asked: WithdrawalCreate | None = None,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("withdraw_consent")],
) -> Response:
    """Take a consent back, at any time and without a reason; whoever relied on it is refused at the next read.

    What was done until then stays, and is still delivered, confirmed and kept. No statutory service depends on it.
    """
    said_by = asked.said_by if asked else None
    return await command.run(
        partial(consent.withdraw_consent, consent_id, version=version, said_by=said_by), ConsentRead.of_view
    )


def _location(view: ConsentView) -> str:
    return f"/v1/consents/{view.id}"
