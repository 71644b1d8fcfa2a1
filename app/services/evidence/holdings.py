"""What is held of a person: evidence on record, and what our own registers show by themselves."""

from datetime import date
from uuid import UUID

from app.domain.evidence import CERTIFICATE_RECORD, Evidence, EvidenceOrigin, EvidenceRules, Finding, Holding, Whose
from app.services.evidence.kinds import kinds_in
from app.services.ports.evidence import CertificateOnRecord
from app.services.ports.work import UnitOfWork


async def held_of(person_id: UUID, *, region: str, uow: UnitOfWork) -> Holding:
    """All that is valid today of the evidence on record."""
    return _holding((await uow.evidence.held_of(person_id, on=uow.today)).evidence, region, uow)


async def held_or_appearing(person_id: UUID, *, region: str, uow: UnitOfWork) -> Holding:
    """The same; a certificate in force that was never asked for comes on record as evidence with this."""
    on_record = await uow.evidence.held_of(person_id, on=uow.today)
    held, certificate = on_record.evidence, on_record.certificate
    if certificate is not None and not any(one.fact_id == certificate.certificate_id for one in held):
        appeared = appear(certificate, person_id=person_id, region=region, uow=uow)
        held += (appeared,) if appeared else ()
    return _holding(held, region, uow)


def nothing_held(region: str, *, uow: UnitOfWork) -> Holding:
    """What is held of somebody who was not on record before."""
    return _holding((), region, uow)


def appear(certificate: CertificateOnRecord, *, person_id: UUID, region: str, uow: UnitOfWork) -> Evidence | None:
    """Put on record what the register of certificates shows by itself; None where no package here knows such a kind."""
    rules = uow.rulebook.at(region, uow.today)
    kind = kinds_in(rules).get(CERTIFICATE_RECORD)
    if kind is None:
        return None
    evidence, event = Evidence.appear(
        Finding(
            kind=kind,
            origin=EvidenceOrigin.EARLIER_ITEM,
            issued_on=_not_after(uow.today, certificate.issued_on),
            valid_until=certificate.valid_until,
            fact_id=certificate.certificate_id,
            organisation_id=certificate.approving_organisation_id,
        ),
        whose=Whose(person_id=person_id, region=certificate.region),
        evidence_id=uow.new_id(),
        on=uow.today,
        rules=EvidenceRules.of(rules),
    )
    uow.evidence.add(evidence)
    uow.record(event, about=evidence)
    return evidence


def _holding(evidence: tuple[Evidence, ...], region: str, uow: UnitOfWork) -> Holding:
    rules = EvidenceRules.of(uow.rulebook.at(region, uow.today))
    return Holding(evidence=evidence, rules=rules, on=uow.today)


def _not_after(today: date, issued_on: date) -> date:
    """A register that runs by another clock, as in a sandbox, may have issued tomorrow."""
    return min(today, issued_on)
