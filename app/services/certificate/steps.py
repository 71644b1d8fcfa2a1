"""Use cases of certificate business, step by step: each loads the case, asks the domain, saves, records and commits."""

from dataclasses import replace
from uuid import UUID

from app.domain.certificate import (
    Action,
    Business,
    CertificateCase,
    GuardianProof,
    HandledAt,
    RefusalReason,
    ResidencePermit,
    Stage,
)
from app.domain.confirmation import SecondParty
from app.domain.shared.errors import NotFound
from app.domain.shared.events import Event
from app.domain.shared.refusal import Refusal
from app.services.application import follow_certificate_case
from app.services.certificate.register import certificate_of, certificate_rules, opened_for, write_issue
from app.services.deciding import decide_on_certificate
from app.services.duplicate import require_no_twin, with_warning
from app.services.party import institution_is_not_needed
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of


async def get_certificate_case(case_id: UUID, *, uow: UnitOfWork) -> View[CertificateCase]:
    """A case and what the caller may do to it; that it was shown is written down."""
    async with uow:
        case = await uow.certificate_cases.get(case_id)
        uow.accessed(case.person_id, disclosed=("certificate_case",))
        view = view_of(case, uow=uow)
        return await uow.commit(replace(view, actions=await with_warning(view.actions, about=case, uow=uow)))


