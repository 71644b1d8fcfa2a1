"""Use cases of reading archives: how complete that of a person, of a case, and of the work of an association is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.domain.archive import (
    ArchiveDocument,
    ArchiveOf,
    Checklist,
    ChecklistItem,
    Completeness,
    Place,
    Provider,
    Seen,
    Source,
    completeness,
    counting,
    in_force,
    what_counts,
)
from app.domain.benefit import BenefitCase
from app.domain.certificate import CertificateCase
from app.domain.evidence import EvidenceRequest, EvidenceRequestStage
from app.domain.organisation import Organisation
from app.domain.person import GuardianshipRules
from app.domain.shared.access import has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import NotFound
from app.domain.shared.region import NATIONAL
from app.domain.shared.span import years_after
from app.domain.shared.wording import Wording
from app.services.archive.places import Found, find, offices_of
from app.services.evidence import kinds_in
from app.services.ports.work import UnitOfWork

SHOWN = ("archive",)
MOST_DOCUMENTS = 500
_ALSO: Mapping[str, Source] = {"deem_accepted": Source.ACCEPT}
"""Steps that count as others: the law itself has taken a case on (视为受理)."""
_NOT_ASKED = frozenset({EvidenceRequestStage.CANCELLED, EvidenceRequestStage.REFUSED})
"""What the person does not want to be used is not missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """An archive as it stands on a day."""

    place: Place
    on: date
    completeness: Completeness
    documents: tuple[ArchiveDocument, ...]
    """The newest first; what was replaced is among them."""
    offices: Mapping[Provider, Organisation]
    """Who brings what is missing, where it is an office that is entered for the place."""


async def get_person_archive(person_id: UUID, *, uow: UnitOfWork) -> ArchiveView:
    """How complete a person's archive is today.

    Raises:
        NotFound: there is no such person that the caller may know of.
    """
    async with uow:
        found = await find(ArchiveOf.PERSON, person_id, uow=uow)
        return await _view(found, await _documents(found, uow=uow), await _of_person(found, uow=uow), uow=uow)


async def get_certificate_case_archive(case_id: UUID, *, uow: UnitOfWork) -> ArchiveView:
    """How complete the archive of a certificate case is, by the checklist of the day on which it was submitted."""
    return await _case_archive(ArchiveOf.CERTIFICATE_CASE, case_id, uow=uow)


async def get_benefit_case_archive(case_id: UUID, *, uow: UnitOfWork) -> ArchiveView:
    """How complete the archive of a case of a benefit is, by the checklist of the day on which it was submitted."""
    return await _case_archive(ArchiveOf.BENEFIT_CASE, case_id, uow=uow)


async def get_association_archive(organisation_id: UUID, *, year: int | None, uow: UnitOfWork) -> ArchiveView:
    """How complete the archive of an association's work of a year is, of this one if none is named; it names nobody.

    Raises:
        NotFound: there is no such association, or it works elsewhere.
        ArchiveYearImpossible: the year has not begun.
    """
    async with uow:
        found = await find(ArchiveOf.ASSOCIATION, organisation_id, year=year or uow.today.year, uow=uow)
        if not has_function(uow.actor, OPERATIONS["get_association_archive"].roles, region=found.place.region):
            raise NotFound("There is no such organisation. Check the id.")
        documents = await _documents(found, uow=uow)
        return await _view(found, documents, await _of_work(found, documents, uow=uow), uow=uow)


def adults_until(on: date, *, uow: UnitOfWork) -> date:
    """Whoever was born after that day has not come of age."""
    return years_after(on, -GuardianshipRules.of(uow.rulebook.at(NATIONAL, on)).adult_age_years.value)


def of_year(documents: Iterable[ArchiveDocument], *, checklist: Checklist, year: int) -> tuple[ArchiveDocument, ...]:
    """Those that count for a year: of a yearly item its own, of all others whatever there is up to then."""
    yearly = {item.code for item in checklist.items if item.is_yearly}
    return tuple(one for one in documents if one.year == year or (one.item not in yearly and (one.year or year) < year))


async def _case_archive(archive_of: ArchiveOf, case_id: UUID, *, uow: UnitOfWork) -> ArchiveView:
    async with uow:
        found = await find(archive_of, case_id, uow=uow)
        assert found.case is not None  # it is the archive of one
        documents = await _documents(found, uow=uow)
        whole = await _of_case(found.checklist, found.case, documents, uow=uow)
        return await _view(found, documents, whole, uow=uow)


