"""Use cases of the evaluation in a certificate case: who is asked, who declines, and what the doctors conclude."""

from dataclasses import dataclass, replace
from uuid import UUID

from app.domain.certificate import (
    CertificateCase,
    Choice,
    DeclineReason,
    DeclineRules,
    DesignatedInstitution,
    EvaluationConclusion,
    Grading,
    HandReason,
    InstitutionConcerned,
)
from app.domain.draw import Candidate, Draw, DrawPurpose, EarlierDraw, kept, nearest
from app.domain.organisation import OrganisationKind
from app.domain.person import age_on
from app.domain.shared.access import Role
from app.domain.shared.errors import NotFound, Unprocessable
from app.domain.visit import Place, Purpose
from app.services.certificate.register import certificate_rules
from app.services.certificate.steps import done, noted, taken_up
from app.services.draw import (
    draw_for,
    draw_rules,
    earlier_draws,
    eligible_for,
    is_in_conflict,
    stand_ins_for,
    takeover_rules,
)
from app.services.party import institution_comes_back, institution_has_concluded, institution_is_not_needed
from app.services.ports.work import UnitOfWork
from app.services.read_models import View
from app.services.visit import Seen, note_visit


class DoctorUnknown(Unprocessable):
    """Somebody who is said to have signed the conclusion does not serve at the institution."""

    code = "doctor_unknown"
    title = "A doctor is not known at the institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """An institution that an office chooses by hand, and why."""

    institution_id: UUID
    reason: HandReason
    text: str


async def assign_evaluation(
    case_id: UUID, *, version: int, by_hand: ByHand | None = None, uow: UnitOfWork
) -> View[CertificateCase]:
    """Ask an institution to evaluate, which is drawn unless one is chosen by hand; it becomes a party to the case.

    Raises:
        NobodyEligible, SeedNotCommitted: there is nobody to draw from, or nothing to draw with.
        HandReasonNotSo, InstitutionConcerned: this one is not chosen by hand for this reason.
    """
    async with uow:
        case = await taken_up(case_id, version=version, uow=uow)
        institution_id, choice = await _chosen(case, by_hand, uow=uow)
        if case.institution is not None and case.institution.id != institution_id:
            institution_is_not_needed(case, uow=uow)
        institution = await uow.organisations.get(institution_id)
        if institution.kind is not OrganisationKind.EVALUATION_INSTITUTION:
            raise NotFound("This organisation evaluates nobody. Choose one of the kind evaluation_institution.")
        designated = DesignatedInstitution(id=institution.id, categories=institution.categories)
        assigned, event = case.assign_evaluation(by=uow.actor, on=uow.today, institution=designated, choice=choice)
        uow.admit(institution.id, to=case.id, role=Role.EVALUATOR, person_id=case.person_id)
        if case.application_id is not None:  # what the institution concludes moves the application on
            uow.admit(institution.id, to=case.application_id, role=Role.EVALUATOR)
        institution_comes_back(case, institution.id, uow=uow)
        return await done(assigned, event, uow=uow)


async def _chosen(case: CertificateCase, by_hand: ByHand | None, *, uow: UnitOfWork) -> tuple[UUID, Choice]:
    """The institution, and how it was chosen: a case that is not at this step has nothing drawn for it."""
    case.require_assignable(by=uow.actor, on=uow.today)
    if by_hand is None and (inside := await stand_ins_for(case, uow=uow)):
        assert case.choice  # somebody of it has declined
        draw = await draw_for(case, inside, purpose=DrawPurpose.STAND_IN, uow=uow)
        return _drawn(draw, stay=case.choice.doctors)
    before = await earlier_draws(case, uow=uow)
    candidates = await eligible_for(case, earlier=before, uow=uow)
    earlier = nearest(before, candidates)
    if by_hand is not None:
        return await _by_hand(case, by_hand, candidates=candidates, earlier=earlier, uow=uow)
    if earlier is None:
        return _drawn(await draw_for(case, candidates, uow=uow))
    if (same := kept(before, candidates, draw_rules(case, uow=uow))) is not None:
        return await _taken_over(case, same, uow=uow)
    institution_id, choice = _drawn(await draw_for(case, earlier.narrowed(candidates), uow=uow))
    return institution_id, _instead_of(earlier, choice, case, uow=uow)


async def _by_hand(
    case: CertificateCase,
    asked: ByHand,
    *,
    candidates: tuple[Candidate, ...],
    earlier: EarlierDraw | None,
    uow: UnitOfWork,
) -> tuple[UUID, Choice]:
    if await is_in_conflict(case, asked.institution_id, uow=uow):
        raise InstitutionConcerned("The person or a guardian serves there. Choose another institution.")
    listed = {one.institution_id for one in candidates}
    choice = Choice.by_hand(asked.institution_id, asked.reason, asked.text, eligible=listed)
    return asked.institution_id, _instead_of(earlier, choice, case, uow=uow) if earlier else choice


async def _taken_over(case: CertificateCase, earlier: EarlierDraw, *, uow: UnitOfWork) -> tuple[UUID, Choice]:
    """Who was drawn for the person's earlier case, by the draw of then."""
    await uow.draws.take_over(case.id, earlier.case_id)
    return earlier.institution_id, Choice(
        draw_id=earlier.draw_id,
        doctors=earlier.doctors,
        taken_over_from=earlier.case_id,
        rule_versions=takeover_rules(case, uow=uow).references,
    )


