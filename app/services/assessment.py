"""Use cases of assessments and needs: the service scores, rules propose, and a human confirms or dismisses."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from app.domain.assessment import (
    AnewReason,
    Answer,
    Answers,
    Assessment,
    CorrectionReason,
    DismissalReason,
    Held,
    Instrument,
    Instruments,
    Method,
    Need,
    NeedRules,
    NeedStage,
    Occasion,
    Purpose,
    newly_found,
    still_serving,
)
from app.domain.shared.events import Event
from app.domain.shared.wording import Wording
from app.services.need_names import need_names
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.relation import require_unrelated


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an assessor brings home: the answers, and the circumstances in which they were given."""

    person_id: UUID
    instrument: str
    method: Method
    purpose: Purpose
    answers: Mapping[str, Answer] = field(repr=False)
    assessed_on: date | None = None
    """Today, unless it is said."""
    application_id: UUID | None = None
    permanent: tuple[str, ...] = ()
    """Items whose answers rest on what does not change."""
    anew: AnewReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """What was answered in truth, and why it stands otherwise."""

    answers: Mapping[str, Answer] = field(repr=False)
    reason: CorrectionReason
    permanent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView(View[Need]):
    """A need as one caller sees it, with its name in the catalogue."""

    wording: Wording


@dataclass(frozen=True, slots=True)
class Assessed:
    """A signed assessment with the instrument that it is read by, and the needs that rules found in it."""

    assessment: Assessment
    instrument: Instrument
    needs: tuple[NeedView, ...]
    corrected_by: UUID | None = None
    """The one that took its place."""

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
            await _answers(report, occasion, instrument=instrument, uow=uow),
            assessment_id=uow.new_id(),
            instrument=instrument,
            by=uow.actor,
            at=uow.now,
            on=uow.today,
        )
        await require_unrelated(assessment, uow=uow)
        uow.assessments.add(assessment)
        uow.record(signed, about=assessment)
        proposed = await propose_needs(assessment, uow)
        uow.accessed(assessment.person_id, disclosed=("assessment", "need"))
        return await uow.commit(Assessed(assessment, instrument, _views(proposed, uow)))


async def correct_assessment(
    assessment_id: UUID, rewritten: Rewritten, *, instruments: Instruments, uow: UnitOfWork
) -> Assessed:
    """Sign a new one in the place of the old, and propose what it may mean; the old one stays as it was."""
    async with uow:
        old = await uow.assessments.get(assessment_id)
        known = await uow.assessments.of_person(old.person_id)
        instrument = instruments.version(old.instrument, old.instrument_version)
        corrected, event = old.correct(
            Answers.to(instrument, rewritten.answers, permanent=rewritten.permanent),
            reason=rewritten.reason,
            corrected_by=_corrected_by(old, known),
            assessment_id=uow.new_id(),
            instrument=instrument,
            by=uow.actor,
            at=uow.now,
            on=uow.today,
        )
        await require_unrelated(corrected, uow=uow)
        uow.assessments.add(corrected)
        uow.record(event, about=corrected)
        proposed = await propose_needs(corrected, uow)
        uow.accessed(corrected.person_id, disclosed=("assessment", "need"))
        return await uow.commit(Assessed(corrected, instrument, _views(proposed, uow)))


async def list_assessments(
    person_id: UUID,
    *,
    serves: Purpose | None,
    after: UUID | None,
    limit: int,
    instruments: Instruments,
    uow: UnitOfWork,
) -> Slice[Assessed]:
    """A person's assessments; with `serves`, those alone that may be relied on today for that purpose."""
    async with uow:
        region = await uow.facts.place_of(person_id)
        known = await uow.assessments.of_person(person_id)
        rules = uow.rulebook.at(region, uow.today)
        serving = known if serves is None else still_serving(known, serves, rules=rules)
        found = [
            Assessed(
                one,
                instruments.version(one.instrument, one.instrument_version),
                needs=(),
                corrected_by=_corrected_by(one, known),
            )
            for one in sorted(serving, key=lambda one: one.id)
            if (after is None or one.id > after) and (serves is None or one.is_valid_on(uow.today))
        ]
        uow.accessed(person_id, disclosed=("assessment",))
        return await uow.commit(slice_of(found[: limit + 1], limit=limit))


async def get_assessment(assessment_id: UUID, *, instruments: Instruments, uow: UnitOfWork) -> Assessed:
    """An assessment, and what became of the needs that were found in it."""
    async with uow:
        assessment = await uow.assessments.get(assessment_id)
        instrument = instruments.version(assessment.instrument, assessment.instrument_version)
        needs = await uow.needs.of_person(assessment.person_id)
        found = [need for need in needs if any(led.assessment_id == assessment_id for led in need.evidence)]
        corrected_by = _corrected_by(assessment, await uow.assessments.of_person(assessment.person_id))
        uow.accessed(assessment.person_id, disclosed=("assessment", "need"))
        return await uow.commit(Assessed(assessment, instrument, _views(found, uow), corrected_by))


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
        await require_unrelated(need, uow=uow)
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
        anew=report.anew,
    )


async def _answers(report: Report, occasion: Occasion, *, instrument: Instrument, uow: UnitOfWork) -> Answers:
    """The answers as they were given, and beside them those that are held and do not change."""
    held = Held.of(
        await uow.assessments.of_person(report.person_id),
        instrument,
        purpose=report.purpose,
        on=occasion.assessed_on,
        rules=uow.rulebook.at(occasion.region, uow.today),
    )
    given, taken_over = held.complete(report.answers, anew=report.anew, purpose=report.purpose)
    answers = Answers.to(instrument, given, permanent={*report.permanent, *taken_over})
    return replace(answers, taken_over=taken_over)


def _corrected_by(assessment: Assessment, known: list[Assessment]) -> UUID | None:
    return next((one.id for one in known if one.corrects == assessment.id), None)


async def propose_needs(assessment: Assessment, uow: UnitOfWork) -> list[Need]:
    """The needs that are new; whom somebody looks after already is not asked again."""
    rules = NeedRules.of(uow.rulebook.at(assessment.region, uow.today))
    known = await uow.needs.of_person(assessment.person_id)
    return propose_beside(known, assessment, rules=rules, uow=uow)


def propose_beside(known: list[Need], assessment: Assessment, *, rules: NeedRules, uow: UnitOfWork) -> list[Need]:
    """The same, beside the needs that are known and by rules that were read."""
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
    names = need_names(uow.rulebook.at(needs[0].region, uow.today)) if needs else {}
    return tuple(
        NeedView(need, need.allowed_actions(uow.actor, on=uow.today), wording=names[need.code.item]) for need in needs
    )
