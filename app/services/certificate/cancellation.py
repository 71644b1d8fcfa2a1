"""Use cases of cancelling certificates: an office looks into it, and a named human decides."""

from uuid import UUID

from app.domain.certificate import (
    BarRules,
    Business,
    BusinessRules,
    CancellationGround,
    CertificateCase,
    CertificateRules,
    GroundNotInForce,
    require_open,
)
from app.services.certificate.register import certificate_of, certificate_rules, require_held, write_cancellation
from app.services.certificate.steps import done, view_of
from app.services.deciding import decide_on_cancellation
from app.services.party import institution_is_not_needed
from app.services.ports.work import UnitOfWork
from app.services.read_models import View


async def open_certificate_cancellation(
    certificate_id: UUID, *, ground: CancellationGround, uow: UnitOfWork
) -> View[CertificateCase]:
    """Look into whether a certificate is to be cancelled, which its holder has not applied for.

    Raises:
        GroundNotInForce: the place cancels nothing on this ground.
        CertificateNotHeld, CertificateStandsOtherwise: it has ended already.
    """
    async with uow:
        certificate = await uow.certificates.get(certificate_id)
        in_force = uow.rulebook.at(certificate.region, uow.today)
        if ground not in CertificateRules.of(in_force).cancellation_grounds.value:
            raise GroundNotInForce(
                "The rules of the place do not name this ground. Choose one that they name.", pointer="/ground"
            )
        business = BusinessRules.of(in_force, Business.CANCELLATION)
        require_open(business, certificate, place=certificate.region, on=uow.today, rules=BarRules.of(in_force))
        case = CertificateCase(
            id=uow.new_id(),
            person_id=certificate.person_id,
            region=certificate.region,
            submitted_at=uow.now,
            business=Business.CANCELLATION,
            way=business.way,
            ground=ground,
        )
        opened, event = case.opened_by_office(by=uow.actor, on=uow.today)
        uow.certificate_cases.add(opened)
        uow.record(event, about=opened)
        uow.accessed(opened.person_id, disclosed=("certificate", "certificate_case"))
        return await uow.commit(view_of(opened, uow=uow))


async def cancel_certificate(case_id: UUID, *, version: int, text: str, uow: UnitOfWork) -> View[CertificateCase]:
    """Decide to cancel, in writing and with the way to appeal; the certificate is not in force any more at once."""
    async with uow:
        case = await uow.certificate_cases.get(case_id, version=version)
        held = require_held(await certificate_of(case, uow=uow))
        rules = certificate_rules(case, uow=uow)
        cancelled, event = case.cancel(by=uow.actor, on=uow.today, certificate_id=held.id, rules=rules)
        await write_cancellation(cancelled, held, uow=uow)
        for granting in await uow.decisions.granting_certificates(case.person_id):
            uow.receipts.withdraw(granting, at=uow.real_now)
        await decide_on_cancellation(cancelled, rules=rules, text=text, uow=uow)
        institution_is_not_needed(case, uow=uow)
        return await done(cancelled, event, uow=uow)
