"""The facts of a person as rules ask for them: what is held, what follows from it, and what the person declares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.domain.application import Declared as DeclaredInForm
from app.domain.assessment import NeedStage
from app.domain.certificate import Certificate, CertificateStatus
from app.domain.entitlement import DeclaredFlag, Facts
from app.domain.flag import Derived, Situation, derive
from app.domain.person import Person
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Category, Grade
from app.domain.shared.rulebook import RulesInForce
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork

_NEED_IS_THERE = {NeedStage.CONFIRMED: True, NeedStage.DISMISSED: False, NeedStage.MET: False}
"""A need that is only proposed is not known: nobody has confirmed or dismissed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the person says for this one question; the register knows nothing of it."""

    flags: Mapping[DeclaredFlag, bool] = field(default_factory=dict)
    receiving: Mapping[str, bool] = field(default_factory=dict)
    """Whether services and benefits are being received, by code."""


NOTHING_DECLARED = Declared()


async def facts_of(person_id: UUID, *, declared: Declared = NOTHING_DECLARED, uow: UnitOfWork) -> Facts:
    """What is known of a person today, in one statement.

    Raises:
        NotFound: there is no such person that the caller may know of.
    """
    held = await uow.facts.of(person_id, on=uow.today)
    return known(held, declared=declared, rules=uow.rulebook.at(held.person.region, held.on))


def known(held: HeldFacts, *, declared: Declared = NOTHING_DECLARED, rules: RulesInForce) -> Facts:
    """The facts in the words of the rules. What the register holds outweighs what is declared."""
    person, components = held.person, components_of(held)
    return Facts(
        on=held.on,
        has_certificate=held.certificate is not None,
        components=components,
        birth_date=person.birth_date,
        economic_status=person.economic_status_on(held.on),
        registration_region=person.registration_region,
        residence_region=person.region,
        needs={code: _NEED_IS_THERE[stage] for code, stage in held.needs.items() if stage in _NEED_IS_THERE},
        receiving={**declared.receiving, **dict.fromkeys(held.receiving, True)},
        last_received=dict(held.last_received),
        places=dict(held.places),
        flags={**{flag.value: is_set for flag, is_set in declared.flags.items()}, **flags_of(held, rules=rules)},
    )


def benefit_facts(person: Person, certificate: Certificate | None, *, declared: DeclaredInForm, on: date) -> Facts:
    """What is known of a person as far as a benefit asks for it: of the registers, and of the form."""
    return Facts(
        has_certificate=certificate is not None and certificate.status_on(on) is CertificateStatus.IN_FORCE,
        components=certificate.current.components if certificate else {},
        grade=certificate.current.grade if certificate else None,
        birth_date=person.birth_date,
        on=on,
        economic_status=person.economic_status_on(on),
        registration_region=person.registration_region,
        needs=declared.needs,
        receiving=declared.receiving,
        flags=declared.flags,
    )


def components_of(held: HeldFacts) -> Mapping[Category, Grade]:
    """The grade of each category on the certificate in force; a single disability is its own only component."""
    if held.certificate is None:
        return {}
    return held.certificate.components or {held.certificate.category: held.certificate.grade}


def derived_flags(held: HeldFacts, *, rules: RulesInForce) -> tuple[Derived, ...]:
    """All flags of special difficulty with what is found, why, and by which rule."""
    person = held.person
    situation = Situation(
        on=held.on,
        born_on=person.birth_date,
        components=components_of(held),
        economic_status=person.economic_status_on(held.on),
        home=held.home,
        has_guardian=bool(person.legal_guardians_on(held.on)),
    )
    return derive(situation, rules)


def flags_of(held: HeldFacts, *, rules: RulesInForce) -> Mapping[str, bool]:
    """The flags of special difficulty that follow from what is held; one that cannot be told is missing."""
    return {
        derived.flag.value: derived.finding is Finding.MET
        for derived in derived_flags(held, rules=rules)
        if derived.finding is not Finding.UNKNOWN
    }
