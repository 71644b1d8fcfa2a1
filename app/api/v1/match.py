"""Matching: which services fit a confirmed need, with reasons for and against. People choose."""

from typing import Annotated

from fastapi import APIRouter

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.texts import Told
from app.api.v1.schemas.match import MatchesRead, MatchRequest
from app.services import matching
from app.services.matching import NeedNotOpen
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/matches", tags=["Matching"])


@router.post("", **operation("match_services", found=True, refusals=(NeedNotOpen,)))
async def match_services(
    asked: MatchRequest, *, uow: Annotated[UnitOfWork, may("match_services")], told: Told
) -> MatchesRead:
    """Look for services that meet a need; say of each how well it fits, of others why the person may not have them."""
    return MatchesRead.of(await matching.match_services(asked.to_question(), uow=uow), told)
