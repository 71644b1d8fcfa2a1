"""Use cases of assessments and needs: the service scores, rules propose, and a human confirms or dismisses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.domain.assessment import (
    Answers,
    Assessment,
    DismissalReason,
    Instrument,
    Instruments,
    Method,
    Need,
    NeedRules,
    NeedStage,
    Occasion,
    Purpose,
    newly_found,
)
from app.domain.shared.events import Event
from app.domain.shared.transitions import Allowed
from app.domain.shared.wording import Wording
from app.services import words
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an assessor brings home: the answers, and the circumstances in which they were given."""

    person_id: UUID
    instrument: str
    method: Method
    purpose: Purpose
    answers: Mapping[str, str] = field(repr=False)
    assessed_on: date | None = None
    """Today, unless it is said."""
    application_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need as one caller sees it, with its name in the catalogue."""

    of: Need
    wording: Wording
    actions: tuple[Allowed, ...]

    @property
    def id(self) -> UUID:
        """The need's id."""
        return self.of.id

    @property
    def version(self) -> int:
        """The need's version."""
        return self.of.version


@dataclass(frozen=True, slots=True)
class Assessed:
    """A signed assessment with the instrument that it is read by, and the needs that rules found in it."""

    assessment: Assessment
    instrument: Instrument
    needs: tuple[NeedView, ...]

    @property
    def id(self) -> UUID:
        """The assessment's id."""
        return self.assessment.id

    @property
    def version(self) -> int:
        """An assessment never changes."""
        return self.assessment.version


async def list_instruments(*, instruments: Instruments, uow: UnitOfWork) -> tuple[Instrument, ...]:
    """All instruments in all their versions."""
    async with uow:
        return await uow.commit(tuple(instruments))


async def get_instrument(code: str, *, version: str | None, instruments: Instruments, uow: UnitOfWork) -> Instrument:
    """A version of an instrument: the one in use today, unless it is said."""
    async with uow:
        found = instruments.version(code, version) if version else instruments.in_use(code, on=uow.today)
        return await uow.commit(found)


async def record_assessment(report: Report, *, instruments: Instruments, uow: UnitOfWork) -> Assessed:
    """Score the answers, sign them, and propose in the same transaction the needs that they may mean."""
    async with uow:
        occasion = await _occasion(report, uow)
        instrument = instruments.in_use(report.instrument, on=occasion.assessed_on)
        assessment, signed = Assessment.sign(
            occasion,
            Answers.to(instrument, report.answers),
            assessment_id=uow.new_id(),
            instrument=instrument,
            by=uow.actor,
            at=uow.now,
            on=uow.today,
        )
        uow.assessments.add(assessment)
        uow.record(signed, about=assessment)
        proposed = await _proposed(assessment, uow)
        uow.accessed(assessment.person_id, disclosed=("assessment", "need"))
        return await uow.commit(Assessed(assessment, instrument, _views(proposed, uow)))


async def get_assessment(assessment_id: UUID, *, instruments: Instruments, uow: UnitOfWork) -> Assessed:
    """An assessment, and what became of the needs that were found in it."""
    async with uow:
        assessment = await uow.assessments.get(assessment_id)
        instrument = instruments.version(assessment.instrument, assessment.instrument_version)
        needs = await uow.needs.of_person(assessment.person_id)
        found = [need for need in needs if any(led.assessment_id == assessment_id for led in need.evidence)]
        uow.accessed(assessment.person_id, disclosed=("assessment", "need"))
        return await uow.commit(Assessed(assessment, instrument, _views(found, uow)))


async def list_needs(
    person_id: UUID, *, stages: tuple[NeedStage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[NeedView]:
    """A person's needs, each with the answers that led to it."""
    async with uow:
        await uow.facts.place_of(person_id)
        found = await uow.needs.page(person_id, stages, whose=uow.actor, after=after, limit=limit + 1)
        uow.accessed(person_id, disclosed=("need",))
        return await uow.commit(slice_of(list(_views(found, uow)), limit=limit))


async def confirm_need(need_id: UUID, *, version: int, said: str | None, uow: UnitOfWork) -> NeedView:
    """Find that the need is there, with the person's own words beside it."""
    async with uow:
        need = await uow.needs.get(need_id, version=version)
        confirmed, event = need.confirm(by=uow.actor, on=uow.today, words=said)
        return await _done(confirmed, event, uow=uow)


async def dismiss_need(
    need_id: UUID, *, version: int, reason: DismissalReason, said: str | None, uow: UnitOfWork
) -> NeedView:
    """Find that there is no such need, and why."""
    async with uow:
        need = await uow.needs.get(need_id, version=version)
        dismissed, event = need.dismiss(by=uow.actor, on=uow.today, reason=reason, words=said)
        return await _done(dismissed, event, uow=uow)


async def _occasion(report: Report, uow: UnitOfWork) -> Occasion:
    region = await uow.facts.place_of(report.person_id, application_id=report.application_id)
    return Occasion(
        person_id=report.person_id,
        region=region,
        assessed_on=report.assessed_on or uow.today,
        method=report.method,
        purpose=report.purpose,
        application_id=report.application_id,
    )


async def _proposed(assessment: Assessment, uow: UnitOfWork) -> list[Need]:
    """The needs that are new; whom somebody looks after already is not asked again."""
    rules = NeedRules.of(uow.rulebook.at(assessment.region, uow.today))
    known = await uow.needs.of_person(assessment.person_id)
    proposed = []
    for proposal in newly_found(rules.propose(assessment), known):
        need, event = Need.propose(proposal, need_id=uow.new_id(), assessment=assessment, on=uow.today)
        uow.needs.add(need)
        uow.record(event, about=need)
        proposed.append(need)
    return proposed


async def _done(need: Need, event: Event, *, uow: UnitOfWork) -> NeedView:
    saved = await uow.needs.save(need)
    uow.record(event, about=saved)
    uow.accessed(saved.person_id, disclosed=("need",))
    return await uow.commit(_views([saved], uow)[0])


def _views(needs: list[Need], uow: UnitOfWork) -> tuple[NeedView, ...]:
    names = words.names_in(words.NEEDS, uow.rulebook.at(needs[0].region, uow.today)) if needs else {}
    return tuple(NeedView(need, names[need.code.item], need.allowed_actions(uow.actor, on=uow.today)) for need in needs)
