"""Use cases of reported deaths: what is told of somebody and by which records, and an officer who takes it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.death_report import DeathReport, WordsTakenBack, reported, take_back
from app.domain.person import Person
from app.domain.shared.access import has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.transitions import NotYourFunction
from app.services.ports.work import UnitOfWork

SHOWN = ("death_report",)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathReportView:
    """What is told of somebody's death today; nothing, where nobody says so, or somebody has found otherwise."""

    person_id: UUID
    on: date
    report: DeathReport | None


async def get_death_report(person_id: UUID, *, uow: UnitOfWork) -> DeathReportView:
    """What still says that somebody has died, by the records that say so.

    Raises:
        NotFound: there is no such person that this caller may know of.
    """
    async with uow:
        person = await uow.persons.get(person_id)
        return await _shown(person, await _told_of(person, uow=uow), uow=uow)


async def take_back_death_report(
    person_id: UUID, record_ids: Collection[UUID], text: str, *, uow: UnitOfWork
) -> DeathReportView:
    """Say of the records that were read that they are wrong: all that is due to the person is due again.

    Raises:
        NotFound: there is no such person that this caller may know of.
        NotYourFunction: the person neither lives nor is registered in a county of the caller's.
        OwnCase, NoDeathReported, DeathReportChanged, ReasonMissing: see the domain.
    """
    async with uow:
        person = await uow.persons.get(person_id)
        roles = OPERATIONS["take_back_death_report"].roles
        if not any(has_function(uow.actor, roles, region=place) for place in person.places):
            raise NotYourFunction("The county where the person lives or is registered takes a report back. Tell it.")
        wrong = WordsTakenBack(
            id=uow.new_id(),
            person_id=person.id,
            region=person.region,
            records=tuple(sorted(set(record_ids))),
            by=uow.actor.id,
            on=uow.today,
            words=text,
        )
        close = await uow.home_visits.close_to_caller()
        event = take_back(await _told_of(person, uow=uow), wrong, close=close, by=uow.actor)
        uow.death_reports.add(wrong)
        uow.record(event, about=person)
        return await _shown(person, None, uow=uow)  # all that was told is taken back, or none of it


async def _told_of(person: Person, *, uow: UnitOfWork) -> DeathReport | None:
    return reported((await uow.death_reports.told_of([person.id])).get(person.id, []))


async def _shown(person: Person, report: DeathReport | None, *, uow: UnitOfWork) -> DeathReportView:
    uow.accessed(person.id, disclosed=SHOWN)
    return await uow.commit(DeathReportView(person_id=person.id, on=uow.today, report=report))
