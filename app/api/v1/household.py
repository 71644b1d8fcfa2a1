"""Households: who lives with whom, and the flags of special difficulty that follow."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.household import FlagsRead, HouseholdCreate, HouseholdRead
from app.domain.person import HouseholdImpossible, LivesThere
from app.domain.shared.transitions import OwnCase
from app.services import household
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/persons/{person_id}", tags=["Persons"])


@router.get("/household", **operation("get_household"))
async def get_household(
    person_id: UUID, *, uow: Annotated[UnitOfWork, may("get_household")], response: Response
) -> HouseholdRead:
    """Read who lives with a person (共同生活), as far as the caller may know of them; not the household register."""
    view = await household.get_household(person_id, uow=uow)
    response.headers["ETag"] = etag_of(view.of.version)
    return HouseholdRead.of(view)


@router.post(
    "/household",
    response_model=HouseholdRead,
    **operation("record_household", keyed=True, versioned=True, refusals=(HouseholdImpossible, LivesThere, OwnCase)),
)
async def record_household(
    person_id: UUID,
    asked: HouseholdCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_household")],
) -> Response:
    """Put on record with whom a person lives from a day on; the household before ends on the eve.

    Without `with_person_id` the person lives in a household of their own, which is alone until somebody joins it.
    """
    use_case = partial(household.record_household, person_id, asked.to_move(), version=version)
    return await command.run(use_case, lambda view, _: HouseholdRead.of(view))


@router.get("/flags", **operation("get_flags"))
async def get_flags(person_id: UUID, *, uow: Annotated[UnitOfWork, may("get_flags")], teller: Told) -> FlagsRead:
    """Read the flags of special difficulty (一户多残, 老残一体, …) of a person today, with why and by which rule.

    They are derived from household, certificate and registers at the moment of asking. Nobody can set one.
    """
    return FlagsRead.of(await household.get_flags(person_id, uow=uow), teller)
