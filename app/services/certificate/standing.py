"""Use cases of how a certificate stands: a named human of the county federation freezes it, or lets it go on."""

from uuid import UUID

from app.domain.certificate import Certificate, CertificateStatus, FreezeReason
from app.domain.decision import Decision
from app.domain.shared.events import Event
from app.services.deciding import decide_on_standing
from app.services.ports.work import UnitOfWork
from app.services.read_models import View
from app.services.yielding import yielding


async def get_certificate(certificate_id: UUID, *, uow: UnitOfWork) -> View[Certificate]:
    """A certificate with all its versions and what the caller may do to it; that it was shown is written down."""
    async with uow:
        return await uow.commit(_shown(await uow.certificates.get(certificate_id), uow=uow))


async def freeze_certificate(
    certificate_id: UUID, *, version: int, reason: FreezeReason, text: str, uow: UnitOfWork
) -> View[Certificate]:
    """Let a certificate not be relied on for a time, in writing and with the way to appeal.

    What was verified of it before counts no longer; when it goes on, it is verified anew.
    """
    async with uow:
        certificate = await uow.certificates.get(certificate_id, version=version)
        frozen, event = certificate.freeze(by=uow.actor, on=uow.today, reason=reason)
        await decide_on_standing(frozen, reason=reason, text=text, uow=uow)
        uow.receipts.withdraw(frozen.id, at=uow.real_now)
        return await _done(frozen, event, uow=uow)


async def unfreeze_certificate(certificate_id: UUID, *, version: int, text: str, uow: UnitOfWork) -> View[Certificate]:
    """Let a certificate be relied on again."""
    async with uow:
        certificate = await uow.certificates.get(certificate_id, version=version)
        unfrozen, event = certificate.unfreeze(by=uow.actor, on=uow.today)
        await decide_on_standing(unfrozen, reason=None, text=text, uow=uow)
        return await _done(unfrozen, event, uow=uow)


async def _done(certificate: Certificate, event: Event, *, uow: UnitOfWork) -> View[Certificate]:
    saved = await uow.certificates.save(certificate)
    uow.record(event, about=saved)
    return await uow.commit(_shown(saved, uow=uow))


def _shown(certificate: Certificate, *, uow: UnitOfWork) -> View[Certificate]:
    uow.accessed(certificate.person_id, disclosed=("certificate",))
    return View(certificate, certificate.allowed_actions(uow.actor, on=uow.today))


async def lift_freeze(certificate_id: UUID, *, lifted: Decision, review_decision: UUID, uow: UnitOfWork) -> None:
    """Have a certificate go on whose freeze a review has lifted.

    Where it has gone on since, was frozen anew or has ended, it stands by another decision than the one that is lifted.
    """
    held, latest = await uow.certificates.of_person(lifted.person_id), await uow.decisions.latest_of(certificate_id)
    if held is None or latest is None or (held.id, latest.id) != (certificate_id, lifted.id):
        return
    if held.stage is CertificateStatus.FROZEN:
        await restore_certificate(certificate_id, review_decision=review_decision, uow=uow)


async def restore_certificate(certificate_id: UUID, *, review_decision: UUID, uow: UnitOfWork) -> None:
    """Have a certificate stand as before, in the transaction of the review that has lifted what was decided."""
    certificate = await uow.certificates.get(certificate_id)
    newest = await uow.certificates.of_person(certificate.person_id)
    restored, event = certificate.restore(on=uow.today, review_decision=review_decision, newest=newest)
    with yielding():
        saved = await uow.certificates.restore(restored)
    uow.record(event, about=saved)
