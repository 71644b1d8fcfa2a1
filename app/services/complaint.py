"""Use cases of complaints: filed by or for the person, handled by the county, answered for by the provider unseen."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.domain.complaint import (
    Answer,
    Complaint,
    ComplaintKind,
    ComplaintQuestion,
    ComplaintStage,
    ComplaintTerms,
    QuestionStage,
    Wrong,
)
from app.domain.organisation import OrganisationKind
from app.domain.shared.access import Role
from app.domain.shared.events import Event
from app.domain.shared.region import Level, area_at
from app.domain.shared.voice import Voice, word_of
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of

SHOWN = ("complaint",)


@dataclass(frozen=True, slots=True)
class ComplaintView(View[Complaint]):
    """A complaint as one caller sees it, with what the provider has said."""

    question: ComplaintQuestion | None = None
    today: date = field(kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody complains about a referral's service."""

    kind: ComplaintKind
    words: str = field(repr=False)
    is_anonymous: bool
    said_by: Voice | None = None
    """Whose word it was, where an officer takes it down."""


async def file_complaint(referral_id: UUID, said: Said, *, uow: UnitOfWork) -> ComplaintView:
    """Complain about a service that the person has or had; the county's federation handles it.

    Raises:
        NotThePerson, WordMissing: see `word_of`.
        NoOneResponsible: the county has no federation on record.
    """
    async with uow:
        referral = await uow.referrals.get(referral_id)
        guardians = await uow.facts.guardians_of(referral.person_id, on=uow.today)
        word = word_of(
            uow.actor, person_id=referral.person_id, region=referral.region, guardians=guardians, said_by=said.said_by
        )
        county = area_at(referral.region, Level.COUNTY)
        await uow.organisations.responsible({(OrganisationKind.FEDERATION, county)})
        complaint, event = Complaint.file(
            Wrong(
                person_id=referral.person_id,
                region=county,
                referral_id=referral.id,
                service_id=referral.service_id,
                provider_id=referral.provider_id,
                kind=said.kind,
                words=said.words,
                is_anonymous=said.is_anonymous,
            ),
            word,
            complaint_id=uow.new_id(),
            by=uow.actor,
            at=uow.now,
            on=uow.today,
            terms=_terms(county, uow),
            calendar=uow.calendar(county),
        )
        uow.complaints.add(complaint)
        uow.record(event, about=complaint)
        return await _shown(complaint, guardians=guardians, uow=uow)


async def list_complaints(
    stages: tuple[ComplaintStage, ...], *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[ComplaintView]:
    """The complaints of the caller's county, or the caller's own."""
    async with uow:
        found = await uow.complaints.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(complaint.person_id for complaint in page.items), disclosed=SHOWN)
        shown = tuple(ComplaintView(complaint, today=uow.today) for complaint in page.items)
        return await uow.commit(Slice(shown, page.after))


async def get_complaint(complaint_id: UUID, *, uow: UnitOfWork) -> ComplaintView:
    """A complaint, for the county, for the person and for whoever filed it."""
    async with uow:
        return await _looked_at(await uow.complaints.get(complaint_id), uow=uow)


async def receive_complaint(complaint_id: UUID, *, version: int, uow: UnitOfWork) -> ComplaintView:
    """Take it in."""
    async with uow:
        complaint = await uow.complaints.get(complaint_id, version=version)
        return await _done(*complaint.receive(by=uow.actor, on=uow.today), uow=uow)


async def ask_complaint_question(complaint_id: UUID, text: str, *, version: int, uow: UnitOfWork) -> ComplaintView:
    """Ask the provider how it was: the question is all that it reads, and it is a party to that alone."""
    async with uow:
        complaint = await uow.complaints.get(complaint_id, version=version)
        days = _terms(complaint.region, uow).provider_answer_working_days.value
        asked, question, event = complaint.ask(
            text,
            question_id=uow.new_id(),
            by=uow.actor,
            at=uow.now,
            on=uow.today,
            answer_by=uow.calendar(complaint.region).last_day_of(days, after=uow.today),
        )
        saved = await uow.complaints.save(asked)
        uow.complaint_questions.add(question)
        uow.admit(question.provider_id, to=question.id, role=Role.PROVIDER)
        uow.record(event, about=question)
        return await _shown(saved, question, uow=uow)


