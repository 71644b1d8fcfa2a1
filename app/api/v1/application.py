"""Applications: one submission for everything, read back with how it stands, and taken back where the person wishes."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.scenario import TestScenario, played, script_for
from app.api.texts import Told
from app.api.v1.schemas.application import (
    ApplicationCreate,
    ApplicationRead,
    ApplicationSummary,
)
from app.api.v1.schemas.eligibility import EligibilityCheckCreate, EligibilityCheckRead
from app.api.v1.schemas.item import ItemCreate
from app.api.v1.schemas.speech import WithdrawalCreate
from app.api.v1.schemas.submission import SubmissionRead
from app.api.v1.schemas.suggestion import SuggestionsRead
from app.api.v1.schemas.types import LegalDate
from app.domain.application import (
    AnswersNotRight,
    BusinessNotOffered,
    DependencyNotThere,
    ItemAlreadyThere,
    ItemNotFound,
    ItemNotInPackage,
    PackageNotFound,
    PlatformNameUnclear,
)
from app.domain.benefit import StoppedAlready
from app.domain.evidence import EvidenceKindUnknown
from app.domain.shared.identity import InvalidMatterCode
from app.domain.shared.region import RegionNotFound
from app.domain.shared.voice import NotThePerson, WordMissing
from app.services import application
from app.services.application import NotYourself, OutsideYourArea
from app.services.eligibility import check_eligibility as look_ahead
from app.services.ports.application import OpenApplicationExists
from app.services.ports.work import UnitOfWork
from app.services.scenario import ScenarioRefused, ScenarioUnknown
from app.services.suggesting import list_application_suggestions as suggestions_of

router = APIRouter(tags=["Applications"])
ItemCode = Annotated[str, Path(max_length=64, pattern=r"^[a-z][a-z0-9_]{0,63}$", description="Code of the item.")]


@router.post(
    "/eligibility-checks",
    **operation("check_eligibility", found=True, refusals=(PackageNotFound, RegionNotFound)),
)
async def check_eligibility(
    asked: EligibilityCheckCreate, uow: Annotated[UnitOfWork, may("check_eligibility")], teller: Told
) -> EligibilityCheckRead:
    """Say what may be expected of a package, without asking who it is."""
    outlooks = await look_ahead(asked.package_code, region_code=asked.region_code, facts=asked.to_facts(), uow=uow)
    return EligibilityCheckRead.of(outlooks, teller)


@router.post(
    "/applications",
    response_model=SubmissionRead,
    status_code=201,
    **operation(
        "submit_application",
        keyed=True,
        found=True,
        refusals=(
            PackageNotFound,
            RegionNotFound,
            NotYourself,
            OutsideYourArea,
            PlatformNameUnclear,
            InvalidMatterCode,
            EvidenceKindUnknown,
            ScenarioUnknown,
            ScenarioRefused,
        ),
    ),
)
async def submit_application(
    asked: ApplicationCreate,
    *,
    command: Annotated[Command, keyed("submit_application")],
    request: Request,
    test_scenario: TestScenario = None,
) -> Response:
    """Apply once for a person, for everything that is chosen.

    What an office or an earlier item holds is taken from there. Where it is sent all the same, it is named in
    `ignored_answers` and not kept.
    """
    script = script_for(request, test_scenario)
    answer = await command.run(
        partial(application.submit_application, asked.to_request(digest=command.content_digest)),
        SubmissionRead.of_submitted,
        status=201,
        location=lambda view: f"/v1/applications/{view.id}",
    )
    return await played(request, answer, script)


@router.get("/applications", **operation("list_applications", found=False))
async def list_applications(
    uow: Annotated[UnitOfWork, may("list_applications")],
    *,
    teller: Told,
    finished: Annotated[bool | None, Query(description="Only finished ones, or only open ones.")] = None,
    submitted_on: Annotated[
        LegalDate | None, Query(description="Only those of this day; for a portal, what it has sent on it.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ApplicationSummary]:
    """List the applications of the caller's areas, or those that the caller is a party to."""
    found = await application.list_applications(
        is_finished=finished, submitted_on=submitted_on, after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, lambda one: ApplicationSummary.of(one, teller))


@router.get("/applications/{application_id}", **operation("get_application"))
async def get_application(
    application_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("get_application")],
    teller: Told,
    response: Response,
) -> ApplicationRead:
    """Read an application: how it and each of its items stand, and what happens next."""
    view = await application.get_application(application_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ApplicationRead.of_view(view, teller)


@router.get("/applications/{application_id}/suggestions", **operation("list_application_suggestions"))
async def list_application_suggestions(
    application_id: UUID, *, uow: Annotated[UnitOfWork, may("list_application_suggestions")], teller: Told
) -> SuggestionsRead:
    """Read what may be due besides and is not asked for: why, and how it is added. Nothing follows from not doing so.

    The person and the offices of the place are told what registers and form say; a portal what it has sent itself.
    """
    return SuggestionsRead.of_view(await suggestions_of(application_id, uow=uow), teller)


@router.post(
    "/applications/{application_id}/items",
    response_model=ApplicationRead,
    **operation(
        "add_item",
        keyed=True,
        versioned=True,
        refusals=(
            ItemNotInPackage,
            ItemAlreadyThere,
            DependencyNotThere,
            AnswersNotRight,
            BusinessNotOffered,
            PlatformNameUnclear,
            InvalidMatterCode,
            EvidenceKindUnknown,
            OpenApplicationExists,
            NotThePerson,
            WordMissing,
        ),
    ),
)
async def add_item(
    application_id: UUID,
    asked: ItemCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("add_item")],
) -> Response:
    """Ask for one thing more in an application that is open. Its case begins as at submission; the others go on.

    The item is of the package as it was offered on the day of the application. What the application holds is not
    asked again: send the answers that only this item needs. The receipt is given anew, with everything on it.
    """
    return await command.run(
        partial(application.add_item, application_id, asked.to_request(), version=version), ApplicationRead.of_view
    )


@router.post(
    "/applications/{application_id}/withdrawal",
    response_model=ApplicationRead,
    **operation("withdraw_application", keyed=True, versioned=True, refusals=(NotThePerson, WordMissing)),
)
async def withdraw_application(
    application_id: UUID,
    asked: WithdrawalCreate | None = None,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("withdraw_application")],
) -> Response:
    """Take back all that is not decided yet, on the person's word."""
    said_by = asked.said_by if asked else None
    return await command.run(
        partial(application.withdraw_application, application_id, version=version, said_by=said_by),
        ApplicationRead.of_view,
    )


@router.post(
    "/applications/{application_id}/items/{item}/withdrawal",
    response_model=ApplicationRead,
    **operation(
        "withdraw_item",
        keyed=True,
        versioned=True,
        refusals=(ItemNotFound, NotThePerson, WordMissing, StoppedAlready),
    ),
)
async def withdraw_item(
    application_id: UUID,
    item: ItemCode,
    asked: WithdrawalCreate | None = None,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("withdraw_item")],
) -> Response:
    """Take one item back; of what was granted, want no more from the next month on. The others go on."""
    said_by = asked.said_by if asked else None
    return await command.run(
        partial(application.withdraw_item, application_id, item=item, version=version, said_by=said_by),
        ApplicationRead.of_view,
    )
