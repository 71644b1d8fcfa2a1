"""Use cases of the people of a round: who is still to be surveyed, and what came of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from app.domain.person import Person
from app.domain.shared.transitions import Allowed
from app.domain.survey import (
    SOUGHT,
    Answering,
    Assigned,
    SurveyAction,
    SurveyEntry,
    assigned_to,
)
from app.services.ports.roster import RosterEntry
from app.services.ports.survey import WantedEntries
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.survey.answers import answers_of
from app.services.survey_finding import put_down_findings

DISCLOSED = ("survey_entry", "name")


class SurveyOutcome(StrEnum):
    """What may be recorded of somebody in a round."""

    SURVEYED = "surveyed"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    DEAD = "dead"
    REFUSED = "refused"


ACTIONS: Mapping[SurveyOutcome, SurveyAction] = MappingProxyType(
    {
        SurveyOutcome.UNREACHABLE: SurveyAction.NOT_REACH,
        SurveyOutcome.MOVED: SurveyAction.FIND_MOVED,
        SurveyOutcome.DEAD: SurveyAction.FIND_DEAD,
        SurveyOutcome.REFUSED: SurveyAction.ACCEPT_REFUSAL,
    }
)


@dataclass(frozen=True, slots=True)
class SurveyEntryView(View[SurveyEntry]):
    """One person of a round, by name."""

    person: Person | None = None
    on: date = date.min
    assigned: Assigned | None = None
    """Who surveys the person and why; None where that is done."""
    surveyor: str | None = None
    """What colleagues call that one."""


async def list_survey_entries(
    wanted: WantedEntries, *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[SurveyEntryView]:
    """The people of a round in the caller's areas."""
    async with uow:
        await uow.survey_rounds.get(wanted.round_id)
        found = await uow.survey_entries.page(wanted, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        return await uow.commit(Slice(await _views(page.items, uow=uow), page.after))


async def list_survey_work(*, after: UUID | None, limit: int, uow: UnitOfWork) -> Slice[SurveyEntryView]:
    """Whom the caller is still to survey: in open rounds, of those for whom the caller answers or stands in today."""
    async with uow:
        found = await uow.survey_entries.work_of(uow.actor.id, on=uow.today, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        return await uow.commit(Slice(await _views(page.items, uow=uow), page.after))


async def get_survey_entry(entry_id: UUID, *, uow: UnitOfWork) -> SurveyEntryView:
    """One person of a round, and what may be reported."""
    async with uow:
        return await _shown(await uow.survey_entries.get(entry_id), uow=uow)


async def record_survey_entry(
    entry_id: UUID, *, version: int, outcome: SurveyOutcome, assessment_id: UUID | None, uow: UnitOfWork
) -> SurveyEntryView:
    """Record what came of somebody: an assessment, which may be one that still counts, or why there is none.

    Raises:
        NotOfThisSurvey: the assessment is not one of this person and these questions that still counts.
        RoundNotRunning: the round has not begun, or was closed.
    """
    async with uow:
        entry = await uow.survey_entries.get(entry_id, version=version)
        of = await uow.survey_rounds.get(entry.round_id)
        if outcome in ACTIONS:
            recorded, event = entry.report(ACTIONS[outcome], of=of, by=uow.actor, on=uow.today)
        else:
            answered, before = await answers_of(entry, of, assessment_id=assessment_id, uow=uow)
            recorded, event = entry.survey(answered, before=before, of=of, by=uow.actor, on=uow.today)
            await put_down_findings(recorded, await uow.assessments.get(answered.assessment_id), uow=uow)
        saved = await uow.survey_entries.save(recorded)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def _shown(entry: SurveyEntry, *, uow: UnitOfWork) -> SurveyEntryView:
    (view,) = await _views((entry,), uow=uow)
    return await uow.commit(view)


async def _views(entries: tuple[SurveyEntry, ...], *, uow: UnitOfWork) -> tuple[SurveyEntryView, ...]:
    """The entries by name and with who surveys each, in one statement for all; that they were shown is written down."""
    people = [entry.person_id for entry in entries]
    persons = await uow.persons.get_many(people)
    listed = await uow.roster.find_many([entry.person_id for entry in entries if entry.stage in SOUGHT])
    uow.accessed(*people, disclosed=DISCLOSED)
    return tuple(_view(entry, persons, listed.get(entry.person_id), uow=uow) for entry in entries)


def _view(
    entry: SurveyEntry, persons: Mapping[UUID, Person], listed: RosterEntry | None, *, uow: UnitOfWork
) -> SurveyEntryView:
    actions: tuple[Allowed, ...] = entry.allowed_actions(uow.actor, on=uow.today)
    person = persons.get(entry.person_id)
    if entry.stage not in SOUGHT:
        return SurveyEntryView(entry, actions, person, uow.today)
    assigned = assigned_to(_answering(listed), on=uow.today)
    names = {listed.commissioner_id: listed.commissioner_name, listed.deputy_id: listed.deputy_name} if listed else {}
    surveyor = names.get(assigned.commissioner_id) if assigned.commissioner_id else None
    return SurveyEntryView(entry, actions, person, uow.today, assigned, surveyor)


def _answering(listed: RosterEntry | None) -> Answering | None:
    if listed is None:
        return None
    return Answering(
        commissioner_id=listed.commissioner_id,
        absent_until=listed.absent_until,
        deputy_id=listed.deputy_id,
        reported_dead_on=listed.reported_dead_on,
    )
