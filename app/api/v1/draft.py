"""Drafts: an application begun, saved, found again and handed in. Nobody but its owner sees one."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.draft import DraftCreate, DraftRead, DraftUpdate
from app.api.v1.schemas.submission import SubmissionRead
from app.domain.application import (
    AnswersNotRight,
    DraftExpired,
    DraftIncomplete,
    ItemNotInPackage,
    PackageNotFound,
    PlatformNameUnclear,
)
from app.domain.shared.region import RegionNotFound
from app.services import draft
from app.services.application import NotYourself, OutsideYourArea
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/application-drafts", tags=["Applications"])
_SAID_WRONGLY = (PackageNotFound, RegionNotFound, ItemNotInPackage, AnswersNotRight, PlatformNameUnclear)


@router.post(
    "",
    response_model=DraftRead,
    status_code=CREATED,
    **operation("start_draft", keyed=True, found=True, refusals=_SAID_WRONGLY, links={"get_draft": "draft_id"}),
)
async def start_draft(asked: DraftCreate, command: Annotated[Command, keyed("start_draft")]) -> Response:
    """Begin an application and keep it. What is missing is told in `missing` and held against nobody.

    It is encrypted, shown to no office, and removed when nobody has touched it until `expires_on`.
    """
    content = asked.to_content()
    return await command.run(
        partial(draft.start_draft, asked.package_code, region_code=asked.region_code, content=content),
        DraftRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/application-drafts/{view.id}",
    )


@router.get("", **operation("list_drafts", found=False))
async def list_drafts(
    uow: Annotated[UnitOfWork, may("list_drafts")], *, teller: Told, cursor: Cursor = None, limit: Limit = 50
) -> Page[DraftRead]:
    """List what you have begun and neither submitted nor discarded."""
    found = await draft.list_drafts(after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda view: DraftRead.of_view(view, teller))


@router.get("/{draft_id}", **operation("get_draft", refusals=(DraftExpired,)))
async def get_draft(
    draft_id: UUID, *, uow: Annotated[UnitOfWork, may("get_draft")], teller: Told, response: Response
) -> DraftRead:
    """Come back to a draft: what it says so far, and what is still missing."""
    view = await draft.get_draft(draft_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return DraftRead.of_view(view, teller)


@router.put("/{draft_id}", **operation("save_draft", versioned=True, refusals=(*_SAID_WRONGLY, DraftExpired)))
async def save_draft(
    draft_id: UUID,
    asked: DraftUpdate,
    *,
    version: ExpectedVersion,
    uow: Annotated[UnitOfWork, may("save_draft")],
    teller: Told,
    response: Response,
) -> DraftRead:
    """Save what a draft says now; it is kept for as long again. An applicant who is left out stays as entered."""
    view = await draft.save_draft(draft_id, version=version, content=asked.to_content(), uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return DraftRead.of_view(view, teller)


@router.post(
    "/{draft_id}/submission",
    response_model=SubmissionRead,
    status_code=CREATED,
    **operation(
        "submit_draft",
        keyed=True,
        versioned=True,
        refusals=(*_SAID_WRONGLY, DraftExpired, DraftIncomplete, NotYourself, OutsideYourArea),
        links={"get_application": "application_id"},
    ),
)
async def submit_draft(
    draft_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("submit_draft")]
) -> Response:
    """Hand a draft in: it becomes an application of the same id, held to everything that any application is held to."""
    return await command.run(
        partial(draft.submit_draft, draft_id, version=version),
        SubmissionRead.of_submitted,
        status=CREATED,
        location=lambda view: f"/v1/applications/{view.id}",
    )


@router.post(
    "/{draft_id}/disposal",
    response_model=DraftRead,
    **operation("discard_draft", keyed=True, versioned=True, refusals=(DraftExpired,)),
)
async def discard_draft(
    draft_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("discard_draft")]
) -> Response:
    """Throw a draft away. What it says is forgotten at once."""
    return await command.run(partial(draft.discard_draft, draft_id, version=version), DraftRead.of_view)
