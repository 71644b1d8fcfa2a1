"""Use case of what days and reported deaths propose for certificates: a list that is made when it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.certificate import Holding, Proposal, ProposalReason, ProposalRules
from app.domain.death_report import DeathReport, asked_among, reported
from app.domain.shared.access import Role
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal and, where somebody is reported dead, what says so and who is asked by name to look into it."""

    of: Proposal
    report: DeathReport | None = None
    asked_of: UUID | None = None
    """None where nobody who may do it stands apart from the person."""
    asked_name: str | None = None
    """What colleagues call that one."""

    @property
    def id(self) -> UUID:
        """By which the list is ordered."""
        return self.of.id


async def list_certificate_proposals(
    *, asked_of: UUID | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[Proposed]:
    """What somebody should look into in the caller's areas today. A page may hold fewer than there is room for."""
    async with uow:
        found = await uow.certificates.out_of_order(uow.actor, on=uow.today, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        due = await _with_reports(_proposals(page.items, uow=uow), uow=uow)
        shown = tuple(one for one in due if asked_of is None or one.asked_of == asked_of)
        shows_deaths = any(one.report for one in shown)
        disclosed = ("certificate", "death_report") if shows_deaths else ("certificate",)
        uow.accessed(*(one.of.person_id for one in shown), disclosed=disclosed)
        return await uow.commit(Slice(shown, page.after))


def _proposals(held: tuple[Holding, ...], *, uow: UnitOfWork) -> list[Proposal]:
    proposed = (ProposalRules.of(uow.rulebook.at(one.region, uow.today)).proposal(one, on=uow.today) for one in held)
    return [proposal for proposal in proposed if proposal is not None]


async def _with_reports(proposals: list[Proposal], *, uow: UnitOfWork) -> list[Proposed]:
    of_deaths = {one.id: one.person_id for one in proposals if one.reason is ProposalReason.DEATH}
    if not of_deaths:
        return [Proposed(of=one) for one in proposals]
    told = await uow.death_reports.told_of(of_deaths.values())
    officers = await uow.death_reports.officers(of_deaths.keys(), role=Role.COUNTY_OFFICER)
    return [
        _asked(one, reported(told.get(one.person_id, [])), officers.get(one.id, {}))
        if one.id in of_deaths
        else Proposed(of=one)
        for one in proposals
    ]


def _asked(proposal: Proposal, report: DeathReport | None, officers: Mapping[UUID, str]) -> Proposed:
    asked = asked_among(officers, about=proposal.person_id)
    return Proposed(of=proposal, report=report, asked_of=asked, asked_name=officers[asked] if asked else None)
