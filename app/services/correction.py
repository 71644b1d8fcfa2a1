"""Use cases of corrections: an office says once what is missing, the person answers, and the case goes on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from app.domain.application import Application, CaseKind, FormField, Package, require_answers_so_far
from app.domain.benefit import BenefitCase
from app.domain.certificate import CertificateCase
from app.domain.correction import Correction, Lacking, Want, WantKind
from app.domain.evidence import EvidenceLack
from app.domain.shared.events import Event
from app.services import evidence
from app.services.application import follow_benefit_case, follow_certificate_case
from app.services.ports.work import UnitOfWork
from app.services.read_models import View
from app.services.yielding import yielding

SHOWN = ("correction",)
ANSWER_WITHIN = "procedure.correction_answer"
NOT_THERE = frozenset({EvidenceLack.NOT_SHOWN, EvidenceLack.ENDED})
Case: TypeAlias = CertificateCase | BenefitCase


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequest:
    """What an office misses in an item of an application."""

    application_id: UUID
    item: str
    wants: tuple[Want, ...]


async def ask_correction(asked: CorrectionRequest, *, uow: UnitOfWork) -> View[Correction]:
    """Tell the person everything that is missing; the item waits for the answer.

    Raises:
        StepTakenBefore: it was asked for once already.
        EvidenceAlreadyHeld: what is asked for is held, and is named.
        EvidenceRefused: the person has refused it, and is not asked again.
        NotWantedHere, CorrectionNotComplete: see the domain.
    """
    async with uow:
        application = await uow.applications.get(asked.application_id)
        case = await _case_of(application, asked.item, uow=uow)
        waiting = case.ask_correction(by=uow.actor, on=uow.today)
        await _require_evidence(asked.wants, application, asked.item, uow=uow)
        lacks = await evidence.missing_evidence(application, asked.item, uow=uow)
        correction, event = Correction.ask(
            Lacking(
                case_id=case.id,
                application_id=application.id,
                item=asked.item,
                person_id=application.person_id,
                region=application.region,
                fields=frozenset(_fields(application, asked.item, uow=uow)),
                missing=frozenset(one.request.kind for one in lacks if one.is_for_the_person and one.lack in NOT_THERE),
            ),
            asked.wants,
            correction_id=uow.new_id(),
            by=uow.actor,
            on=uow.today,
            answer_within=uow.rulebook.at(application.region, uow.today).working_days(ANSWER_WITHIN),
            calendar=uow.calendar(application.region),
        )
        uow.corrections.add(correction)
        uow.record(event, about=correction)
        await _save(waiting, uow=uow)
        return await _shown(correction, uow=uow)


async def answer_correction(
    correction_id: UUID, answers: Mapping[str, Any], *, version: int, uow: UnitOfWork
) -> View[Correction]:
    """Take answers, and see what of the evidence has been shown by now; once all is there, the case goes on.

    Raises:
        AnswersNotRight: an answer is to no field that is missing, or not of its kind.
        NothingAnswered: nothing of what is missing is there.
    """
    async with uow:
        correction = await uow.corrections.get(correction_id, version=version)
        application = await uow.applications.get(correction.application_id)
        fields = _fields(application, correction.item, uow=uow)
        wanted = [want.code for want in correction.unanswered if want.kind is WantKind.ANSWER]
        require_answers_so_far([fields[code] for code in wanted if code in fields], answers)
        holding = await evidence.held_of(application.person_id, region=application.region, uow=uow)
        shown = [want.code for want in correction.unanswered if holding.of_kind(want.code) is not None]
        answered, event = correction.answer(answers, shown=shown, by=uow.actor, on=uow.today)
        saved = await uow.corrections.save(answered)
        uow.record(event, about=saved)
        if saved.is_complete:
            case = await _case_of(application, saved.item, uow=uow)
            await _save(case.complete_correction(on=uow.today), uow=uow)
        return await _shown(saved, uow=uow)


async def get_correction(correction_id: UUID, *, uow: UnitOfWork) -> View[Correction]:
    """What is missing and what has been answered; that it was shown is written down."""
    async with uow:
        return await _shown(await uow.corrections.get(correction_id), uow=uow)


async def list_application_corrections(application_id: UUID, *, uow: UnitOfWork) -> tuple[View[Correction], ...]:
    """All corrections of an application, the oldest first."""
    async with uow:
        application = await uow.applications.get(application_id)
        found = await uow.corrections.of_application(application.id)
        uow.accessed(application.person_id, disclosed=SHOWN)
        return await uow.commit(tuple(_view(correction, uow) for correction in found))


async def lapse_correction(application: Application, item: str, *, uow: UnitOfWork) -> None:
    """Let a case rest whose correction was not answered in time, inside somebody else's unit of work."""
    case = await _case_of(application, item, uow=uow)
    correction = await uow.corrections.open_of(case.id)
    if correction is None:
        return
    lapsed, event = correction.lapse(on=uow.today)
    uow.record(event, about=await uow.corrections.save(lapsed))
    await _save(case.rest(on=uow.today), uow=uow)


async def _require_evidence(wants: tuple[Want, ...], application: Application, item: str, *, uow: UnitOfWork) -> None:
    """Ask for each paper that is missing and was not asked for yet; what is held, or was refused, is not asked for."""
    requests = await uow.evidence_requests.of_application(application.id)
    holding = await evidence.held_of(application.person_id, region=application.region, uow=uow)
    asked_for = {request.kind for request in requests if item in request.items}
    for want in wants:
        if want.kind is not WantKind.EVIDENCE:
            continue
        evidence.require_not_refused(requests, want.code)
        if want.code in asked_for:
            holding.require_not_held(evidence.known_kind(want.code, uow.rulebook.at(application.region, uow.today)))
        else:
            evidence.add_request(
                evidence.OfficeRequest(application_id=application.id, kind=want.code, items=(item,), text=want.text),
                application,
                holding=holding,
                uow=uow,
            )


async def _case_of(application: Application, code: str, *, uow: UnitOfWork) -> Case:
    item = application.item(code)
    if item.case_kind is CaseKind.CERTIFICATE:
        return await uow.certificate_cases.get(item.case_id)
    return await uow.benefit_cases.get(item.case_id)


async def _save(changed: tuple[Case, Event], *, uow: UnitOfWork) -> None:
    """Keep the case, and let clocks and application follow it; where somebody was quicker, the command runs again."""
    case, event = changed
    with yielding():
        if isinstance(case, CertificateCase):
            saved = await uow.certificate_cases.save(case)
            uow.record(event, about=saved)
            await follow_certificate_case(saved, uow=uow)
        else:
            kept = await uow.benefit_cases.save(case)
            uow.record(event, about=kept)
            await follow_benefit_case(kept, uow=uow)


def _fields(application: Application, item: str, *, uow: UnitOfWork) -> Mapping[str, FormField]:
    """The fields that the person answers for an item, by the package as it was applied for."""
    submitted_on = uow.calendar(application.region).date_of(application.submitted_at)
    package = Package.of(application.package_code, uow.rulebook.at(application.region, submitted_on))
    return {field.code: field for field in package.chosen([item]).form if field.is_asked}


async def _shown(correction: Correction, *, uow: UnitOfWork) -> View[Correction]:
    uow.accessed(correction.person_id, disclosed=SHOWN)
    return await uow.commit(_view(correction, uow))


def _view(correction: Correction, uow: UnitOfWork) -> View[Correction]:
    return View(correction, correction.allowed_actions(uow.actor, on=uow.today))
