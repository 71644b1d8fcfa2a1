"""Persons: reading one, looking one up, registering one. Nothing that identifies anybody stands in an address."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.v1.schemas.consent import PurposeCode
from app.api.v1.schemas.person import (
    BankAccountCreate,
    EconomicStatusCreate,
    PersonCreate,
    PersonRead,
    PersonSearchRead,
    PersonSearchRequest,
    PreferencesCreate,
)
from app.domain.consent import ConsentNotInForce, PurposeUnknown
from app.domain.person import BankAccountImpossible, BirthDateDisagrees, SexDisagrees
from app.domain.shared.identity import InvalidCitizenNumber
from app.domain.shared.region import RegionNotFound
from app.domain.shared.relations import RelationOnRecord
from app.domain.shared.transitions import OwnCase
from app.services import person
from app.services.application import OutsideYourArea
from app.services.person import AlreadyRegistered
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Persons"])


@router.get("/persons/{person_id}", **operation("get_person", refusals=(PurposeUnknown, ConsentNotInForce)))
async def get_person(
    person_id: UUID,
    uow: Annotated[UnitOfWork, may("get_person")],
    response: Response,
    *,
    purpose: Annotated[
        PurposeCode | None, Query(description="What for; one of GET /v1/sharing-purposes. The person can read it.")
    ] = None,
) -> PersonRead:
    """Read what the caller's roles are shown of a person; numbers are masked. The reading is written down.

    Staff of the area and the person see all groups of fields, institutions and providers in a case of the person name
    and contacts, auditors name and residence. A provider is shown what the person has agreed to, while that holds.
    """
    view = await person.get_person(person_id, purpose=purpose, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return PersonRead.of_view(view)


@router.post(
    "/persons",
    response_model=PersonRead,
    status_code=CREATED,
    **operation(
        "register_person",
        keyed=True,
        found=True,
        refusals=(
            AlreadyRegistered,
            OutsideYourArea,
            RegionNotFound,
            InvalidCitizenNumber,
            BirthDateDisagrees,
            SexDisagrees,
        ),
        links={"get_person": "person_id"},
    ),
)
async def register_person(asked: PersonCreate, command: Annotated[Command, keyed("register_person")]) -> Response:
    """Register somebody who lives in the caller's area. A number on record answers alike, whoever bears it."""
    return await command.run(
        partial(person.register_person, asked.to_newcomer()),
        lambda view, _: PersonRead.of_view(view),
        status=CREATED,
        location=lambda view: f"/v1/persons/{view.id}",
    )


@router.post(
    "/persons/{person_id}/preferences",
    response_model=PersonRead,
    **operation("set_preferences", keyed=True, versioned=True),
)
async def set_preferences(
    person_id: UUID,
    asked: PreferencesCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("set_preferences")],
) -> Response:
    """Take down how the person wants to be told things: by voice, in large print, Braille, sign or plain language.

    Letters follow it at once, and say it to the office that hands them over.
    """
    use_case = partial(person.set_preferences, person_id, asked.to_preferences(), version=version)
    return await command.run(use_case, lambda view, _: PersonRead.of_view(view))


@router.post(
    "/persons/{person_id}/economic-status",
    response_model=PersonRead,
    **operation("record_economic_status", keyed=True, versioned=True, refusals=(OwnCase, RelationOnRecord)),
)
async def record_economic_status(
    person_id: UUID,
    asked: EconomicStatusCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_economic_status")],
) -> Response:
    """Take down how the household stands since a day: what civil affairs says counts before what a counter was shown.

    Entitlements, flags and the duty to plan follow it, and a plan in force is looked at again. By one person's word
    nothing is granted at once: for that, two of civil affairs have said the same.
    """
    use_case = partial(person.record_economic_status, person_id, asked.status, since=asked.since, version=version)
    return await command.run(use_case, lambda view, _: PersonRead.of_view(view))


@router.post(
    "/persons/{person_id}/bank-account",
    response_model=PersonRead,
    **operation(
        "record_bank_account", keyed=True, versioned=True, refusals=(BankAccountImpossible, OwnCase, RelationOnRecord)
    ),
)
async def record_bank_account(
    person_id: UUID,
    asked: BankAccountCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_bank_account")],
) -> Response:
    """Take down into which account the person is paid: its last four digits, and a digest that nobody can read.

    Whoever decides about the person and is paid into the same account keeps out of the case. Nothing is paid by it.
    """
    use_case = partial(person.record_bank_account, person_id, asked.to_account(), version=version)
    return await command.run(use_case, lambda view, _: PersonRead.of_view(view))


@router.post("/person-searches", **operation("search_persons", refusals=(InvalidCitizenNumber, PurposeUnknown)))
async def search_persons(
    asked: PersonSearchRequest, uow: Annotated[UnitOfWork, may("search_persons")]
) -> PersonSearchRead:
    """Find by identity number, or by the exact name, who lives in the caller's areas; at most twenty.

    Whoever is found is written down in the register of access. It is a POST so that no number ends in an address.
    """
    return PersonSearchRead.of(await person.search_persons(asked.to_sought(), purpose=asked.purpose, uow=uow))
