"""Moves of the household registration, put on record by the place that it leaves."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import ExpectedVersion
from app.api.v1.schemas.registration import RegistrationMoveCreate, RegistrationRead
from app.domain.person import MoveImpossible
from app.domain.shared.region import RegionNotFound
from app.domain.shared.relations import RelationOnRecord
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.services import registration

router = APIRouter(prefix="/persons/{person_id}/registration-moves", tags=["Persons"])


@router.post(
    "",
    response_model=RegistrationRead,
    **operation(
        "record_registration_move",
        keyed=True,
        versioned=True,
        refusals=(MoveImpossible, NotYourFunction, OwnCase, RegionNotFound, RelationOnRecord),
    ),
)
async def record_registration_move(
    person_id: UUID,
    asked: RegistrationMoveCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_registration_move")],
) -> Response:
    """Put on record that a person's household registration has moved; the new place then knows of the person."""
    use_case = partial(
        registration.record_registration_move,
        person_id,
        version=version,
        region_code=asked.region_code,
        moved_on=asked.moved_on,
    )
    return await command.run(use_case, lambda person, _: RegistrationRead.of(person))
