"""马上办: at submission, what the registers of authorities prove is granted in the same transaction."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.application import Application, Package, status_of_benefit
from app.domain.benefit import (
    BenefitCase,
    BenefitGrantedAtOnce,
    BenefitRules,
    Delegation,
    Stage,
    delegation_of,
    grant_at_once,
    proof_of,
    proved_of,
)
from app.domain.certificate import CertificateCase
from app.domain.entitlement import Facts
from app.domain.shared.events import Event
from app.domain.shared.rulebook import Ruled
from app.services.benefit_rules import rules_of
from app.services.deciding import decide_on_benefit
from app.services.duplicate import may_be_twin
from app.services.facts import components_of
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AtOnce:
    """A case as the registers have decided it, and what it was decided upon."""

    case: BenefitCase
    event: BenefitGrantedAtOnce
    facts: Facts
    rules: BenefitRules
    delegation: Ruled[Delegation]


async def granted_at_once(
    cases: Iterable[CertificateCase | BenefitCase],
    application: Application,
    *,
    package: Package,
    withheld: Collection[str],
    is_known: bool,
    uow: UnitOfWork,
) -> Mapping[UUID, AtOnce]:
    """Which of the cases are granted now, by case. The others wait for people, whatever the registers say of them.

    Of somebody who was not on record before, or is very likely on record twice, they prove nothing. And what the person
    does not want to be used is not used: then a human asks for it. Whoever was granted the same before is for a human
    too, who sees where it ends.

    Raises:
        NotComparedYet: the person has come or changed, and is compared first; then the command is run again.
    """
    in_force = uow.rulebook.at(application.region, uow.today)
    asked = [
        (case, delegation)
        for case in cases
        if is_known
        and isinstance(case, BenefitCase)
        and case.stage is Stage.SUBMITTED
        and not _is_withheld(case.item, package, withheld)
        and (delegation := delegation_of(case.item, in_force)) is not None
        and not await uow.grants.others(case.person_id, case.item, than=case.id)
    ]
    if not asked or await may_be_twin(application.person_id, uow=uow):
        return {}
    held = await uow.facts.of(application.person_id, on=uow.today)
    found = (_decided(case, application, held=held, delegation=delegation, uow=uow) for case, delegation in asked)
    return {one.case.id: one for one in found if one is not None}


def with_granted(application: Application, granted: Mapping[UUID, AtOnce]) -> tuple[Application, tuple[Event, ...]]:
    """The application with what was granted at once, and what is told of it."""
    told: list[Event] = []
    for one in granted.values():
        application, events = application.item_progressed(one.case.item, status_of_benefit(one.case.stage))
        told += events
    return application, tuple(told)


async def write_down(one: AtOnce, *, uow: UnitOfWork) -> None:
    """Put on record that it was granted, and the decision with its grounds, its facts and the way to contest it."""
    uow.record(one.event, about=one.case)
    delegated_by = one.delegation.rule.source
    await decide_on_benefit(one.case, facts=one.facts.stated, rules=one.rules, delegated_by=delegated_by, uow=uow)


def _is_withheld(item: str, package: Package, withheld: Collection[str]) -> bool:
    return any(shown.code in withheld for shown in package.evidence if item in shown.needed_by)


def _decided(
    case: BenefitCase, application: Application, *, held: HeldFacts, delegation: Ruled[Delegation], uow: UnitOfWork
) -> AtOnce | None:
    rules = rules_of(case.item, uow.rulebook.at(case.region, uow.today))
    facts = proved_of(
        held.person,
        components=components_of(held),
        receiving=held.receiving,
        delegation=delegation.value,
        on=held.on,
    )
    proof = proof_of(rules, facts)
    if proof is None:
        return None
    owner = application.item(case.item).owner_id
    granted, event = grant_at_once(case, proof, rules=rules, delegation=delegation, owner=owner, on=held.on)
    return AtOnce(case=granted, event=event, facts=facts, rules=rules, delegation=delegation)
