"""马上办: registers alone may grant at once; what is not known waits for a human, and nobody is ever refused so."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.benefit import (
    Action,
    BenefitRules,
    Delegation,
    Finding,
    Grant,
    RuleSubjects,
    Stage,
    delegation_of,
    grant_at_once,
    proof_of,
    proved_of,
)
from app.domain.entitlement import Facts
from app.domain.person import EconomicFact, EconomicStatus, FactSource, Person
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.identity import Category, Grade
from app.domain.shared.rulebook import Ruled
from tests.builders import VILLAGE, a_benefit_case
from tests.builders.rules import BOOK

ON = date(2026, 11, 16)
OWNER = UUID(int=7)
HERE = BOOK.at(VILLAGE, ON)
RULES = BenefitRules.of(
    RuleSubjects(
        criteria="living_subsidy.criteria",
        appeal="benefit.appeal",
        exclusions="living_subsidy.exclusions",
        amount="living_subsidy.amount",
        choices="living_subsidy.choose_the_higher",
    ),
    HERE,
)
COMPONENTS = {Category.PHYSICAL: Grade.SECOND}


def the_delegation() -> Ruled[Delegation]:
    delegation = delegation_of("living_subsidy", HERE)
    assert delegation is not None
    return delegation


def a_person(*facts: tuple[EconomicStatus, FactSource]) -> Person:
    return Person(
        id=UUID(int=1),
        region=VILLAGE,
        registration_region=VILLAGE,
        economic_statuses=tuple(
            EconomicFact(status=status, source=source, valid_from=date(2026, 1, 1)) for status, source in facts
        ),
    )


def proved(*facts: tuple[EconomicStatus, FactSource], **changes: Any) -> Facts:
    given_facts: dict[str, Any] = {"components": COMPONENTS, "receiving": (), "delegation": the_delegation().value}
    return proved_of(a_person(*facts), on=ON, **(given_facts | changes))


POOR = EconomicStatus.SUBSISTENCE_ALLOWANCE
BY_AUTHORITY = (POOR, FactSource.AUTHORITY)


def test_what_the_registers_prove_is_granted_from_the_month_of_application() -> None:
    proof = proof_of(RULES, proved(BY_AUTHORITY))
    assert proof is not None

    case, event = grant_at_once(
        a_benefit_case(stage=Stage.SUBMITTED), proof, rules=RULES, delegation=the_delegation(), owner=OWNER, on=ON
    )

    assert case.stage is Stage.GRANTED
    assert isinstance(case.granted, Grant)
    assert (case.done[-1].by, case.done[-1].organisation_id, case.done[-1].role) == (None, OWNER, Role.CIVIL_AFFAIRS)
    assert event.organisation_id == OWNER
    assert the_delegation().reference in event.rule_versions
    assert case.granted.first_month.day == 1


@pytest.mark.parametrize("source", [source for source in FactSource if source is not FactSource.AUTHORITY])
def test_what_no_authority_has_on_record_proves_nothing(source: FactSource) -> None:
    assert proof_of(RULES, proved((POOR, source))) is None


@pytest.mark.parametrize(
    "facts",
    [
        proved(BY_AUTHORITY, components={}),
        proved(),
        proved(BY_AUTHORITY, (EconomicStatus.ORDINARY, FactSource.AUTHORITY)),
        proved((EconomicStatus.EXTREME_HARDSHIP, FactSource.AUTHORITY)),
        proved(BY_AUTHORITY, receiving=("orphan_allowance",)),
        proved(BY_AUTHORITY, receiving=("retired_cadre_allowance",)),
        proved(BY_AUTHORITY, delegation=Delegation(role=Role.CIVIL_AFFAIRS, complete_registers=frozenset())),
    ],
    ids=["no certificate", "nothing", "two say otherwise", "kept", "excluded", "to be chosen", "registers have gaps"],
)
def test_all_else_waits_for_a_human(facts: Facts) -> None:
    assert proof_of(RULES, facts) is None


@pytest.mark.parametrize(
    ("words", "is_proved"),
    [((None,), True), ((1,), False), ((1, 1), False), ((1, 2), True), ((1, None), True)],
    ids=["the register", "one", "one twice", "two", "the register and one"],
)
def test_what_one_person_has_typed_in_proves_nothing_by_itself(
    words: tuple[int | None, ...], *, is_proved: bool
) -> None:
    person = a_person(*[BY_AUTHORITY] * len(words))
    typed_in = tuple(
        replace(fact, recorded_by=None if word is None else UUID(int=word))
        for fact, word in zip(person.economic_statuses, words, strict=True)
    )

    facts = proved_of(
        replace(person, economic_statuses=typed_in),
        components=COMPONENTS,
        receiving=(),
        delegation=the_delegation().value,
        on=ON,
    )

    assert (proof_of(RULES, facts) is not None) is is_proved


def test_a_choice_that_is_not_known_waits_for_a_human() -> None:
    known = dict.fromkeys(the_delegation().value.complete_registers - {"retired_cadre_allowance"}, False)

    assert proof_of(RULES, replace(proved(BY_AUTHORITY), receiving=known)) is None


def test_only_a_case_that_nobody_has_begun_with_is_granted_at_once() -> None:
    proof = proof_of(RULES, proved(BY_AUTHORITY))
    assert proof is not None
    for stage in set(Stage) - {Stage.SUBMITTED}:
        with pytest.raises(IllegalTransition):
            grant_at_once(
                replace(a_benefit_case(), stage=stage),
                proof,
                rules=RULES,
                delegation=the_delegation(),
                owner=OWNER,
                on=ON,
            )


def test_a_place_that_says_nothing_grants_nothing_at_once() -> None:
    assert delegation_of("nursing_subsidy", HERE) is None
    assert delegation_of("living_subsidy", BOOK.at("65/6523/652302", ON)) is None


FACTS = st.builds(
    Facts,
    has_certificate=st.none() | st.booleans(),
    components=st.dictionaries(st.sampled_from(Category), st.sampled_from(Grade), max_size=2),
    age=st.none() | st.integers(0, 110),
    economic_status=st.none() | st.sampled_from(EconomicStatus),
    receiving=st.dictionaries(
        st.sampled_from(sorted(the_delegation().value.complete_registers | {"living_subsidy"})), st.booleans()
    ),
)


@given(facts=FACTS)
def test_no_facts_whatever_lead_to_a_refusal_or_to_a_grant_with_anything_open(facts: Facts) -> None:
    proof = proof_of(RULES, facts)

    if proof is None:
        return
    case, _ = grant_at_once(a_benefit_case(), proof, rules=RULES, delegation=the_delegation(), owner=OWNER, on=ON)
    assert (case.stage, case.refusal) == (Stage.GRANTED, None)
    assert {reason.finding for reason in proof.reasons} == {Finding.MET}


def test_a_machine_has_no_step_that_refuses() -> None:
    lifecycle = a_benefit_case().route.lifecycle

    by_itself = {action for action, step in lifecycle.steps.items() if step.operation is None and not step.reopens}

    assert {Action.RELEASE, Action.GRANT_AT_ONCE, Action.DEEM_ACCEPTED, Action.DEEM_GRANTED, Action.REST} <= by_itself
    assert Stage.REFUSED not in {lifecycle.steps[action].target for action in by_itself}