def _instead_of(earlier: EarlierDraw, choice: Choice, case: CertificateCase, *, uow: UnitOfWork) -> Choice:
    """A choice that says which earlier draw it has not kept."""
    return replace(choice, instead_of=earlier.draw_id, rule_versions=takeover_rules(case, uow=uow).references)


def _drawn(draw: Draw, *, stay: tuple[UUID, ...] = ()) -> tuple[UUID, Choice]:
    """The institution of a draw, and its doctors beside those who were drawn before and stay."""
    assert draw.outcome  # it was revealed
    return draw.outcome.institution_id, Choice(draw_id=draw.id, doctors=(*stay, *draw.outcome.doctors))


async def decline_evaluation(
    case_id: UUID, *, version: int, reason: DeclineReason, doctors: tuple[UUID, ...] = (), uow: UnitOfWork
) -> View[CertificateCase]:
    """Say that the institution, or doctors of it who were drawn, do not evaluate; an office has others drawn then.

    Raises:
        SecondWordMissing, NotYourWord, DoctorNotDrawn, NotTheDesignatedInstitution: see the domain.
    """
    async with uow:
        case = await uow.certificate_cases.get(case_id, version=version)
        place = case.evaluation_place
        declined, event = case.decline_evaluation(
            by=uow.actor,
            on=uow.today,
            reason=reason,
            doctors=doctors,
            rules=DeclineRules.of(uow.rulebook.at(place, uow.today)),
            calendar=uow.calendar(place),
        )
        if declined.said is not None:
            return await noted(declined, event, uow=uow)
        if declined.institution is None:
            institution_is_not_needed(case, uow=uow)
        return await done(declined, event, uow=uow)


async def conclude_evaluation(
    case_id: UUID, *, version: int, conclusion: EvaluationConclusion, uow: UnitOfWork
) -> View[CertificateCase]:
    """Sign what the doctors have concluded; it counts once each of them has. The software adds nothing to it.

    Raises:
        SignatureNotYours, SecondWordMissing, DoctorNotDrawn: see the domain.
        DoctorUnknown: one of those who are said to have signed does not serve at the institution.
    """
    async with uow:
        case = await uow.certificate_cases.get(case_id, version=version)
        case = await uow.certificate_cases.knowing(case, conclusion.doctors)
        person = await uow.persons.get(case.person_id)
        warnings = Grading.of(uow.rulebook.at(case.region, uow.today)).warnings(
            conclusion.found,
            conclusion.measurements,
            age=age_on(person.birth_date, conclusion.concluded_on) if person.birth_date else None,
        )
        evaluated, event = case.evaluate(
            by=uow.actor, on=uow.today, conclusion=conclusion, rules=certificate_rules(case, uow=uow), warnings=warnings
        )
        await _require_doctors(evaluated, frozenset(conclusion.doctors), uow=uow)
        if evaluated.signed is not None:
            return await noted(evaluated, event, uow=uow)
        await _note_visit(case, conclusion, uow=uow)
        institution_has_concluded(case, uow=uow)
        return await done(evaluated, event, uow=uow)


async def _note_visit(case: CertificateCase, conclusion: EvaluationConclusion, *, uow: UnitOfWork) -> None:
    """Count the way to the doctors, unless they came."""
    if case.application_id is None:
        return
    application = await uow.applications.get(case.application_id)
    seen = Seen(
        purpose=Purpose.EVALUATION,
        place=Place.HOME if conclusion.at_home else Place.INSTITUTION,
        visited_on=conclusion.concluded_on,
        item=application.item_of(case.id).code,
    )
    note_visit(application, seen, uow=uow)


async def _require_doctors(case: CertificateCase, doctors: frozenset[UUID], *, uow: UnitOfWork) -> None:
    """Hold the signatures to people who can have signed: two invented ids are no two doctors."""
    assert case.institution  # a case without one cannot have been evaluated
    if doctors - await uow.organisations.serving(case.institution.id, doctors, role=Role.EVALUATOR):
        raise DoctorUnknown("Give the accounts of doctors who serve at this institution today.", pointer="/doctors")
