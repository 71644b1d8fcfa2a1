"""Guardianships: who acts for a person, put on record by an officer who has seen the proof."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.v1.schemas.guardianship import GuardianshipCreate, GuardianshipEndCreate, GuardianshipsRead
from app.domain.person import (
    GuardianshipExists,
    GuardianshipImpossible,
    GuardianshipNotFound,
    GuardianshipUnproved,
)
from app.domain.shared.relations import RelationOnRecord
from app.domain.shared.transitions import OwnCase
from app.services import guardianship
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/persons/{person_id}/guardianships", tags=["Persons"])


@router.get("", **operation("get_guardianships"))
async def get_guardianships(
    person_id: UUID, *, uow: Annotated[UnitOfWork, may("get_guardianships")], response: Response
) -> GuardianshipsRead:
    """Read who acts for a person, and who did."""
    person = await guardianship.get_guardianships(person_id, uow=uow)
    response.headers["ETag"] = etag_of(person.version)
    return GuardianshipsRead.of(person)


@router.post(
    "",
    response_model=GuardianshipsRead,
    **operation(
        "record_guardianship",
        keyed=True,
        versioned=True,
        refusals=(GuardianshipUnproved, GuardianshipImpossible, GuardianshipExists, OwnCase, RelationOnRecord),
    ),
)
async def record_guardianship(
    person_id: UUID,
    asked: GuardianshipCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_guardianship")],
) -> Response:
    """Put on record who acts for a person, by a proof that was seen; that person then does so with their own token.

    A child's guardianship ends by itself on the eve of coming of age.
    """
    use_case = partial(guardianship.record_guardianship, person_id, asked.to_link(), version=version)
    return await command.run(use_case, lambda person, _: GuardianshipsRead.of(person))


@router.post(
    "/{guardian_id}/end",
    response_model=GuardianshipsRead,
    **operation(
        "end_guardianship",
        keyed=True,
        versioned=True,
        refusals=(GuardianshipNotFound, GuardianshipImpossible, OwnCase, RelationOnRecord),
    ),
)
async def end_guardianship(
    person_id: UUID,
    guardian_id: UUID,
    asked: GuardianshipEndCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("end_guardianship")],
) -> Response:
    """Say which day was or is the last on which somebody acts for the person."""
    use_case = partial(guardianship.end_guardianship, person_id, guardian_id, last_day=asked.last_day, version=version)
    return await command.run(use_case, lambda person, _: GuardianshipsRead.of(person))
