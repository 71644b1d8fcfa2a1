"""Use cases of evidence: brought by somebody, compared with its original, or appearing by itself."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.certificate import Certificate
from app.domain.evidence import (
    CERTIFICATE_RECORD,
    Content,
    Evidence,
    EvidenceKind,
    EvidenceOrigin,
    EvidenceRefused,
    EvidenceRequest,
    EvidenceRequestStage,
    EvidenceRules,
    Finding,
    Whose,
)
from app.domain.shared.errors import NotFound, Unprocessable
from app.services.evidence.holdings import appear
from app.services.evidence.kinds import kinds_in, known_kind
from app.services.evidence.requests import DISCLOSED, is_told_of
from app.services.ports.evidence import CertificateOnRecord
from app.services.ports.work import UnitOfWork
from app.services.read_models import View
from app.services.yielding import yielding


class PersonOrApplicationNeeded(Unprocessable):
    """It is not said whom the evidence is about."""

    code = "person_or_application_needed"
    title = "Say whom the evidence is about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What somebody brings: a paper shown, a file uploaded, a declaration, a look into a register."""

    kind: str
    origin: EvidenceOrigin
    application_id: UUID | None = None
    person_id: UUID | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    supersedes: UUID | None = None
    upload_id: UUID | None = None
    """The caller's own upload that becomes its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView(View[Evidence]):
    """Evidence as one caller sees it, and the requests that it has settled just now."""

    kind: EvidenceKind | None
    """None where the kind has left the lists."""
    settled: tuple[EvidenceRequest, ...] = ()


async def record_evidence(brought: Brought, *, uow: UnitOfWork) -> EvidenceView:
    """Take in what somebody brings; every open request of the person that it settles is settled with it.

    Raises:
        PersonOrApplicationNeeded: it is not said whom it is about.
        EvidenceKindUnknown: no package here lists the kind.
        EvidenceRefused: an office fetches what the person has refused.
    """
    async with uow:
        whose = await _whose(brought, uow=uow)
        rules = uow.rulebook.at(whose.region, uow.today)
        kind = known_kind(brought.kind, rules)
        evidence, event = Evidence.record(
            _finding(brought, kind, content=await _content(brought.upload_id, uow=uow)),
            whose=whose,
            evidence_id=uow.new_id(),
            by=uow.actor,
            on=uow.today,
            rules=EvidenceRules.of(rules),
            supersedes=await uow.evidence.get(brought.supersedes) if brought.supersedes else None,
        )
        unsettled = await uow.evidence_requests.unsettled_of(evidence.person_id, evidence.kind)
        _require_not_refused(unsettled, evidence)
        uow.evidence.add(evidence)
        uow.record(event, about=evidence)
        settled = await _settle(unsettled, evidence, uow=uow)
        uow.accessed(evidence.person_id, disclosed=DISCLOSED)
        return await uow.commit(_view(evidence, uow, settled))


async def get_evidence(evidence_id: UUID, *, uow: UnitOfWork) -> EvidenceView:
    """What is on record of a piece of evidence; the file itself is another read.

    Raises:
        NotFound: there is none that the caller may know of.
    """
    async with uow:
        evidence = await uow.evidence.get(evidence_id)
        if not is_told_of(evidence, to=uow.actor):
            raise NotFound("There is no such evidence. Check the id.")
        uow.accessed(evidence.person_id, disclosed=DISCLOSED)
        return await uow.commit(_view(evidence, uow))


async def verify_evidence(evidence_id: UUID, *, version: int, uow: UnitOfWork) -> EvidenceView:
    """Find an upload to agree with its original; what waited for that is settled with it."""
    async with uow:
        evidence = await uow.evidence.get(evidence_id, version=version)
        verified, event = evidence.verify(by=uow.actor, on=uow.today)
        saved = await uow.evidence.save(verified)
        uow.record(event, about=saved)
        settled = await _settle(await uow.evidence_requests.unsettled_of(saved.person_id, saved.kind), saved, uow=uow)
        uow.accessed(saved.person_id, disclosed=DISCLOSED)
        return await uow.commit(_view(saved, uow, settled))


async def certificate_appears(certificate: Certificate, *, uow: UnitOfWork) -> None:
    """Show by itself what was just issued, wherever it is asked for; inside the transaction of the issue."""
    current = certificate.current
    on_record = CertificateOnRecord(
        certificate_id=certificate.id,
        region=certificate.region,
        approving_organisation_id=certificate.approving_organisation_id,
        issued_on=current.issued_on,
        valid_until=current.valid_until,
    )
    evidence = appear(on_record, person_id=certificate.person_id, region=certificate.region, uow=uow)
    if evidence is not None:
        asked = await uow.evidence_requests.unsettled_of(certificate.person_id, CERTIFICATE_RECORD)
        await _settle(asked, evidence, uow=uow)


async def _whose(brought: Brought, *, uow: UnitOfWork) -> Whose:
    if brought.application_id is not None:
        application = await uow.applications.get(brought.application_id)
        if brought.person_id not in {None, application.person_id}:
            raise NotFound("This person has no such application. Check the id.", pointer="/application_id")
        return Whose(person_id=application.person_id, region=application.region, application_id=application.id)
    if brought.person_id is None:
        raise PersonOrApplicationNeeded(
            "Name the application, or the person where there is none.", pointer="/application_id"
        )
    return Whose(person_id=brought.person_id, region=await uow.facts.place_of(brought.person_id))


async def _content(upload_id: UUID | None, *, uow: UnitOfWork) -> Content | None:
    """The file of an upload, which nothing else can use from now on."""
    if upload_id is None:
        return None
    upload = await uow.uploads.get(upload_id)
    with yielding():
        return (await uow.uploads.save(upload.use())).content


def _finding(brought: Brought, kind: EvidenceKind, *, content: Content | None) -> Finding:
    return Finding(
        kind=kind,
        origin=brought.origin,
        issued_on=brought.issued_on,
        valid_until=brought.valid_until,
        content=content,
    )


def _require_not_refused(unsettled: list[EvidenceRequest], evidence: Evidence) -> None:
    """Fetch nothing behind the person's back. What the person brings after all is welcome."""
    refused = any(
        request.stage is EvidenceRequestStage.REFUSED and request.application_id == evidence.application_id
        for request in unsettled
    )
    if refused and evidence.origin is EvidenceOrigin.REGISTER:
        raise EvidenceRefused("The person does not want this to be fetched. Take it if the person brings it.")


