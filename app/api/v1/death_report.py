"""Reported deaths: read by the offices that answer for the person, and taken back by a named officer of the county."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.v1.schemas.death_report import DeathReportRead, DeathRetractionCreate
from app.domain.death_report import DeathReportChanged, NoDeathReported
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.services import death_report
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/persons/{person_id}/death-report", tags=["Persons"])


@router.get("", **operation("get_death_report", tagged=False))
async def get_death_report(person_id: UUID, *, uow: Annotated[UnitOfWork, may("get_death_report")]) -> DeathReportRead:
    """Read whether it is told that a person has died (上报死亡，尚未核实), since when and by which records.

    Rechecks, surveys and visits at home tell it. As long as it is told, no visit, no survey and no commissioner is due;
    the person stays on the roster, marked. Only a cancelled certificate confirms it.
    """
    return DeathReportRead.of(await death_report.get_death_report(person_id, uow=uow))


@router.post(
    "/retraction",
    response_model=DeathReportRead,
    **operation(
        "take_back_death_report",
        keyed=True,
        found=True,
        refusals=(DeathReportChanged, NoDeathReported, NotYourFunction, OwnCase, ReasonMissing),
    ),
)
async def take_back_death_report(
    person_id: UUID, *, asked: DeathRetractionCreate, command: Annotated[Command, keyed("take_back_death_report")]
) -> Response:
    """Take a report of a person's death back, by name and with a reason: the person lives (核实健在).

    All of it comes back at once: visits, the gaps of the roster, and the work of open rounds of the survey. The records
    stay as they are. A recheck of a grant that is open is decided by its own office. A later record may tell it anew.
    """
    use_case = partial(death_report.take_back_death_report, person_id, asked.record_ids, asked.text)
    return await command.run(use_case, lambda view, _: DeathReportRead.of(view))
