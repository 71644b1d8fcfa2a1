"""Use cases of forms: the one form of chosen items, for nobody or for a person, and what must be shown for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.application import (
    Declared,
    Document,
    HeldFact,
    Promise,
    SecondPartyNeed,
    Selection,
    asked,
    categories_named,
    declared_by,
    documents_of,
    promise_of,
    require_answers_so_far,
    second_parties_of,
    shown_in_place,
)
from app.domain.certificate import Certificate, CertificateStatus
from app.domain.entitlement import Facts
from app.domain.evidence import Holding
from app.domain.person import ContactKind, Person
from app.domain.shared.access import Role
from app.domain.shared.authz import PersonField, person_fields
from app.domain.shared.errors import NotFound
from app.services.evidence import held_of
from app.services.evidence.kinds import kind_of
from app.services.facts import benefit_facts
from app.services.package import Asked, PackageOffer, offer_of
from app.services.ports.work import UnitOfWork
from app.services.second_party import person_with_household

_SHOWN = (PersonField.CONTACTS, PersonField.PREFERENCES, PersonField.ECONOMIC_STATUS)
"""The groups of what is on record about a person that a form can show."""


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document of the list, and whether evidence of it is on record that still counts."""

    document: Document
    is_held: bool

    @property
    def is_asked(self) -> bool:
        """Say whether the applicant is asked to show it."""
        return self.document.is_the_applicants and not self.is_held


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form with what is shown in place of questions. Values do not show themselves in logs."""

    offer: PackageOffer
    selection: Selection
    documents: tuple[HeldDocument, ...]
    second_parties: tuple[SecondPartyNeed, ...]
    """Whose word the items need besides, or may."""
    promise: Promise
    """What would be promised to whoever submits it today."""
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the caller may be shown of a person, as far as forms ask for it."""

    region: str | None = None
    person: Person | None = None
    certificate: Certificate | None = None
    held: Mapping[HeldFact, object] = field(default_factory=dict, repr=False)
    household: tuple[UUID, ...] | None = None
    """Who of age lives there; None where the caller is not told of it."""
    holding: Holding | None = None
    """Evidence on record; None where the caller is not told of any."""


async def get_package_form(code: str, *, asked_for: Asked, uow: UnitOfWork) -> FormView:
    """The form of the chosen items, or of all, for nobody in particular.

    Raises:
        RegionNotFound, PackageNotFound, RegionNeeded, ItemNotInPackage: see `get_package`.
    """
    async with uow:
        return await uow.commit(_form(asked_for, _Known(), code=code, answers={}, uow=uow))


async def prefill_form(
    code: str, *, asked_for: Asked, person_id: UUID | None, answers: Mapping[str, Any], uow: UnitOfWork
) -> FormView:
    """The form for a person, with what is held shown to those who may see it, which is written down.

    A citizen is asked about nobody else. A portal is shown what it has itself sent for the person before, and never
    what the registers hold. Answers that are there already tell which documents are needed.

    Raises:
        NotFound: there is no such person that the caller may know of.
        AnswersNotRight: an answer is to no field of the form, or not of the kind that it asks for.
        RegionNotFound, PackageNotFound, RegionNeeded, ItemNotInPackage: see `get_package`.
    """
    async with uow:
        whom = person_id or (uow.actor.person_id if uow.actor.has(Role.CITIZEN) else None)
        known = _Known() if whom is None else await _known_of(whom, uow=uow)
        return await uow.commit(_form(asked_for, known, code=code, answers=answers, uow=uow))


def _form(asked_for: Asked, known: _Known, *, code: str, answers: Mapping[str, Any], uow: UnitOfWork) -> FormView:
    on = asked_for.on or uow.today
    offer = offer_of(code, asked_for, region=known.region, uow=uow)
    selection = offer.package.chosen(asked_for.items or [item.code for item in offer.package.items])
    require_answers_so_far(selection.form, answers)
    given = asked(selection.form, answers)
    business, place = given.get("business"), given.get("handled_at")
    facts = _facts(known, given, declared_by(selection.form, given), on=on)
    documents = documents_of(
        selection,
        facts,
        business=business if isinstance(business, str) else None,
        handled_at=place if isinstance(place, str) else None,
    )
    return FormView(
        offer=offer,
        selection=selection,
        documents=tuple(HeldDocument(document, is_held=_is_held(document, known.holding)) for document in documents),
        second_parties=second_parties_of(
            selection, facts, household=known.household, rules=uow.rulebook.at(known.region or offer.rule.region, on)
        ),
        promise=promise_of(selection, on=on, calendar=uow.calendar(known.region or offer.rule.region)),
        values=shown_in_place(selection.form, known.held),
    )


