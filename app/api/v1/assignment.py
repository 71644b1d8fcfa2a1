"""Assignment: a proposal for all who wait for a need in a place. People accept it line by line, by making referrals."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from app.api.dependencies import may, ports_of
from app.api.openapi import operation
from app.api.texts import Told
from app.api.v1.schemas.assignment import MAX_LINES, AssignmentProposalRead
from app.api.v1.schemas.types import Code, RegionCode
from app.domain.assessment import UnknownNeed
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction
from app.services import assignment
from app.services.ports.assignment import Assigner
from app.services.ports.work import UnitOfWork


async def _assigner(request: Request) -> Assigner:
    return ports_of(request).assigner


router = APIRouter(prefix="/assignment-proposals", tags=["Waiting lists"])


@router.get("", **operation("propose_assignment", refusals=(RegionNotFound, NotYourFunction, UnknownNeed)))
async def propose_assignment(
    uow: Annotated[UnitOfWork, may("propose_assignment")],
    assigner: Annotated[Assigner, Depends(_assigner)],
    told: Told,
    *,
    need: Annotated[Code, Query(description="By its code in the catalogue of needs.", examples=["home_care"])],
    region: Annotated[RegionCode, Query(description="Code of one of the caller's areas, or of a part of one.")],
    limit: Annotated[int, Query(ge=1, le=MAX_LINES, description="How many of the list, from its head.")] = 100,
) -> AssignmentProposalRead:
    """Propose a service for each of the first who wait for a need: nobody is passed over, and all together fit best."""
    found = await assignment.propose_assignment(need, region, limit=limit, assigner=assigner, uow=uow)
    return AssignmentProposalRead.of(found, told)