async def _settle(
    unsettled: list[EvidenceRequest], evidence: Evidence, *, uow: UnitOfWork
) -> tuple[EvidenceRequest, ...]:
    """Settle what is open; what was refused only where the person now brings it for that very application."""
    rules = EvidenceRules.of(uow.rulebook.at(evidence.region, uow.today))
    settled = []
    for request in unsettled:
        is_asked = request.stage is EvidenceRequestStage.OPEN or _is_brought_after_all(request, evidence)
        if is_asked and request.is_settled_by(evidence, on=uow.today, rules=rules):
            fulfilled, event = request.fulfil(evidence, on=uow.today, rules=rules)
            with yielding():
                saved = await uow.evidence_requests.save(fulfilled)
            uow.record(event, about=saved)
            settled.append(saved)
    return tuple(settled)


def _is_brought_after_all(request: EvidenceRequest, evidence: Evidence) -> bool:
    by_the_person = evidence.origin in {EvidenceOrigin.COUNTER, EvidenceOrigin.UPLOAD, EvidenceOrigin.DECLARATION}
    return by_the_person and request.application_id == evidence.application_id


def _view(evidence: Evidence, uow: UnitOfWork, settled: tuple[EvidenceRequest, ...] = ()) -> EvidenceView:
    return EvidenceView(
        evidence,
        evidence.allowed_actions(uow.actor, on=uow.today),
        kind=kinds_in(uow.rulebook.at(evidence.region, uow.today)).get(evidence.kind),
        settled=settled,
    )