def _facts(known: _Known, answers: Mapping[str, Any], declared: Declared, *, on: date) -> Facts:
    """What is known as far as conditions of documents ask for it."""
    named = categories_named(answers)
    if known.person is None:
        return Facts(
            named=named,
            registration_region=known.region,
            needs=declared.needs,
            receiving=declared.receiving,
            flags=declared.flags,
        )
    return replace(benefit_facts(known.person, known.certificate, declared=declared, on=on), named=named)


def _is_held(document: Document, holding: Holding | None) -> bool:
    kind = kind_of(document.entry)
    return holding is not None and holding.settling(kind.code, asked=kind.assurance) is not None


async def _known_of(person_id: UUID, *, uow: UnitOfWork) -> _Known:
    if uow.actor.roles <= {Role.PORTAL}:
        return await _sent_before(person_id, uow=uow)
    person, household = await person_with_household(person_id, uow=uow)
    fields = person_fields(uow.actor, person_id=person.id, places=person.places)
    if not fields:
        raise NotFound("There is no such person. Check the id.")
    certificate = await uow.certificates.of_person(person_id)
    shown = [name for name in _SHOWN if name in fields]
    uow.accessed(person_id, disclosed=(*shown, "certificate"))
    return _Known(
        region=person.registration_region,
        person=person,
        household=household,
        certificate=certificate,
        held={
            fact: value
            for group, held in _held_facts(person, certificate, on=uow.today).items()
            if group is None or group in fields
            for fact, value in held.items()
        },
        holding=await held_of(person_id, region=person.registration_region, uow=uow),
    )


async def _sent_before(person_id: UUID, *, uow: UnitOfWork) -> _Known:
    """What the portal has last sent for the person itself."""
    latest = await uow.applications.latest_of(person_id)
    if latest is None:
        raise NotFound("There is no such person. Check the id.")
    uow.accessed(person_id, disclosed=("application",))
    form = offer_of(latest.package_code, Asked(), region=latest.region, uow=uow).package.form
    answered = (one for one in form if one.is_asked and one.code in latest.answers)
    sent = {one.fact: latest.answers[one.code] for one in answered if one.fact is not None}
    return _Known(region=latest.region, held=sent)


def _held_facts(
    person: Person, certificate: Certificate | None, *, on: date
) -> dict[PersonField | None, dict[HeldFact, object]]:
    """What is held of a person, by the group that must be open to the caller; all who ask here see the certificate."""
    contacts = {contact.kind: contact.value for contact in reversed(person.contacts_on(on))}
    status = person.economic_status_on(on)
    kinds = {ContactKind.PHONE: HeldFact.PHONE, ContactKind.ADDRESS: HeldFact.ADDRESS}
    held: dict[PersonField | None, dict[HeldFact, object]] = {
        PersonField.CONTACTS: {fact: contacts[kind] for kind, fact in kinds.items() if kind in contacts},
        PersonField.PREFERENCES: {
            HeldFact.PREFERRED_LANGUAGE: person.preferred_language.value,
            HeldFact.PREFERRED_FORMAT: person.preferred_format.value,
        },
        PersonField.ECONOMIC_STATUS: {} if status is None else {HeldFact.ECONOMIC_STATUS: status.value},
    }
    if certificate is not None and certificate.status_on(on) is CertificateStatus.IN_FORCE:
        current = certificate.current
        held[None] = {
            HeldFact.CERTIFICATE_NUMBER: current.number.value,
            HeldFact.CATEGORY: current.category.slug,
            HeldFact.GRADE: int(current.grade),
        }
    return held
