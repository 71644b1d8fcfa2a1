"""马上办: what the registers of authorities prove is granted in the moment of the application. Nobody is refused so."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.domain.benefit.case import BenefitCase
from app.domain.benefit.events import BenefitGrantedAtOnce
from app.domain.benefit.grant import Grant
from app.domain.benefit.proposal import Proposal
from app.domain.benefit.route import Action
from app.domain.benefit.rules import BenefitRules
from app.domain.entitlement import Facts
from app.domain.person import EconomicFact, EconomicStatus, FactSource, Person, in_force
from app.domain.shared.access import Role
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Category, Grade
from app.domain.shared.rulebook import Ruled, RulesInForce

WORDS = 2
"""So many people of an authority say the same before what they have typed in proves anything by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """That a benefit may be granted at once in a place, and for which post its organisation answers for it.

    Source: 国办发〔2023〕29号; each place says by its own rule where it does so.
    """

    role: Role
    complete_registers: frozenset[str]
    """Allowances whose registers are complete here: whoever is not on one does not receive it."""


def delegation_of(item: str, rules: RulesInForce) -> Ruled[Delegation] | None:
    """What a place says about granting an item at once; None where it says nothing, as most do.

    Raises:
        MalformedRule: it names a role that there is not.
    """
    subject = f"{item}.at_once"
    if not rules.has(subject):
        return None
    entry = rules.entry(subject)
    return Ruled(_delegation(entry.value), entry.rule)


def proved_of(
    person: Person,
    *,
    components: Mapping[Category, Grade],
    receiving: Collection[str],
    delegation: Delegation,
    on: date,
) -> Facts:
    """What authorities have on record themselves (assurance class A), and nothing that anybody has declared.

    `components` are those of a certificate in force, and empty where there is none. Two authorities that say
    different things prove nothing, and nor does what one person alone has typed in: by that word nobody looks again.

    Source: 国办函〔2016〕108号: class A is used as it is.
    """
    return Facts(
        has_certificate=True if components else None,
        components=components,
        economic_status=_status_on_record(in_force(person.economic_statuses, on)),
        receiving={
            **dict.fromkeys(sorted(delegation.complete_registers), False),
            **dict.fromkeys(sorted(receiving), True),
        },
    )


def proof_of(rules: BenefitRules, facts: Facts) -> Proposal | None:
    """What the rules find where every condition is met beyond doubt; None where a human must look, for whatever reason.

    An allowance among which and this benefit the person would have to choose must be known not to be received.
    """
    choices = rules.choices.value if rules.choices else ()
    if any(facts.receiving.get(code) is not False for code in choices):
        return None
    proposal = rules.proposal(facts)
    return proposal if proposal.finding is Finding.MET else None


def grant_at_once(
    case: BenefitCase, proof: Proposal, *, rules: BenefitRules, delegation: Ruled[Delegation], owner: UUID, on: date
) -> tuple[BenefitCase, BenefitGrantedAtOnce]:
    """The case as granted by the rules, and the fact of it. Nobody does this; `owner` is who answers for it.

    Raises:
        IllegalTransition: it waits for something, or somebody has begun with it.
    """
    assert proof.finding is Finding.MET  # `proof_of` gives no other
    step = case.route.lifecycle.step_by_itself(case, Action.GRANT_AT_ONCE, on=on)
    answered = replace(step, organisation_id=owner, role=delegation.value.role)
    decided = Grant.of(proof, rules, applied_on=case.applied_on, also_used=(delegation.reference,))
    granted = replace(
        case,
        stage=step.stage,
        done=(*case.done, answered),
        proposal=proof,
        granted=decided,
        rule_versions=decided.rule_versions,
    )
    return granted, BenefitGrantedAtOnce(
        case_id=case.id,
        item=case.item,
        organisation_id=owner,
        granted_on=on,
        first_month=decided.first_month,
        amount_fen=decided.amount_fen,
        unit=decided.unit,
        rule_versions=decided.rule_versions,
    )


def _status_on_record(facts: Iterable[EconomicFact]) -> EconomicStatus | None:
    """The one status that authorities tell: a register itself, or two people of theirs."""
    told = [fact for fact in facts if fact.source is FactSource.AUTHORITY]
    statuses, words = {fact.status for fact in told}, {fact.recorded_by for fact in told}
    is_sure = None in words or len(words) >= WORDS
    return statuses.pop() if is_sure and len(statuses) == 1 else None


def _delegation(entry: Entry) -> Delegation:
    entry.require_only("role", "complete_registers")
    if entry.text("role") not in set(Role):
        raise MalformedRule(f"{entry.where} names a role that there is not.")
    return Delegation(role=Role(entry.text("role")), complete_registers=frozenset(entry.texts("complete_registers")))