async def _documents(found: Found, *, uow: UnitOfWork) -> tuple[ArchiveDocument, ...]:
    place = found.place
    return tuple(await uow.archives.documents(place.archive_of, place.subject_id, limit=MOST_DOCUMENTS))


async def _view(
    found: Found, documents: tuple[ArchiveDocument, ...], whole: Completeness, *, uow: UnitOfWork
) -> ArchiveView:
    place = found.place
    if place.person_id is not None:
        uow.accessed(place.person_id, disclosed=SHOWN)
    offices = await offices_of(place.region, uow=uow)
    view = ArchiveView(place=place, on=uow.today, completeness=whole, documents=documents, offices=offices)
    return await uow.commit(view)


async def _of_person(found: Found, *, uow: UnitOfWork) -> Completeness:
    person_id, checklist, today = found.place.subject_id, found.checklist, uow.today
    minor_since = adults_until(today, uow=uow)
    people = await uow.archives.people([person_id], sources=checklist.sources, minor_since=minor_since, on=today)
    seen = counting(checklist, people[person_id].seen, on=today)
    return completeness(checklist, seen, on=today, traits=people[person_id].traits)


async def _of_case(
    listed: Checklist, case: CertificateCase | BenefitCase, documents: Iterable[ArchiveDocument], *, uow: UnitOfWork
) -> Completeness:
    """A case lacks what its steps have come to, and what its package asks to be shown, as far as it is not there."""
    requests = await _asked_for(case, uow=uow)
    kinds = kinds_in(uow.rulebook.at(case.region, uow.today))
    materials = tuple(_material(one, kinds[one.kind].wording) for one in requests if one.kind in kinds)
    checklist = replace(listed, items=(*materials, *listed.items))
    steps = {step.action.value: step.on for step in case.done}
    seen = [*_steps(steps), *_evidence(requests), *in_force(documents), *await _papers(case, uow=uow)]
    counted = counting(checklist, {one.what: one for one in seen}, on=uow.today)
    whole = completeness(checklist, counted, on=uow.today, steps=steps)
    return whole.closed() if case.is_finished else whole


async def _of_work(found: Found, documents: Iterable[ArchiveDocument], *, uow: UnitOfWork) -> Completeness:
    place, checklist, year = found.place, found.checklist, found.place.year or 0
    work = await uow.archives.work({place.subject_id: place.region}, year=year, on=uow.today)
    filed = in_force(of_year(documents, checklist=checklist, year=year))
    seen = {one.what: one for one in (*work[place.subject_id], *filed)}
    return completeness(checklist, counting(checklist, seen, on=uow.today), on=uow.today, year=year)


async def _asked_for(case: CertificateCase | BenefitCase, *, uow: UnitOfWork) -> list[EvidenceRequest]:
    if case.application_id is None:
        return []
    asked = await uow.evidence_requests.of_application(case.application_id)
    return [one for one in asked if case.item in one.items and one.stage not in _NOT_ASKED]


async def _papers(case: CertificateCase | BenefitCase, *, uow: UnitOfWork) -> list[Seen]:
    """The application that the case came with, and the latest decision on it."""
    found = []
    if case.application_id is not None:
        submitted_on = uow.calendar(case.region).date_of(case.submitted_at)
        found.append(Seen(what=Source.APPLICATION.value, on=submitted_on, id=case.application_id))
    if (decision := await uow.decisions.latest_of(case.id)) is not None:
        found.append(Seen(what=Source.DECISION.value, on=decision.decided_on, id=decision.id))
    return found


def _steps(steps: Mapping[str, date]) -> list[Seen]:
    also = [Seen(what=_ALSO[step].value, on=on) for step, on in steps.items() if step in _ALSO]
    return [*also, *(Seen(what=step, on=on) for step, on in steps.items())]


def _evidence(requests: Iterable[EvidenceRequest]) -> list[Seen]:
    return [
        Seen(what=what_counts(Source.EVIDENCE, one.kind), on=one.asked_on, id=one.evidence_id)
        for one in requests
        if one.stage is EvidenceRequestStage.FULFILLED
    ]


def _material(request: EvidenceRequest, wording: Wording) -> ChecklistItem:
    provider = Provider.PERSON if request.source.is_the_person else Provider.REGISTER
    return ChecklistItem(code=request.kind, wording=wording, provided_by=provider, met_by=(Source.EVIDENCE,))
