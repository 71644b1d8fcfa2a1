"""Places of services: the provider says how many there are, and how many are free."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.v1.schemas.capacity import CapacityCreate, CapacityRead
from app.domain.capacity import NotYourService, PlacesImpossible
from app.services import capacity

router = APIRouter(prefix="/services", tags=["Services"])


@router.post(
    "/{service_id}/capacity",
    response_model=CapacityRead,
    **operation("state_capacity", keyed=True, found=True, refusals=(NotYourService, PlacesImpossible)),
)
async def state_capacity(
    service_id: UUID, said: CapacityCreate, *, command: Annotated[Command, keyed("state_capacity")]
) -> Response:
    """Say how many places a service has and how many are free; only its provider does, and the newest word counts."""
    return await command.run(partial(capacity.state_capacity, service_id, said.to_statement()), CapacityRead.told)
