"""Moves of homes, put on record by the place that is left."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import ExpectedVersion
from app.api.v1.schemas.residence import ResidenceMoveCreate, ResidenceMoveList, ResidenceRead
from app.domain.person import HouseholdImpossible, MoveImpossible, NotOfTheHousehold, PersonIsDead
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.services import residence
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/persons/{person_id}/residence-moves", tags=["Persons"])


@router.post(
    "",
    response_model=ResidenceRead,
    **operation(
        "record_residence_move",
        keyed=True,
        versioned=True,
        refusals=(
            *(HouseholdImpossible, MoveImpossible, NotOfTheHousehold, NotYourFunction, OwnCase, PersonIsDead),
            RegionNotFound,
        ),
    ),
)
async def record_residence_move(
    person_id: UUID,
    asked: ResidenceMoveCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_residence_move")],
) -> Response:
    """Put on record that a person has moved house (居住地变更). A commissioner of the new place answers from then on.

    The roster, the person's file (assessments, needs, plans, visits at home), open reports of needs, referrals under
    way, waiting lists, the ledger and open rounds of the survey go along; applications and cases stay with the office
    that has accepted them. The offices of the new place know of the person from then on, those of the old one no more,
    unless the person is registered there. A plan that is carried out is to be looked at again.

    Those of the household who are named in `with_person_ids` move along, each with all that follows a person, or nobody
    does. Whoever is not named stays, and the two sides are on record as living apart from the day of the move on.
    """
    use_case = partial(residence.record_residence_move, person_id, asked.to_moving(), version=version)
    return await command.run(use_case, lambda moved, _: ResidenceRead.of(moved))


@router.get("", **operation("list_residence_moves"))
async def list_residence_moves(
    person_id: UUID, *, uow: Annotated[UnitOfWork, may("list_residence_moves")]
) -> ResidenceMoveList:
    """Read a person's moves of home, the latest first: to the person all, to an office those to and from its places."""
    return ResidenceMoveList.of(await residence.list_residence_moves(person_id, uow=uow))
