"""Entitlement: what the rules of the catalogue find due to a person, why, and what would turn it. People decide."""

from typing import Annotated

from fastapi import APIRouter

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.texts import Told
from app.api.v1.schemas.entitlement import EntitlementsRead, EntitlementsRequest
from app.services import entitlement
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/entitlements", tags=["Entitlement"])


@router.post("", **operation("explain_entitlements", found=True))
async def explain_entitlements(
    asked: EntitlementsRequest, *, uow: Annotated[UnitOfWork, may("explain_entitlements")], told: Told
) -> EntitlementsRead:
    """Say of every service of the catalogue whether its conditions are met by what is held of a person, and why.

    For each: the fewest facts that settle it, the law, and what would turn it: a change, or evidence that is missing.
    Nobody is told to change a disability, its grade, an age or a family. Nothing is decided and nothing is kept but the
    record of access.
    """
    return EntitlementsRead.of(await entitlement.explain_entitlements(asked.to_question(), uow=uow), told)
