"""Use case: what an application would share with whom, shown to the person before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.application import Document, Necessity, Owner, Package, documents_of
from app.domain.entitlement import Facts
from app.domain.evidence import CERTIFICATE_RECORD, Evidence, EvidenceKind, Holding
from app.domain.organisation import Organisation
from app.domain.person import Person
from app.domain.shared.authz import person_fields
from app.domain.shared.errors import NotFound
from app.services.evidence.holdings import held_of
from app.services.evidence.kinds import kind_of
from app.services.evidence.requests import DISCLOSED
from app.services.ports.work import UnitOfWork
from app.services.responsibility import owners_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody thinks of applying for."""

    person_id: UUID
    package_code: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One thing that would be asked for: what is held of it, and who would be shown it."""

    kind: EvidenceKind
    items: tuple[str, ...]
    necessity: Necessity
    evidence: Evidence | None
    """What would be used; None where it would still have to be shown or fetched."""
    shared_with: tuple[Organisation, ...]


async def preview_evidence(asked: Asked, *, uow: UnitOfWork) -> tuple[Foreseen, ...]:
    """All that would be asked for, before anything is sent. Nothing is kept, and nothing goes anywhere.

    Raises:
        NotFound: there is no such person that the caller may know of.
        PackageNotFound, ItemNotInPackage, NothingChosen: see the domain.
    """
    async with uow:
        person = await _person(asked.person_id, uow=uow)
        region = person.registration_region
        package = Package.of(asked.package_code, uow.rulebook.at(region, uow.today))
        holding = await held_of(person.id, region=region, uow=uow)
        documents = _documents(package, asked.items, person=person, holding=holding, uow=uow)
        owners = await owners_of(package, region, uow=uow)
        offices = await uow.organisations.get_many({owner.id for owner in owners.values()})
        foreseen = tuple(_foreseen(one, holding=holding, owners=owners, offices=offices) for one in documents)
        uow.accessed(person.id, disclosed=DISCLOSED)
        return await uow.commit(foreseen)


async def _person(person_id: UUID, *, uow: UnitOfWork) -> Person:
    person = await uow.persons.get(person_id)
    if not person_fields(uow.actor, person_id=person.id, places=person.places):
        raise NotFound("There is no such person. Check the id.")
    return person


def _documents(
    package: Package, items: tuple[str, ...], *, person: Person, holding: Holding, uow: UnitOfWork
) -> list[Document]:
    facts = Facts(
        has_certificate=holding.of_kind(CERTIFICATE_RECORD) is not None or None,
        age=person.age_on(uow.today),
        economic_status=person.economic_status_on(uow.today),
        registration_region=person.registration_region,
    )
    listed = documents_of(package.chosen(items), facts, business=None)
    return [document for document in listed if document.necessity is not Necessity.NOT_NEEDED]


def _foreseen(
    document: Document, *, holding: Holding, owners: Mapping[str, Owner], offices: Mapping[UUID, Organisation]
) -> Foreseen:
    kind = kind_of(document.entry)
    shown_to = dict.fromkeys(owners[item].id for item in document.items)
    return Foreseen(
        kind,
        document.items,
        document.necessity,
        holding.settling(kind.code, asked=kind.assurance),
        tuple(offices[owner] for owner in shown_to if owner in offices),
    )
