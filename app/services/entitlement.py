"""Use case: what a person is entitled to of the whole catalogue, why, and what would turn it. People decide."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from app.domain.catalogue import ServiceType, service_types
from app.domain.entitlement import Between, Entitlement, Explanation, Facts, amount_due, entitlements, explain
from app.domain.shared.authz import PersonField, person_fields
from app.domain.shared.errors import NotFound
from app.domain.shared.finding import Finding
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.wording import Wording
from app.services.facts import NOTHING_DECLARED, Declared, known
from app.services.need_names import need_names
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork

_ORDER = (Finding.MET, Finding.UNKNOWN, Finding.NOT_MET)
_entitlements = lru_cache(maxsize=256)(entitlements)
_service_types = lru_cache(maxsize=256)(service_types)
"""Read once for a revision of the rules, a place and a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementQuestion:
    """Of whom it is asked, and what the person says to it."""

    person_id: UUID
    declared: Declared = field(default=NOTHING_DECLARED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountView:
    """What is due in money where the conditions are met, with the rule that says so."""

    due: Between
    unit: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementView:
    """One service: what the rules find, why, and how much."""

    service: ServiceType
    explanation: Explanation
    amount: AmountView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementsView:
    """The whole catalogue: first what is met, then what is not known, then what is not met."""

    person_id: UUID
    services: tuple[EntitlementView, ...]
    names: Mapping[str, Wording]
    """Of needs and of services, by their codes in the catalogue."""


async def explain_entitlements(question: EntitlementQuestion, *, uow: UnitOfWork) -> EntitlementsView:
    """Judge every service of the catalogue by what is held of the person and what the person says.

    What is found tells what registers hold: it is told to whom the economic status of this very person is shown.

    Raises:
        NotFound: there is no such person that the caller may know so much of.
    """
    async with uow:
        held = await uow.facts.of(question.person_id, on=uow.today)
        shown = person_fields(uow.actor, person_id=held.person.id, places=held.person.places)
        if PersonField.ECONOMIC_STATUS not in shown:
            raise NotFound("There is no such person. Check the id.")
        rules = uow.rulebook.at(held.person.region, held.on)
        found = tuple(_found(held, question.declared, uow=uow))
        uow.accessed(held.person.id, disclosed=("entitlement", PersonField.ECONOMIC_STATUS))
        return await uow.commit(
            EntitlementsView(
                person_id=held.person.id,
                services=tuple(sorted(found, key=lambda one: _ORDER.index(one.explanation.finding))),
                names={**need_names(rules), **_names(found)},
            )
        )


def _found(held: HeldFacts, declared: Declared, *, uow: UnitOfWork) -> Iterator[EntitlementView]:
    """Each service by the rules that count for it: those of the residence, or those of the registration."""
    person = held.person
    here, registered = (uow.rulebook.at(place, held.on) for place in (person.region, person.registration_region))
    facts = known(held, declared=declared, rules=here)
    for rules, is_where_registered in ((here, False), (registered, True)):
        for service, entitlement in _of_place(rules):
            if entitlement.is_due_where_registered is is_where_registered:
                yield _view(service, entitlement, facts)


def _names(found: Iterable[EntitlementView]) -> Mapping[str, Wording]:
    return {one.service.code: one.service.wording for one in found}


def _of_place(rules: RulesInForce) -> Iterator[tuple[ServiceType, Entitlement]]:
    entitled = _entitlements(rules)
    return ((service, entitled[code]) for code, service in _service_types(rules).items())


def _view(service: ServiceType, entitlement: Entitlement, facts: Facts) -> EntitlementView:
    amount = entitlement.amount
    return EntitlementView(
        service=service,
        explanation=explain(entitlement.criteria, facts),
        amount=None
        if amount is None
        else AmountView(due=amount_due(amount.value, facts), unit=amount.rule.unit, reference=amount.reference),
    )
