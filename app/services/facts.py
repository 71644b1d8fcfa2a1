"""The facts of a person as rules ask for them: what is held, what follows from it, and what the person declares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.domain.application import Declared as DeclaredInForm
from app.domain.assessment import NeedStage
from app.domain.benefit import BenefitFacts
from app.domain.certificate import Certificate, CertificateStatus
from app.domain.entitlement import DeclaredFlag, Facts
from app.domain.person import EconomicStatus, Person
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
        has_certificate=held.certificate is not None,
        components=components,
        birth_date=person.birth_date,
        economic_status=person.economic_status_on(held.on),
        registration_region=person.registration_region,
        residence_region=person.region,
        needs={code: _NEED_IS_THERE[stage] for code, stage in held.needs.items() if stage in _NEED_IS_THERE},
        receiving={**declared.receiving, **dict.fromkeys(held.receiving, True)},
        last_received=dict(held.last_received),
        flags={**{flag.value: is_set for flag, is_set in declared.flags.items()}, **flags_of(held, rules=rules)},
    )


def benefit_facts(
    person: Person, certificate: Certificate | None, *, declared: DeclaredInForm, on: date
) -> BenefitFacts:
    """What is known of a person as far as a benefit asks for it: of the registers, and of the form."""
    return BenefitFacts(
        has_certificate=certificate is not None and certificate.status_on(on) is CertificateStatus.IN_FORCE,
        components=certificate.current.components if certificate else {},
        grade=certificate.current.grade if certificate else None,
        age=person.age_on(on),
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


def flags_of(held: HeldFacts, *, rules: RulesInForce) -> Mapping[str, bool]:
    """The flags of special difficulty that follow from what is held; one that cannot be told is missing.

    Source: the operational definitions under `flag.*` in the rulebook.
    """
    found = {
        "multi_in_household": _has_several(held, rules),
        "elderly_disabled": _is_old_and_disabled(held, rules),
        "severe": _is_severe(held, rules),
        "multiple": _is_multiple(held, rules),
        "poor": _is_poor(held.person.economic_status_on(held.on), rules),
    }
    return {flag: is_set for flag, is_set in found.items() if is_set is not None}


def _has_several(held: HeldFacts, rules: RulesInForce) -> bool | None:
    if held.holders_in_household is None:
        return None
    return held.holders_in_household >= rules.entry("flag.multi_in_household").value.whole("holders_at_least")


def _is_old_and_disabled(held: HeldFacts, rules: RulesInForce) -> bool | None:
    age = held.person.age_on(held.on)
    if age is None or held.certificate is None:
        return None
    return age >= rules.entry("flag.elderly_disabled").value.whole("age_at_least")


def _is_severe(held: HeldFacts, rules: RulesInForce) -> bool | None:
    if held.certificate is None:
        return None
    return min(components_of(held).values()) <= rules.entry("flag.severe").value.whole("grade_at_most")


def _is_multiple(held: HeldFacts, rules: RulesInForce) -> bool | None:
    if held.certificate is None:
        return None
    return len(components_of(held)) >= rules.entry("flag.multiple").value.whole("components_at_least")


def _is_poor(status: EconomicStatus | None, rules: RulesInForce) -> bool | None:
    return None if status is None else status.value in rules.entry("flag.poor").value.texts("statuses")
