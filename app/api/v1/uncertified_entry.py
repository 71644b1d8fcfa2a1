"""The ledger of disabled people without a certificate: kept by consent, left at any time, led to an application."""

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
from app.api.v1.schemas.speech import WithdrawalCreate
from app.api.v1.schemas.types import LegalDate, RegionCode
from app.api.v1.schemas.uncertified_entry import (
    ReasonCode,
    UncertifiedClosureCreate,
    UncertifiedContactCreate,
    UncertifiedConversionCreate,
    UncertifiedEntryCreate,
    UncertifiedEntryRead,
    UncertifiedHandoverCreate,
    UncertifiedRemovalRead,
    UncertifiedTermsRead,
)
from app.domain.application import AnswersNotRight, ItemNotInPackage, PackageNotFound
from app.domain.assessment import UnknownNeed
from app.domain.consent import GuardianConsentNeeded
from app.domain.organisation import OwnerNotSuitable
from app.domain.person import BirthDateDisagrees, IdentityDisagrees, SexDisagrees
from app.domain.shared.identity import InvalidCitizenNumber
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.domain.shared.voice import NotThePerson, WordMissing
from app.domain.uncertified_entry import (
    ContactDayImpossible,
    EntryOpen,
    EntryStage,
    HoldsCertificate,
    IdentityNumberNeeded,
    UncertifiedReasonUnknown,
)
from app.services import uncertified_conversion, uncertified_entry
from app.services.application import OutsideYourArea
from app.services.person import AlreadyRegistered
from app.services.ports.application import OpenApplicationExists
from app.services.ports.uncertified_entry import Wanted
from app.services.ports.work import UnitOfWork
from app.services.uncertified_entry import EntryView

router = APIRouter(tags=["Uncertified entries"])
_REPORTED_WRONGLY = (UncertifiedReasonUnknown, UnknownNeed, ContactDayImpossible)


@router.get(
    "/uncertified-terms",
    response_model=UncertifiedTermsRead,
    **reference("get_uncertified_terms", found=True, refusals=(RegionNotFound,)),
)
async def get_uncertified_terms(
    request: Request,
    uow: Annotated[UnitOfWork, may("get_uncertified_terms")],
    *,
    region: Annotated[RegionCode | None, Query(description="As it holds in this place; its code.")] = None,
) -> Response:
    """Tell what a person is told before agreeing to be on the ledger, and which reasons there are (未办证原因)."""
    terms = await uncertified_entry.get_uncertified_terms(region_code=region, uow=uow)
    return unless_known(request, UncertifiedTermsRead.of(terms))


@router.post(
    "/persons/{person_id}/uncertified-entries",
    response_model=UncertifiedEntryRead,
    status_code=CREATED,
    **operation(
        "open_uncertified_entry",
        keyed=True,
        refusals=(
            *(WordMissing, NotYourFunction, OwnCase, GuardianConsentNeeded),
            *(EntryOpen, HoldsCertificate, OwnerNotSuitable, *_REPORTED_WRONGLY),
        ),
        links={"get_uncertified_entry": "entry_id"},
    ),
)
async def open_uncertified_entry(
    person_id: UUID, asked: UncertifiedEntryCreate, *, command: Annotated[Command, keyed("open_uncertified_entry")]
) -> Response:
    """Put somebody without a certificate on the ledger, on a word that was given just now (未持证残疾人台账).

    The person, or a child's guardian, is first told what GET /v1/uncertified-terms says. An earlier word never counts:
    whoever was taken off comes back by agreeing anew, and in no other way. No category and no grade is written down.
    """
    return await command.run(
        partial(
            uncertified_entry.open_uncertified_entry,
            person_id,
            asked.to_report(),
            owner_id=asked.owner_id,
            said_by=asked.said_by,
        ),
        UncertifiedEntryRead.of_view,
        status=CREATED,
        location=_location,
    )


