"""The roster: who answers for whom and why, the gaps with names or as counts, and groups that leave nobody out."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.texts import Told
from app.api.v1.schemas.roster import (
    AbsenceCreate,
    AssignmentCreate,
    AssignmentRead,
    CommissionerRead,
    GapCountsRead,
    GapRead,
    GroupAdoptionCreate,
    GroupProposalRead,
    GroupsRead,
    RosterEntryRead,
)
from app.api.v1.schemas.types import RegionCode
from app.domain.roster import AbsenceImpossible, CommissionerNotFound, GroupKind, ProposalChanged
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction
from app.services import roster
from app.services.ports.roster import RosterStanding, WantedEntries
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Roster"])
Place = Annotated[RegionCode, Query(description="Code of one of the caller's areas, or of a part of one.")]
_OF_PLACE = (RegionNotFound, NotYourFunction)


@router.get("/roster", **operation("list_roster", found=False))
async def list_roster(
    uow: Annotated[UnitOfWork, may("list_roster")],
    *,
    commissioner_id: Annotated[
        UUID | None, Query(description="Only those for whom this account answers today.")
    ] = None,
    standing: Annotated[
        RosterStanding | None, Query(description="Only those to whom something is due, or only the reported dead.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[RosterEntryRead]:
    """List everybody on the roster of the caller's areas today (花名册): who answers, and when the next visit is due.

    Holders of certificates stand on it, expired ones too, and whoever is on the ledger of the uncertified. The
    registers themselves keep it: nobody is put on it or taken off it by hand. Whoever is reported dead stays on it,
    with nothing due, until a certificate is cancelled or the report proves wrong.
    """
    wanted = WantedEntries(commissioner_id=commissioner_id, standing=standing)
    found = await roster.list_roster(wanted, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, RosterEntryRead.of)


@router.get("/persons/{person_id}/commissioner", **operation("get_commissioner", tagged=False))
async def get_commissioner(
    person_id: UUID, *, uow: Annotated[UnitOfWork, may("get_commissioner")], teller: Told
) -> CommissionerRead:
    """Read which commissioner answers for a person, or which deputy does until when, and why (找得着的贴心人)."""
    return CommissionerRead.of(await roster.get_commissioner(person_id, uow=uow), teller)


@router.get("/roster-gaps", **operation("list_gaps", found=False))
async def list_gaps(
    uow: Annotated[UnitOfWork, may("list_gaps")], *, cursor: Cursor = None, limit: Limit = 50
) -> Page[GapRead]:
    """List who in the caller's areas has no serving commissioner, no group, or a household without a head, by name.

    A household has no head where that one has moved away, or others have moved away from that one and live together:
    POST /v1/persons/{id}/household records who it is, with another of the household and `head`. Whoever is reported
    dead is not among them: see `standing` of GET /v1/roster.
    """
    found = await roster.list_gaps(after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, GapRead.of)


@router.get("/reports/gaps", **operation("report_gaps", refusals=_OF_PLACE))
async def report_gaps(uow: Annotated[UnitOfWork, may("report_gaps")], *, region: Place) -> GapCountsRead:
    """Count, place by place, who has no serving commissioner, no group or no head of the household (一个不能少).

    It names nobody.
    """
    return GapCountsRead.of(await roster.report_gaps(region_code=region, uow=uow))


@router.post(
    "/commissioner-assignments",
    response_model=AssignmentRead,
    **operation("assign_commissioners", keyed=True, refusals=_OF_PLACE),
)
async def assign_commissioners(
    asked: AssignmentCreate, command: Annotated[Command, keyed("assign_commissioners")]
) -> Response:
    """Give everybody of a place one commissioner who serves where they live, evenly by the weight of their visits.

    `fill` gives somebody to whoever has nobody, has moved, or whose commissioner serves no more; all others stay with
    whom they know. `even_out` lets people change hands as well. A dry run says what would be so.
    """
    use_case = partial(roster.assign_commissioners, asked.region_code, asked.mode, dry_run=asked.dry_run)
    return await command.run(use_case, lambda assigned, _: AssignmentRead.of(assigned))


@router.post(
    "/commissioner-absences",
    response_model=AssignmentRead,
    **operation("record_absence", keyed=True, found=True, refusals=(AbsenceImpossible, CommissionerNotFound)),
)
async def record_absence(asked: AbsenceCreate, command: Annotated[Command, keyed("record_absence")]) -> Response:
    """Let deputies answer for the people of a commissioner who is absent until a day; then all is as it was before."""
    use_case = partial(roster.record_absence, asked.commissioner_id, last_day=asked.last_day)
    return await command.run(use_case, lambda assigned, _: AssignmentRead.of(assigned))


@router.get("/group-proposals", **operation("propose_groups", refusals=_OF_PLACE))
async def propose_groups(
    uow: Annotated[UnitOfWork, may("propose_groups")],
    *,
    region: Place,
    kind: Annotated[GroupKind, Query(description="By what people are grouped.")],
) -> GroupProposalRead:
    """Propose groups by area or by category that together cover everybody of a place. A human adopts them, or not."""
    return GroupProposalRead.of(await roster.propose_groups(region_code=region, kind=kind, uow=uow))


@router.post(
    "/groups",
    response_model=GroupsRead,
    **operation("adopt_groups", keyed=True, refusals=(*_OF_PLACE, ProposalChanged)),
)
async def adopt_groups(asked: GroupAdoptionCreate, command: Annotated[Command, keyed("adopt_groups")]) -> Response:
    """Adopt just the groups that were proposed, named by their digest, in the place of those that the place has.

    Whoever comes to live there or to a certificate belongs to the group at once.
    """
    use_case = partial(roster.adopt_groups, region_code=asked.region_code, kind=asked.kind, digest=asked.digest)
    return await command.run(use_case, lambda groups, _: GroupsRead.of(groups))


@router.get("/groups", **operation("list_groups", refusals=_OF_PLACE))
async def list_groups(uow: Annotated[UnitOfWork, may("list_groups")], *, region: Place) -> GroupsRead:
    """List the groups that lie in a place or cover it, and who adopted them."""
    return GroupsRead.of(await roster.list_groups(region_code=region, uow=uow))