async def list_certificate_cases(
    *, stages: tuple[Stage, ...], handled_at: HandledAt, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[CertificateCase]:
    """The caller's queue: the cases of the own areas, or those that the own institution is a party to.

    Those of other places that are only accepted here are a queue of their own.
    """
    async with uow:
        cases = uow.certificate_cases
        look = cases.page if handled_at is HandledAt.REGISTRATION else cases.page_at_residence
        page = slice_of(await look(stages, whose=uow.actor, after=after, limit=limit + 1), limit=limit)
        uow.accessed(*(case.person_id for case in page.items), disclosed=("certificate_case",))
        return await uow.commit(page)


async def accept_certificate_case(
    case_id: UUID,
    *,
    version: int,
    guardian_proof: GuardianProof,
    residence_permit: ResidencePermit = ResidencePermit.NOT_SHOWN,
    lifted_because: str = "",
    uow: UnitOfWork,
) -> View[CertificateCase]:
    """Take the case on, its materials being complete. A guardianship on record, or whose word it has, is proved.

    Raises:
        CertificateHeld, CertificateNotHeld, CertificateStandsOtherwise, RenewalNotOpen: it cannot be done now.
        BarredAfterCancellation, ReissuedBefore: it is barred for a time, and `lifted_because` gives no reason.
        MayBeRegisteredAlready: the person is very likely on record already, and nobody has looked.
    """
    async with uow:
        case = await taken_up(case_id, version=version, uow=uow)
        person = await uow.persons.get(case.person_id)
        exemption, found_before = await opened_for(case, lifted_because=lifted_because, uow=uow)
        if person.birth_date is None:
            raise NotFound("The person's date of birth is not on record. Enter it first.")
        is_proved = bool(person.guardians_on(uow.today)) or await _has_guardians_word(case, uow=uow)
        accepted, event = case.accept(
            by=uow.actor,
            on=uow.today,
            birth_date=person.birth_date,
            guardian_proof=GuardianProof.SHOWN if is_proved else guardian_proof,
            rules=certificate_rules(case, uow=uow),
            found_before=found_before,
            residence_permit=residence_permit,
            exemption=exemption,
        )
        await require_no_twin(case.person_id, uow=uow)
        return await done(accepted, event, uow=uow)


async def _has_guardians_word(case: CertificateCase, *, uow: UnitOfWork) -> bool:
    """Say whether a guardian has confirmed it, with a token of their own or with a proof that was looked at."""
    if case.application_id is None or all(step.action is not Action.CONFIRM for step in case.done):
        return False
    words = await uow.confirmations.of_application(case.application_id)
    return any(one.case_id == case.id and one.is_confirmed_by(SecondParty.GUARDIAN) for one in words)


async def post_notice(case_id: UUID, *, version: int, uow: UnitOfWork) -> View[CertificateCase]:
    """Put the conclusion up for the public to object."""
    async with uow:
        case = await taken_up(case_id, version=version, uow=uow)
        calendar = uow.calendar(case.region)
        posted, event = case.post_notice(
            by=uow.actor, on=uow.today, rules=certificate_rules(case, uow=uow), calendar=calendar
        )
        return await done(posted, event, uow=uow)


async def review_certificate_case(case_id: UUID, *, version: int, uow: UnitOfWork) -> View[CertificateCase]:
    """Find materials, procedure, conclusion and notice in order."""
    async with uow:
        case = await uow.certificate_cases.get(case_id, version=version)
        reviewed, event = case.review(by=uow.actor, on=uow.today)
        return await done(reviewed, event, uow=uow)


async def approve_certificate_case(case_id: UUID, *, version: int, uow: UnitOfWork) -> View[CertificateCase]:
    """Decide to issue."""
    async with uow:
        case = await uow.certificate_cases.get(case_id, version=version)
        approved, event = case.approve(by=uow.actor, on=uow.today)
        await decide_on_certificate(approved, rules=certificate_rules(case, uow=uow), uow=uow)
        return await done(approved, event, uow=uow)


async def issue_certificate(case_id: UUID, *, version: int, uow: UnitOfWork) -> View[CertificateCase]:
    """Hand out the certificate; what waited for it in the application goes on.

    Raises:
        IdentityNumberUnknown: there is no identity number to make the certificate's number from.
    """
    async with uow:
        case = await uow.certificate_cases.get(case_id, version=version)
        held = await certificate_of(case, uow=uow)
        key = held.id if held is not None and case.business is not Business.NEW else uow.new_id()
        issued, event = case.issue(by=uow.actor, on=uow.today, certificate_id=key)
        await write_issue(issued, held, uow=uow)
        return await done(issued, event, uow=uow)


async def refuse_certificate_case(
    case_id: UUID, *, version: int, reason: RefusalReason, text: str, uow: UnitOfWork
) -> View[CertificateCase]:
    """Decide not to issue, in writing and with the way to appeal."""
    async with uow:
        case = await uow.certificate_cases.get(case_id, version=version)
        rules = certificate_rules(case, uow=uow)
        refusal = Refusal(reason=reason, text=text, appeal=rules.appeal.value)
        refused, event = case.refuse(by=uow.actor, on=uow.today, refusal=refusal, rules=rules)
        await decide_on_certificate(refused, rules=rules, uow=uow)
        institution_is_not_needed(case, uow=uow)
        return await done(refused, event, uow=uow)


async def taken_up(case_id: UUID, *, version: int, uow: UnitOfWork) -> CertificateCase:
    """A case whose next step may be that of the federation where the person lives, which then acts where it lies."""
    case = await uow.certificate_cases.get(case_id, version=version)
    if case.handled_at is HandledAt.RESIDENCE:
        await uow.certificate_cases.join(case.id)
    return case


async def done(case: CertificateCase, event: Event, *, uow: UnitOfWork) -> View[CertificateCase]:
    """Save a case after a step, and let the application know."""
    saved = await uow.certificate_cases.save(case)
    uow.record(event, about=saved)
    await follow_certificate_case(saved, uow=uow)
    uow.accessed(saved.person_id, disclosed=("certificate_case",))
    return await uow.commit(view_of(saved, uow=uow))


async def noted(case: CertificateCase, event: Event, *, uow: UnitOfWork) -> View[CertificateCase]:
    """Save what somebody has said of a case: no step of it, so no clock and no application follows."""
    saved = await uow.certificate_cases.save(case)
    uow.record(event, about=saved)
    uow.accessed(saved.person_id, disclosed=("certificate_case",))
    return await uow.commit(view_of(saved, uow=uow))


def view_of(case: CertificateCase, *, uow: UnitOfWork) -> View[CertificateCase]:
    """The case, and what the caller may do to it."""
    return View(case, case.allowed_actions(uow.actor, on=uow.today))