async def close_complaint(complaint_id: UUID, answer: Answer, *, version: int, uow: UnitOfWork) -> ComplaintView:
    """Say what was found; the person reads it.

    Raises:
        ProviderNotHeard: something is held against a provider that was not heard.
    """
    async with uow:
        complaint = await uow.complaints.get(complaint_id, version=version)
        question = await _question_of(complaint, uow)
        return await _done(*complaint.close(answer, question, by=uow.actor, on=uow.today), question, uow=uow)


async def withdraw_complaint(complaint_id: UUID, *, version: int, uow: UnitOfWork) -> ComplaintView:
    """Take it back, as the person or a guardian."""
    async with uow:
        complaint = await uow.complaints.get(complaint_id, version=version)
        guardians = await uow.facts.guardians_of(complaint.person_id, on=uow.today)
        withdrawn, event = complaint.withdraw(by=uow.actor, on=uow.today, guardians=guardians)
        return await _done(withdrawn, event, guardians=guardians, uow=uow)


async def list_complaint_questions(
    stages: tuple[QuestionStage, ...], *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[View[ComplaintQuestion]]:
    """What the caller's organisation was asked, or what the caller's county has asked."""
    async with uow:
        found = await uow.complaint_questions.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        return await uow.commit(Slice(tuple(_asked(question, uow) for question in page.items), page.after))


async def get_complaint_question(question_id: UUID, *, uow: UnitOfWork) -> View[ComplaintQuestion]:
    """A question, for whoever is asked and for whoever asks."""
    async with uow:
        return await uow.commit(_asked(await uow.complaint_questions.get(question_id), uow))


async def answer_complaint_question(
    question_id: UUID, answer: str, *, version: int, uow: UnitOfWork
) -> View[ComplaintQuestion]:
    """Say how it was, as the provider."""
    async with uow:
        question = await uow.complaint_questions.get(question_id, version=version)
        answered, event = question.say(answer, by=uow.actor, on=uow.today)
        saved = await uow.complaint_questions.save(answered)
        uow.record(event, about=saved)
        return await uow.commit(_asked(saved, uow))


def _terms(county: str, uow: UnitOfWork) -> ComplaintTerms:
    return ComplaintTerms.of(uow.rulebook.at(county, uow.today))


def _asked(question: ComplaintQuestion, uow: UnitOfWork) -> View[ComplaintQuestion]:
    return View(question, question.allowed_actions(uow.actor, on=uow.today))


async def _question_of(complaint: Complaint, uow: UnitOfWork) -> ComplaintQuestion | None:
    """What was asked, where the caller handles it: the person reads the answer, and not what the provider said."""
    if complaint.question_id is None or not uow.actor.has(Role.COUNTY_OFFICER, Role.AUDITOR):
        return None
    return await uow.complaint_questions.get(complaint.question_id)


async def _done(
    complaint: Complaint,
    event: Event,
    question: ComplaintQuestion | None = None,
    *,
    uow: UnitOfWork,
    guardians: Collection[UUID] = (),
) -> ComplaintView:
    saved = await uow.complaints.save(complaint)
    uow.record(event, about=saved)
    return await _shown(saved, question, guardians=guardians, uow=uow)


async def _looked_at(complaint: Complaint, *, uow: UnitOfWork) -> ComplaintView:
    guardians = await uow.facts.guardians_of(complaint.person_id, on=uow.today)
    return await _shown(complaint, await _question_of(complaint, uow), guardians=guardians, uow=uow)


async def _shown(
    complaint: Complaint,
    question: ComplaintQuestion | None = None,
    *,
    uow: UnitOfWork,
    guardians: Collection[UUID] = (),
) -> ComplaintView:
    uow.accessed(complaint.person_id, disclosed=SHOWN)
    actions = complaint.allowed_actions(uow.actor, on=uow.today, guardians=guardians)
    return await uow.commit(ComplaintView(complaint, actions, question, today=uow.today))
