"""Finding applications again: by the platform's own names, and a whole day compared with the platform's list."""

from typing import Annotated

from fastapi import APIRouter

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.texts import Told
from app.api.v1.schemas.reconciliation import (
    ApplicationSearch,
    ApplicationsFound,
    ReconciliationCreate,
    ReconciliationRead,
)
from app.domain.application import ListUnclear
from app.domain.shared.identity import InvalidMatterCode
from app.services import reconciliation
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Applications"])


@router.post("/application-searches", **operation("search_applications", refusals=(InvalidMatterCode,)))
async def search_applications(
    asked: ApplicationSearch, uow: Annotated[UnitOfWork, may("search_applications")], teller: Told
) -> ApplicationsFound:
    """Find applications by a number of the platform's (办件编号) or by a matter (事项编码), newest first."""
    return ApplicationsFound.of(await reconciliation.search_applications(asked.to_sought(), uow=uow), teller)


@router.post("/reconciliations", **operation("reconcile_applications", refusals=(ListUnclear,)))
async def reconcile_applications(
    asked: ReconciliationCreate, uow: Annotated[UnitOfWork, may("reconcile_applications")]
) -> ReconciliationRead:
    """Compare what your system has sent on a day with what is here, so that nothing is lost between the two.

    Nothing is changed: ask as often as you like. What is `unknown` here is sent again under its old number, which
    cannot make it double.
    """
    return ReconciliationRead.of(
        await reconciliation.reconcile_applications(asked.to_listed(), part=asked.part, uow=uow)
    )
