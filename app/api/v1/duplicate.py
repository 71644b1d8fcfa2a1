"""Records that may be one person's: a queue for officers. One says that they are two, two merge them, one undoes it."""

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
from app.api.v1.schemas.duplicate import (
    DuplicateMergeCreate,
    DuplicateReasonCreate,
    PersonDuplicateRead,
    PersonDuplicateSummary,
)
from app.domain.duplicate import (
    BothHaveOpenBusiness,
    BothHoldCertificates,
    DuplicateStage,
    NothingIsHeldUp,
    NotOfThePair,
)
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.relations import RelationOnRecord
from app.services import duplicate
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/person-duplicates", tags=["Person duplicates"])
step = partial(operation, keyed=True, versioned=True)


@router.get("", **operation("list_person_duplicates", found=False))
async def list_person_duplicates(
    uow: Annotated[UnitOfWork, may("list_person_duplicates")],
    *,
    stage: Annotated[list[DuplicateStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PersonDuplicateSummary]:
    """List records of the caller's areas that may be one person's. The machine compares; it merges nothing."""
    stages = tuple(stage or DuplicateStage)
    found = await duplicate.list_person_duplicates(stages=stages, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, PersonDuplicateSummary.of)


@router.get("/{duplicate_id}", **operation("get_person_duplicate"))
async def get_person_duplicate(
    duplicate_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("get_person_duplicate")],
    teller: Told,
    response: Response,
) -> PersonDuplicateRead:
    """Read why two records may be one person's, ground by ground; the records themselves are read as persons."""
    view = await duplicate.get_person_duplicate(duplicate_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return PersonDuplicateRead.of_view(view, teller)


@router.post(
    "/{duplicate_id}/dismissal",
    response_model=PersonDuplicateRead,
    **step("dismiss_person_duplicate", refusals=(ReasonMissing,)),
)
async def dismiss_person_duplicate(
    duplicate_id: UUID,
    *,
    asked: DuplicateReasonCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("dismiss_person_duplicate")],
) -> Response:
    """Say, as a named officer, that they are two people's. The pair is not asked about again."""
    use_case = partial(duplicate.dismiss_person_duplicate, duplicate_id, version=version, words=asked.text)
    return await command.run(use_case, PersonDuplicateRead.of_view)


@router.post(
    "/{duplicate_id}/override",
    response_model=PersonDuplicateRead,
    **step("override_person_duplicate", refusals=(ReasonMissing, NothingIsHeldUp)),
)
async def override_person_duplicate(
    duplicate_id: UUID,
    *,
    asked: DuplicateReasonCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("override_person_duplicate")],
) -> Response:
    """Let cases of either be taken on, as a named officer with a reason, before it is decided who the two are.

    The pair stays open, and the reason on record. It is for a pair that is so alike that acceptance waits for it.
    """
    use_case = partial(duplicate.override_person_duplicate, duplicate_id, version=version, words=asked.text)
    return await command.run(use_case, PersonDuplicateRead.of_view)


@router.post(
    "/{duplicate_id}/merge",
    response_model=PersonDuplicateRead,
    **step("merge_person_duplicate", refusals=(ReasonMissing, NotOfThePair, RelationOnRecord)),
)
async def merge_person_duplicate(
    duplicate_id: UUID,
    *,
    asked: DuplicateMergeCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("merge_person_duplicate")],
) -> Response:
    """Say, as a named officer, that they are one person's, and which record is kept; nothing moves by that yet.

    Another officer confirms it, dismisses the pair, or proposes it otherwise. Nobody does who is related to either.
    """
    use_case = partial(
        duplicate.merge_person_duplicate,
        duplicate_id,
        version=version,
        kept_id=asked.kept_person_id,
        words=asked.text,
    )
    return await command.run(use_case, PersonDuplicateRead.of_view)


@router.post(
    "/{duplicate_id}/merge-confirmation",
    response_model=PersonDuplicateRead,
    **step(
        "confirm_person_merge",
        refusals=(DutiesNotSeparated, RelationOnRecord, BothHoldCertificates, BothHaveOpenBusiness),
    ),
)
async def confirm_person_merge(
    duplicate_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("confirm_person_merge")]
) -> Response:
    """Confirm, as another officer than who proposed it, that they are one person's: then all business of both is one's.

    All of it moves to the record that is kept, or nothing does. Names and numbers of the other record stay with it and
    lead to the one that is kept. Two certificates in force are looked into first. It can be undone.
    """
    use_case = partial(duplicate.confirm_person_merge, duplicate_id, version=version)
    return await command.run(use_case, PersonDuplicateRead.of_view)


@router.post(
    "/{duplicate_id}/separation",
    response_model=PersonDuplicateRead,
    **step("separate_person_duplicate", refusals=(ReasonMissing,)),
)
async def separate_person_duplicate(
    duplicate_id: UUID,
    *,
    asked: DuplicateReasonCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("separate_person_duplicate")],
) -> Response:
    """Undo a merge, as a named officer: what it moved goes back, and what came about since stays where it is.

    The pair is open again, so that it can be dismissed.
    """
    use_case = partial(duplicate.separate_person_duplicate, duplicate_id, version=version, words=asked.text)
    return await command.run(use_case, PersonDuplicateRead.of_view)