@router.get("/uncertified-entries", **operation("list_uncertified_entries", found=False))
async def list_uncertified_entries(
    uow: Annotated[UnitOfWork, may("list_uncertified_entries")],
    *,
    teller: Told,
    stage: Annotated[
        list[EntryStage] | None, Query(max_length=10, description="Only these stages; the open ones, if not given.")
    ] = None,
    person_id: Annotated[UUID | None, Query(description="Only this person's.")] = None,
    owner_id: Annotated[UUID | None, Query(description="Only those for which this organisation answers.")] = None,
    reason: Annotated[ReasonCode | None, Query(description="Only those with this reason.")] = None,
    contact_by: Annotated[LegalDate | None, Query(description="Only whose next contact is due by this day.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[UncertifiedEntryRead]:
    """List who is on the ledger in the caller's areas; or the caller's own entries.

    `contact_by` of yesterday lists whom nobody has contacted in time.
    """
    wanted = Wanted(
        stages=tuple(stage or (EntryStage.OPEN,)),
        person_id=person_id,
        owner_id=owner_id,
        reason=reason,
        contact_by=contact_by,
    )
    found = await uncertified_entry.list_uncertified_entries(wanted, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda view: UncertifiedEntryRead.of_view(view, teller))


@router.get("/uncertified-entries/{entry_id}", **operation("get_uncertified_entry"))
async def get_uncertified_entry(
    entry_id: UUID, *, uow: Annotated[UnitOfWork, may("get_uncertified_entry")], teller: Told, response: Response
) -> UncertifiedEntryRead:
    """Read an entry: why there is no certificate, who answers, what was told and said, and when one speaks next."""
    view = await uncertified_entry.get_uncertified_entry(entry_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return UncertifiedEntryRead.of_view(view, teller)


@router.post(
    "/uncertified-entries/{entry_id}/contacts",
    response_model=UncertifiedEntryRead,
    **operation("record_uncertified_contact", keyed=True, versioned=True, refusals=_REPORTED_WRONGLY),
)
async def record_uncertified_contact(
    entry_id: UUID,
    *,
    asked: UncertifiedContactCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_uncertified_contact")],
) -> Response:
    """Write down a contact or an attempt at one, what was told and said, and when the next one is due."""
    return await command.run(
        partial(uncertified_entry.record_uncertified_contact, entry_id, asked.to_report(), version=version),
        UncertifiedEntryRead.of_view,
    )


@router.post(
    "/uncertified-entries/{entry_id}/handover",
    response_model=UncertifiedEntryRead,
    **operation("hand_over_uncertified_entry", keyed=True, versioned=True, refusals=(OwnerNotSuitable,)),
)
async def hand_over_uncertified_entry(
    entry_id: UUID,
    *,
    asked: UncertifiedHandoverCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("hand_over_uncertified_entry")],
) -> Response:
    """Let another federation or association of the place answer for an entry."""
    return await command.run(
        partial(uncertified_entry.hand_over_uncertified_entry, entry_id, version=version, owner_id=asked.owner_id),
        UncertifiedEntryRead.of_view,
    )


@router.post(
    "/uncertified-entries/{entry_id}/conversion",
    response_model=UncertifiedEntryRead,
    **operation(
        "convert_uncertified_entry",
        keyed=True,
        versioned=True,
        refusals=(
            *(PackageNotFound, ItemNotInPackage, AnswersNotRight, OutsideYourArea, OpenApplicationExists),
            *(IdentityNumberNeeded, InvalidCitizenNumber, IdentityDisagrees, BirthDateDisagrees, SexDisagrees),
            AlreadyRegistered,
        ),
    ),
)
async def convert_uncertified_entry(
    entry_id: UUID,
    *,
    asked: UncertifiedConversionCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("convert_uncertified_entry")],
) -> Response:
    """Apply for the person in this one call, and close the entry with that application, which it names.

    Who the application is for and how the person is reached is filled in from the record; answers that are given count
    over it. It is an ordinary application, held to all that any is held to. Nothing of the entry goes into it.
    """
    return await command.run(
        partial(uncertified_conversion.convert_uncertified_entry, entry_id, asked.to_conversion(), version=version),
        UncertifiedEntryRead.of_view,
    )


@router.post(
    "/uncertified-entries/{entry_id}/closure",
    response_model=UncertifiedEntryRead,
    **operation("close_uncertified_entry", keyed=True, versioned=True),
)
async def close_uncertified_entry(
    entry_id: UUID,
    *,
    asked: UncertifiedClosureCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("close_uncertified_entry")],
) -> Response:
    """Close an entry that has ended otherwise: certified, moved, died, or declined to apply."""
    return await command.run(
        partial(uncertified_entry.close_uncertified_entry, entry_id, version=version, ground=asked.ground),
        UncertifiedEntryRead.of_view,
    )


@router.post(
    "/uncertified-entries/{entry_id}/removal",
    response_model=UncertifiedRemovalRead,
    **operation(
        "take_off_uncertified_entry",
        keyed=True,
        versioned=True,
        refusals=(NotThePerson, NotYourFunction, WordMissing),
    ),
)
async def take_off_uncertified_entry(
    entry_id: UUID,
    asked: WithdrawalCreate | None = None,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("take_off_uncertified_entry")],
) -> Response:
    """Take somebody off the ledger at their word, at any time and without a reason; an entry that has ended, too.

    The entry is erased with all that it said, and so are earlier ones of the person. Whoever was registered for the
    ledger alone leaves the register with them. That it was done remains as an event, which names nobody.
    """
    said_by = asked.said_by if asked else None
    return await command.run(
        partial(uncertified_entry.take_off_uncertified_entry, entry_id, version=version, said_by=said_by),
        UncertifiedRemovalRead.of,
    )


def _location(view: EntryView) -> str:
    return f"/v1/uncertified-entries/{view.id}"
