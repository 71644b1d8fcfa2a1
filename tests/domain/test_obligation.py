"""Whom a plan is owed to follows from dated rule data, with every ground that makes it owed."""

import pytest

from app.domain.person import EconomicStatus
from app.domain.plan import PlanRules, Situation, obligation
from app.domain.shared.entry import MalformedRule, RuleValue
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Grade
from tests.builders import a_rule, rules_in_force
from tests.builders.plan import PLAN_RULES

NO_FLAGS = dict.fromkeys(PLAN_RULES.grounds.value.flags, False)


@pytest.mark.parametrize(
    ("situation", "finding", "reasons"),
    [
        (
            Situation(economic_status=EconomicStatus.LOW_INCOME, grade=Grade.SECOND, flags={"multiple": True}),
            Finding.MET,
            ["plan.hardship.met", "plan.severe.met", "plan.special.met"],
        ),
        (Situation(grade=Grade.FIRST), Finding.MET, ["plan.severe.met"]),
        (
            Situation(economic_status=EconomicStatus.ORDINARY, grade=Grade.THIRD, flags=NO_FLAGS),
            Finding.NOT_MET,
            ["plan.not_owed"],
        ),
        (
            Situation(economic_status=EconomicStatus.ORDINARY, flags=NO_FLAGS),
            Finding.UNKNOWN,
            ["plan.severe.unknown"],
        ),
        (Situation(grade=Grade.FOURTH, flags=NO_FLAGS), Finding.UNKNOWN, ["plan.hardship.unknown"]),
    ],
)
def test_a_plan_is_owed_to_the_poor_the_severe_and_those_in_special_difficulty(
    situation: Situation, finding: Finding, reasons: list[str]
) -> None:
    owed = obligation(situation, PLAN_RULES)

    assert (owed.finding, [reason.code for reason in owed.reasons]) == (finding, reasons)


def test_the_grounds_name_their_source_and_their_rule() -> None:
    owed = obligation(Situation(flags={"multiple": True, "orphan_disabled": True}), PLAN_RULES)

    assert owed.citation == "昌市政办发〔2020〕53号 五(三) and 五(五)2"
    assert owed.rule_versions == ("plan.required_for@65/6523/652301#1",)
    assert [reason.parameters["flags"] for reason in owed.reasons] == [("orphan_disabled",), ("multiple",)]


@pytest.mark.parametrize(
    "value",
    [
        {"all": ()},
        {"any": ({"kind": "grade_at_most", "grade": 2},)},
        {"any": ({"kind": "certificate_in_force"},)},
    ],
)
def test_grounds_of_another_shape_are_refused(value: RuleValue) -> None:
    rules = rules_in_force(
        a_rule("plan.required_for", value, unit="criteria"), a_rule("plan.required_parts", (), unit="list")
    )

    with pytest.raises(MalformedRule):
        PlanRules.of(rules)
