"""What certificate business finds on the register of certificates, and what it writes there."""

from app.domain.certificate import (
    BarRules,
    Business,
    BusinessRules,
    Certificate,
    CertificateCase,
    CertificateNotHeld,
    CertificateRules,
    Exemption,
    require_open,
)
from app.domain.shared.errors import Conflict
from app.domain.shared.identity import Category
from app.services.evidence import certificate_appears
from app.services.ports.work import UnitOfWork


class IdentityNumberUnknown(Conflict):
    """The holder's identity number, from which the certificate's number is made, is not on record."""

    code = "identity_number_unknown"
    title = "The identity number is not on record"


def business_rules(case: CertificateCase, *, uow: UnitOfWork) -> BusinessRules:
    """The row of the case's business as it holds in its place today."""
    return BusinessRules.of(uow.rulebook.at(case.region, uow.today), case.business)


def certificate_rules(case: CertificateCase, *, uow: UnitOfWork) -> CertificateRules:
    """What else holds for certificates there."""
    return CertificateRules.of(uow.rulebook.at(case.region, uow.today))


async def opened_for(
    case: CertificateCase, *, lifted_because: str, uow: UnitOfWork
) -> tuple[Exemption | None, frozenset[Category]]:
    """Hold the business to the register: the exemption that lifts what bars it, and what was found before.

    Raises:
        CertificateHeld, CertificateNotHeld, CertificateStandsOtherwise, RenewalNotOpen: it cannot be done.
        BarredAfterCancellation, ReissuedBefore: it is barred for a time, and no reason is given.
    """
    held = await uow.certificates.of_person(case.person_id)
    lifted = _require_open(case, held, lifted_because=lifted_because, uow=uow)
    exemption = Exemption(bar=lifted, text=lifted_because, by=uow.actor.id, on=uow.today) if lifted else None
    return exemption, frozenset(held.current.components) if held else frozenset()


async def certificate_of(case: CertificateCase, *, uow: UnitOfWork) -> Certificate | None:
    """The certificate that the case is done on, which may have come to stand otherwise since the acceptance.

    Raises:
        CertificateHeld, CertificateNotHeld, CertificateStandsOtherwise: see `opened_for`.
    """
    held = await uow.certificates.of_person(case.person_id)
    _require_open(case, held, lifted_because=case.exemption.text if case.exemption else "", uow=uow)
    return held


async def write_issue(case: CertificateCase, held: Certificate | None, *, uow: UnitOfWork) -> None:
    """Put what the case has issued on the register: a first certificate, or the next version of the one that is held.

    Raises:
        IdentityNumberUnknown: there is no identity number to make the certificate's number from.
    """
    person = await uow.persons.get(case.person_id)
    name, number = person.name_on(uow.today), person.citizen_number_on(uow.today)
    if name is None or number is None:
        raise IdentityNumberUnknown("Put the holder's name and identity number on record, then issue.")
    business, rules = business_rules(case, uow=uow), certificate_rules(case, uow=uow)
    if not business.needs:
        first, born = Certificate.first_issue(case, citizen_number=number, on=uow.today, rules=rules)
        await uow.certificates.add(first, name=name, citizen_number=number, clock_id=uow.clock_id)
        uow.record(born, about=first)
        await certificate_appears(first, uow=uow)
        return
    assert held  # a business that needs one was opened on it
    replaced, event = held.reissue(case, citizen_number=number, on=uow.today, rules=rules, business=business)
    if case.business is Business.MIGRATION:
        await uow.certificates.migrate(replaced, case_id=case.id)
    saved = await uow.certificates.reissue(replaced, name=name, citizen_number=number, clock_id=uow.clock_id)
    uow.receipts.withdraw(saved.id, at=uow.real_now)
    uow.record(event, about=saved)
    await certificate_appears(saved, uow=uow)


async def write_cancellation(case: CertificateCase, held: Certificate, *, uow: UnitOfWork) -> None:
    """Mark the certificate as cancelled; what was verified of it counts no longer."""
    cancelled, event = held.cancel(case, on=uow.today)
    saved = await uow.certificates.save(cancelled)
    uow.receipts.withdraw(saved.id, at=uow.real_now)
    uow.record(event, about=saved)


def require_held(held: Certificate | None) -> Certificate:
    """The certificate, which is there.

    Raises:
        CertificateNotHeld: it is not.
    """
    if held is None:
        raise CertificateNotHeld("There is no certificate to do this on.")
    return held


def _require_open(
    case: CertificateCase, held: Certificate | None, *, lifted_because: str, uow: UnitOfWork
) -> str | None:
    rules = BarRules.of(uow.rulebook.at(case.region, uow.today))
    business = business_rules(case, uow=uow)
    return require_open(business, held, place=case.region, on=uow.today, rules=rules, lifted_because=lifted_because)
