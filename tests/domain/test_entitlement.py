"""Criteria follow Kleene's logic, and an explanation of any tree names the few facts that decide it."""

from collections.abc import Mapping
from itertools import combinations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.entitlement import Criteria, Facts, Node, evaluate, explain, parse
from app.domain.shared.entry import RuleValue
from app.domain.shared.finding import Finding, all_of, any_of, at_least, finding_of, opposite
from app.domain.shared.reason import Reason

MET, NOT_MET, UNKNOWN = Finding.MET, Finding.NOT_MET, Finding.UNKNOWN
FINDINGS = st.sampled_from(Finding)
NEEDS = ("a", "b", "c", "d", "e")


def needs(*codes: str) -> dict[str, RuleValue]:
    return {"kind": "need_present", "needs": codes}


def combined(branches: st.SearchStrategy[RuleValue]) -> st.SearchStrategy[RuleValue]:
    several = st.lists(branches, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda of: {"all": of}),
        several.map(lambda of: {"any": of}),
        branches.map(lambda of: {"not": of}),
        several.flatmap(lambda of: st.integers(1, len(of)).map(lambda count: {"at_least": {"count": count, "of": of}})),
    )


TREES = st.recursive(st.sampled_from([needs(code) for code in NEEDS]), combined, max_leaves=5)
KNOWLEDGE = st.dictionaries(st.sampled_from(NEEDS), st.booleans())


def leaves_of(value: object) -> list[str]:
    match value:
        case {"kind": _, "needs": codes}:
            return list(codes)
        case Mapping():
            return [leaf for part in value.values() for leaf in leaves_of(part)]
        case tuple():
            return [leaf for part in value for leaf in leaves_of(part)]
        case _:
            return []


def finding(tree: Node, known: Mapping[str, bool]) -> Finding:
    return evaluate(tree, Facts(needs=known))


def explained(value: RuleValue, facts: Facts) -> tuple[Finding, tuple[Reason, ...], tuple[Reason, ...]]:
    criteria = Criteria(root=parse(value, "test"), citation="invented for the test", rule_versions=("test#1",))
    explanation = explain(criteria, facts)
    return explanation.finding, explanation.reasons, explanation.remedies


@pytest.mark.parametrize(
    "row",
    [
        (MET, MET, MET, MET),
        (MET, UNKNOWN, UNKNOWN, MET),
        (MET, NOT_MET, NOT_MET, MET),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, NOT_MET, NOT_MET, UNKNOWN),
        (NOT_MET, NOT_MET, NOT_MET, NOT_MET),
    ],
)
def test_both_and_either_are_as_in_the_tables_of_kleene(row: tuple[Finding, ...]) -> None:
    one, other, both, either = row

    assert all_of([one, other]) is all_of([other, one]) is both
    assert any_of([one, other]) is any_of([other, one]) is either


def test_what_is_not_known_stays_so_when_it_is_denied() -> None:
    assert [opposite(finding) for finding in (MET, NOT_MET, UNKNOWN)] == [NOT_MET, MET, UNKNOWN]
    assert [finding_of(fact) for fact in (True, False, None)] == [MET, NOT_MET, UNKNOWN]


@given(st.lists(FINDINGS))
def test_de_morgan_holds_for_three_values(findings: list[Finding]) -> None:
    assert opposite(all_of(findings)) is any_of(opposite(finding) for finding in findings)
    assert opposite(any_of(findings)) is all_of(opposite(finding) for finding in findings)


@given(st.lists(FINDINGS), st.integers(1, 6))
def test_at_least_so_many_is_the_opposite_of_too_many_that_are_not(findings: list[Finding], count: int) -> None:
    against = at_least(len(findings) - count + 1, (opposite(finding) for finding in findings))

    assert at_least(count, findings) is opposite(against)


@given(FINDINGS, FINDINGS, FINDINGS)
def test_all_distributes_over_any(one: Finding, other: Finding, third: Finding) -> None:
    assert all_of([one, any_of([other, third])]) is any_of([all_of([one, other]), all_of([one, third])])
    assert opposite(opposite(one)) is one
    assert any_of([one, all_of([one, other])]) is one


@given(TREES, KNOWLEDGE)
def test_a_tree_is_settled_just_when_no_answer_to_what_is_not_known_could_change_it(
    value: RuleValue, known: dict[str, bool]
) -> None:
    leaves = leaves_of(value)
    assume(len(set(leaves)) == len(leaves))
    tree, missing = parse(value, "test"), [leaf for leaf in leaves if leaf not in known]
    completions = [known | dict(zip(missing, row, strict=True)) for row in product([True, False], repeat=len(missing))]
    outcomes = {finding(tree, completion) for completion in completions}

    assert finding(tree, known) is (outcomes.pop() if len(outcomes) == 1 else UNKNOWN)


@given(TREES, KNOWLEDGE, KNOWLEDGE)
def test_to_know_more_never_unsettles_what_is_settled(
    value: RuleValue, known: dict[str, bool], more: dict[str, bool]
) -> None:
    tree = parse(value, "test")
    early, late = finding(tree, known), finding(tree, more | known)

    assert early in {UNKNOWN, late}


@given(TREES, KNOWLEDGE)
def test_an_explanation_finds_what_the_evaluation_finds(value: RuleValue, known: dict[str, bool]) -> None:
    assert explained(value, Facts(needs=known))[0] is finding(parse(value, "test"), known)


@given(TREES, KNOWLEDGE)
def test_the_facts_that_are_named_decide_by_themselves_and_no_fewer_would(
    value: RuleValue, known: dict[str, bool]
) -> None:
    leaves = leaves_of(value)
    assume(len(set(leaves)) == len(leaves))
    tree = parse(value, "test")
    outcome, reasons, _ = explained(value, Facts(needs=known))
    assume(outcome is not UNKNOWN)
    named = {code for reason in reasons for code in leaves_of({"kind": "", "needs": reason.parameters["needs"]})}

    assert finding(tree, {code: known[code] for code in named}) is outcome
    for fewer in combinations(known, len(named) - 1) if named else ():
        assert finding(tree, {code: known[code] for code in fewer}) is not outcome


@given(TREES, KNOWLEDGE)
def test_what_would_turn_it_turns_it(value: RuleValue, known: dict[str, bool]) -> None:
    leaves = leaves_of(value)
    assume(len(set(leaves)) == len(leaves))
    outcome, _, remedies = explained(value, Facts(needs=known))
    changed = [code for remedy in remedies for code in leaves_of({"kind": "", "needs": remedy.parameters["needs"]})]
    turned = {
        finding(parse(value, "test"), known | dict(zip(changed, row, strict=True)))
        for row in product([True, False], repeat=len(changed))
    }

    assert (outcome is MET) == (MET in turned and not remedies)
    assert MET in turned or not remedies
