"""Confirmations: an item that needs a second person's word waits for it, and that person says yes or no."""

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
from app.api.v1.schemas.confirmation import ConfirmationList, ConfirmationRead, SecondWordCreate
from app.domain.confirmation import ConfirmationStage, NotTheSecondParty, ProofNotSeen, SecondPartyUnknown
from app.domain.shared.transitions import OwnCase
from app.domain.shared.voice import WordMissing
from app.services import confirmation
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Confirmations"])
REFUSALS = (NotTheSecondParty, SecondPartyUnknown, ProofNotSeen, WordMissing, OwnCase)


@router.get("/confirmations", **operation("list_confirmations", found=False))
async def list_confirmations(
    uow: Annotated[UnitOfWork, may("list_confirmations")],
    *,
    stage: Annotated[list[ConfirmationStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    told: Told,
) -> Page[ConfirmationRead]:
    """List what waits for one's own word or that of a guardian; for offices, what waits in their areas.

    Who is asked for a word and is not the guardian is told the item and the name of who applies, and nothing else.
    """
    stages = tuple(stage or ConfirmationStage)
    found = await confirmation.list_confirmations(stages=stages, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda view: ConfirmationRead.of_view(view, told))


@router.get("/confirmations/{confirmation_id}", **operation("get_confirmation"))
async def get_confirmation(
    confirmation_id: UUID, *, uow: Annotated[UnitOfWork, may("get_confirmation")], told: Told, response: Response
) -> ConfirmationRead:
    """Read what waits for whose word, and by when it is given."""
    view = await confirmation.get_confirmation(confirmation_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ConfirmationRead.of_view(view, told)


@router.get("/applications/{application_id}/confirmations", **operation("list_application_confirmations"))
async def list_application_confirmations(
    application_id: UUID, *, uow: Annotated[UnitOfWork, may("list_application_confirmations")], told: Told
) -> ConfirmationList:
    """List the second persons' words that the items of an application wait for, or waited for."""
    views = await confirmation.list_application_confirmations(application_id, uow=uow)
    return ConfirmationList(items=[ConfirmationRead.of_view(view, told) for view in views])


@router.post(
    "/confirmations/{confirmation_id}/word",
    response_model=ConfirmationRead,
    **operation("give_confirmation", keyed=True, versioned=True, refusals=REFUSALS),
)
async def give_confirmation(
    confirmation_id: UUID,
    asked: SecondWordCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("give_confirmation")],
) -> Response:
    """Say yes as the second person, or take it down from that person; the item goes on, and its time begins.

    A guardian or a household member says it with a token of their own. An officer takes it down at the counter, by
    telephone or on a visit, and says whose word it was.
    """
    use_case = partial(
        confirmation.give_confirmation, confirmation_id, version=version, taken_down=asked.to_taken_down()
    )
    return await command.run(use_case, ConfirmationRead.of_view)


@router.post(
    "/confirmations/{confirmation_id}/decline",
    response_model=ConfirmationRead,
    **operation("decline_confirmation", keyed=True, versioned=True, refusals=REFUSALS),
)
async def decline_confirmation(
    confirmation_id: UUID,
    asked: SecondWordCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("decline_confirmation")],
) -> Response:
    """Say no as the second person, or take it down; the item is taken back by that, and nobody has refused it.

    The other items of the application go on. What is taken back may be applied for again at any time.
    """
    use_case = partial(
        confirmation.decline_confirmation, confirmation_id, version=version, taken_down=asked.to_taken_down()
    )
    return await command.run(use_case, ConfirmationRead.of_view)
