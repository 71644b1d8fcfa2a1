"""Which archive is meant, where it lies, by which checklist it is looked at, and who brings what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from app.domain.archive import ArchiveOf, ArchiveYearImpossible, Checklist, Place, Provider
from app.domain.benefit import BenefitCase
from app.domain.certificate import CertificateCase
from app.domain.organisation import Organisation, OrganisationKind
from app.domain.shared.errors import NotFound
from app.domain.shared.region import Level, area_at
from app.domain.shared.rulebook import NoRuleInForce
from app.services.ports.work import UnitOfWork

_OFFICES: Mapping[Provider, tuple[OrganisationKind, Level]] = MappingProxyType(
    {
        Provider.ASSOCIATION: (OrganisationKind.ASSOCIATION, Level.VILLAGE),
        Provider.TOWNSHIP: (OrganisationKind.FEDERATION, Level.TOWNSHIP),
        Provider.COUNTY: (OrganisationKind.FEDERATION, Level.COUNTY),
        Provider.CIVIL_AFFAIRS: (OrganisationKind.CIVIL_AFFAIRS, Level.COUNTY),
    }
)
"""Which office of a place brings what it is asked for; nobody else is told by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An archive, and its checklist."""

    place: Place
    checklist: Checklist
    case: CertificateCase | BenefitCase | None = None
    """The case, where it is that of one."""


async def find(archive_of: ArchiveOf, subject_id: UUID, *, year: int | None = None, uow: UnitOfWork) -> Found:
    """An archive that the caller may know of. A case is held to the list of the day on which it was submitted.

    Raises:
        NotFound: there is none.
        ArchiveYearImpossible: a year is missing or out of place, or has not begun.
    """
    if (archive_of is ArchiveOf.ASSOCIATION) != (year is not None) or (year or 0) > uow.today.year:
        raise ArchiveYearImpossible(
            "Give a year that has begun for the work of an association, and none for anything else.", pointer="/year"
        )
    if archive_of is ArchiveOf.PERSON:
        person = await uow.persons.get(subject_id)
        place = Place(archive_of=archive_of, subject_id=person.id, region=person.region, person_id=person.id)
        return Found(place=place, checklist=_checklist(place, on=uow.today, uow=uow))
    if archive_of is ArchiveOf.ASSOCIATION:
        return await _of_association(subject_id, year=year or uow.today.year, uow=uow)
    return await _of_case(archive_of, subject_id, uow=uow)


async def offices_of(region: str, *, uow: UnitOfWork) -> dict[Provider, Organisation]:
    """Which offices bring what they are asked for in a place, as far as they are entered."""
    wanted = {provider: (kind, area_at(region, level)) for provider, (kind, level) in _OFFICES.items()}
    found = await uow.organisations.of_places(set(wanted.values()))
    return {provider: found[place] for provider, place in wanted.items() if place in found}


async def _of_case(archive_of: ArchiveOf, case_id: UUID, *, uow: UnitOfWork) -> Found:
    case: CertificateCase | BenefitCase
    if archive_of is ArchiveOf.CERTIFICATE_CASE:
        case = await uow.certificate_cases.get(case_id)
    else:
        case = await uow.benefit_cases.get(case_id)
    submitted_on = uow.calendar(case.region).date_of(case.submitted_at)
    place = Place(archive_of=archive_of, subject_id=case.id, region=case.region, person_id=case.person_id)
    return Found(place=place, checklist=_checklist(place, on=submitted_on, uow=uow), case=case)


async def _of_association(organisation_id: UUID, *, year: int, uow: UnitOfWork) -> Found:
    organisation = await uow.organisations.get(organisation_id)
    if organisation.kind is not OrganisationKind.ASSOCIATION:
        raise NotFound("This is no association of a village. Look at GET /v1/organisations?kind=association.")
    region = organisation.region
    place = Place(archive_of=ArchiveOf.ASSOCIATION, subject_id=organisation.id, region=region, year=year)
    return Found(place=place, checklist=checklist_of_year(region, year, uow=uow))


def checklist_of_year(region: str, year: int, *, uow: UnitOfWork) -> Checklist:
    """The list for an association's work of a year: the one that is in force at its end.

    Raises:
        ArchiveYearImpossible: none was in force yet.
    """
    try:
        return Checklist.of(ArchiveOf.ASSOCIATION, uow.rulebook.at(region, min(uow.today, date(year, 12, 31))))
    except NoRuleInForce:
        raise ArchiveYearImpossible("No checklist was in force then. Give a later year.", pointer="/year") from None


def _checklist(place: Place, *, on: date, uow: UnitOfWork) -> Checklist:
    return Checklist.of(place.archive_of, uow.rulebook.at(place.region, on))
