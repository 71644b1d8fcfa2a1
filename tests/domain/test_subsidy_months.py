"""The two subsidies month by month: every combination that the documents name, with the months at its borders.

Each row is a life as a timeline of facts. A human grants what the rules propose, and stops it when they say that a
condition has ceased, on the day on which it did. A number is the yuan that are due for the month; `+` is due where no
amount is known, `?` is left to the person, who chooses the higher one, and `-` is not due.

Source: 国发〔2015〕52号, 民发〔2016〕99号, 新民规发〔2022〕3号, 新民发〔2026〕20号.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.adapters.rulebooks import load_rulebooks
from app.domain.benefit import BenefitRules, Finding, Grant, RuleSubjects, ceased_on
from app.domain.entitlement import Facts, amount_due
from app.domain.person import EconomicStatus
from app.domain.shared.identity import Category, Grade
from app.domain.shared.provenance import Confidence
from app.domain.shared.rulebook import Rule, Rulebook
from app.domain.shared.span import month_of, months_between

XINJIANG, QINGYANG, ELSEWHERE = "65/6523/652301/652301104/652301104201", "62/6210/621002", "11/1101"
"""The third stands for a place that lets people choose between long-term-care insurance and the subsidy."""
CHOICE_ELSEWHERE = Rule(
    subject="nursing_subsidy.choose_the_higher",
    value=("long_term_care_insurance", "elderly_service_subsidy"),
    unit="list",
    source="invented, as some places have it",
    confidence=Confidence.DOUBTFUL,
    valid_from=date(2016, 1, 1),
    recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    region=ELSEWHERE,
)
AMOUNT_ELSEWHERE = replace(CHOICE_ELSEWHERE, subject="nursing_subsidy.amount", value=10000, unit="fen_per_month")
LIVING_ELSEWHERE = replace(AMOUNT_ELSEWHERE, subject="living_subsidy.amount")
BOOK = Rulebook([*load_rulebooks(), CHOICE_ELSEWHERE, AMOUNT_ELSEWHERE, LIVING_ELSEWHERE])
DIBAO, TEKUN, EDGE = EconomicStatus.SUBSISTENCE_ALLOWANCE, EconomicStatus.EXTREME_HARDSHIP, EconomicStatus.LOW_INCOME
ALLOWANCES = (
    *("work_injury_nursing_fee", "orphan_allowance", "elderly_nursing_allowance", "disabled_soldier_pension"),
    *("line_of_duty_disability_allowance", "retired_cadre_allowance", "long_term_care_insurance"),
)
NOTHING = dict.fromkeys(ALLOWANCES, False)
FIRST, LAST = date(2025, 11, 1), date(2026, 4, 1)
"""The months that the table shows: from November 2025 to April 2026."""


def receiving(*codes: str) -> dict[str, Any]:
    return {"receiving": NOTHING | dict.fromkeys(codes, True)}


@dataclass(frozen=True)
class Life:
    """What is so from the beginning, and what changes on which day."""

    what: str
    living: str
    nursing: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[date, Mapping[str, Any]] = field(default_factory=dict)
    applied_on: date = date(2025, 12, 10)
    decided_on: date = date(2026, 2, 3)
    region: str = XINJIANG

    def facts_on(self, on: date) -> Facts:
        told: dict[str, Any] = {
            "has_certificate": True,
            "components": {Category.PHYSICAL: Grade.SECOND},
            "age": 42,
            "economic_status": DIBAO,
            "registration_region": self.region,
            "receiving": NOTHING,
            "needs": {"long_term_care": True},
            **self.facts,
        }
        for day, change in sorted(self.changes.items()):
            told |= change if day <= on else {}
        return Facts(**told)

    def finding_on(self, item: str, on: date) -> Finding:
        return rules_of(item, self.region, on).proposal(self.facts_on(on)).finding


def rules_of(item: str, region: str, on: date) -> BenefitRules:
    subjects = RuleSubjects(
        criteria=f"{item}.criteria",
        appeal="benefit.appeal",
        exclusions=f"{item}.exclusions",
        amount=f"{item}.amount" if BOOK.at(region, on).has(f"{item}.amount") else None,
        choices=f"{item}.choose_the_higher",
    )
    return BenefitRules.of(subjects, BOOK.at(region, on))


def days_after(first: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(90))


def months(life: Life, item: str) -> str:
    """What is due in each month, as a human decides who follows the rules."""
    decided = life.finding_on(item, life.decided_on)
    grant = Grant(first_month=month_of(life.applied_on))
    later = [day for day in days_after(life.decided_on) if life.finding_on(item, day) is not Finding.MET]
    turned = later[0] if later else None
    if decided is Finding.MET and turned is not None and life.finding_on(item, turned) is Finding.NOT_MET:
        ceased = ceased_on(lambda on: life.finding_on(item, on), since=life.decided_on, until=turned)
        assert ceased == turned
        grant = grant.stopped(turned, because="invented")
    open_from = life.applied_on if decided is Finding.UNKNOWN else turned if grant.last_month is None else None
    shown = []
    for month in months_between(FIRST, LAST):
        if decided is Finding.NOT_MET or not grant.is_due_for(month):
            shown.append("-")
        elif open_from and (decided is Finding.UNKNOWN or month > month_of(open_from)):
            shown.append("?")
        else:
            amount = rules_of(item, life.region, month).amount
            shown.append(str(amount_due(amount.value, life.facts_on(month)).least // 100) if amount else "+")
    return " ".join(shown)


LIVES = [
    # November, December 2025, January, February, March, April 2026
    Life("both conditions are met: both are due", "- 120 140 140 140 140", "- 120 140 140 140 140"),
    Life(
        "applied on the last day of a month: that month counts",
        "120 120 140 140 140 140",
        "120 120 140 140 140 140",
        applied_on=date(2025, 11, 30),
    ),
    Life(
        "applied on the first day of a month: the month before does not",
        "- 120 140 140 140 140",
        "- 120 140 140 140 140",
        applied_on=date(2025, 12, 1),
    ),
    Life("on no list of hardship, grade 2", "- - - - - -", "- 120 140 140 140 140", {"economic_status": EDGE}),
    Life(
        "in hardship, grade 3",
        "- 120 140 140 140 140",
        "- - - - - -",
        {"components": {Category.VISUAL: Grade.THIRD}},
    ),
    Life(
        "several disabilities: the heaviest counts",
        "- 120 140 140 140 140",
        "- 120 140 140 140 140",
        {"components": {Category.VISUAL: Grade.FOURTH, Category.MENTAL: Grade.FIRST}},
    ),
    Life("kept by the state", "- - - - - -", "- - - - - -", {"economic_status": TEKUN}),
    Life(
        "kept by the state from a day in February: February is the last month",
        "- 120 140 140 - -",
        "- 120 140 140 - -",
        changes={date(2026, 2, 20): {"economic_status": TEKUN}},
    ),
    Life(
        "kept by the state from the last day of February",
        "- 120 140 140 - -",
        "- 120 140 140 - -",
        changes={date(2026, 2, 28): {"economic_status": TEKUN}},
    ),
    Life(
        "kept by the state from the first day of March: March is the last month",
        "- 120 140 140 140 -",
        "- 120 140 140 140 -",
        changes={date(2026, 3, 1): {"economic_status": TEKUN}},
    ),
    Life("receives the nursing fee of work injury", "- - - - - -", "- - - - - -", receiving("work_injury_nursing_fee")),
    Life(
        "begins to receive it in March",
        "- 120 140 140 140 -",
        "- 120 140 140 140 -",
        changes={date(2026, 3, 15): receiving("work_injury_nursing_fee")},
    ),
    Life("an orphan with the basic allowance", "- - - - - -", "- 120 140 140 140 140", receiving("orphan_allowance")),
    Life(
        "becomes an orphan with the allowance in March",
        "- 120 140 140 140 -",
        "- 120 140 140 140 140",
        changes={date(2026, 3, 31): receiving("orphan_allowance")},
    ),
    Life(
        "an elderly nursing allowance: of the same kind as nursing alone",
        "- 120 140 140 140 140",
        "- ? ? ? ? ?",
        receiving("elderly_nursing_allowance"),
    ),
    Life(
        "an allowance for disability in the line of duty (因公致残): chooses for both",
        "- ? ? ? ? ?",
        "- ? ? ? ? ?",
        receiving("line_of_duty_disability_allowance"),
    ),
    Life(
        "a retired cadre (离休): chooses for both",
        "- ? ? ? ? ?",
        "- ? ? ? ? ?",
        receiving("retired_cadre_allowance"),
    ),
    Life(
        "comes to such an allowance in February: from March on the person chooses",
        "- 120 140 140 ? ?",
        "- 120 140 140 ? ?",
        changes={date(2026, 2, 10): receiving("retired_cadre_allowance")},
    ),
    Life(
        "pensioned as a disabled soldier, in 新疆: no rule against it was found",
        "- 120 140 140 140 140",
        "- 120 140 140 140 140",
        receiving("disabled_soldier_pension"),
    ),
    Life(
        "pensioned as a disabled soldier, in 庆阳",
        "- - - - - -",
        "- - - - - -",
        receiving("disabled_soldier_pension"),
        region=QINGYANG,
    ),
    Life(
        "no soldier, in 庆阳: no amount of the place was found",
        "- + + + + +",
        "- + + + + +",
        region=QINGYANG,
    ),
    Life(
        "long-term-care insurance, in 新疆: no rule against it was found",
        "- 120 140 140 140 140",
        "- 120 140 140 140 140",
        receiving("long_term_care_insurance"),
    ),
    Life(
        "long-term-care insurance where places let people choose",
        "- 100 100 100 100 100",
        "- ? ? ? ? ?",
        receiving("long_term_care_insurance"),
        region=ELSEWHERE,
    ),
    Life(
        "the certificate expires with January: the first of February is the first day without it",
        "- 120 140 140 - -",
        "- 120 140 140 - -",
        changes={date(2026, 2, 1): {"has_certificate": False}},
        decided_on=date(2026, 1, 20),
    ),
    Life(
        "the grade changes from 2 to 3 in February: only nursing ends",
        "- 120 140 140 140 140",
        "- 120 140 140 - -",
        changes={date(2026, 2, 15): {"components": {Category.PHYSICAL: Grade.THIRD}}},
    ),
    Life(
        "leaves the subsistence allowance in February: only living ends",
        "- 120 140 140 - -",
        "- 120 140 140 140 140",
        changes={date(2026, 2, 15): {"economic_status": EDGE}},
    ),
    Life(
        "leaves it before the decision: what was not met when it was decided was never due",
        "- - - - - -",
        "- 120 140 140 140 140",
        changes={date(2026, 1, 15): {"economic_status": EDGE}},
    ),
    Life("nobody knows what else is received", "- ? ? ? ? ?", "- ? ? ? ? ?", {"receiving": {}}),
    Life(
        "the subsidy itself is no allowance of the same kind, and no income",
        "- 120 140 140 140 140",
        "- 120 140 140 140 140",
        {"receiving": NOTHING | {"nursing_subsidy": True, "living_subsidy": True}},
    ),
]


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.what)
def test_each_month_is_due_as_the_documents_say(life: Life) -> None:
    assert months(life, "living_subsidy") == life.living
    assert months(life, "nursing_subsidy") == life.nursing


def test_both_may_be_had_together_and_neither_counts_as_income() -> None:
    rules = BOOK.at(XINJIANG, LAST)

    assert rules.flag("subsidy.both_together").value is True
    assert rules.flag("subsidy.counts_as_income").value is False


def test_the_rules_say_from_which_month_it_counts_and_from_which_it_stops() -> None:
    rules = BOOK.at(XINJIANG, LAST)

    assert rules.value("subsidy.counted_from").value == "month_of_application"
    assert rules.value("subsidy.stops_from").value == "month_after"


@pytest.mark.parametrize(
    ("not_met_from", "found"),
    [(date(2026, 3, 1), date(2026, 3, 1)), (date(2026, 2, 4), date(2026, 2, 4)), (date(2026, 4, 2), None)],
)
def test_the_day_on_which_a_condition_ceased_is_the_first_without_it(not_met_from: date, found: date | None) -> None:
    def finding_on(on: date) -> Finding:
        return Finding.NOT_MET if on >= not_met_from else Finding.MET

    assert ceased_on(finding_on, since=date(2026, 2, 3), until=date(2026, 4, 1)) == found


def test_a_condition_that_was_met_again_in_between_ceased_the_last_time() -> None:
    lapses = {date(2026, 2, 10), date(2026, 2, 20), date(2026, 2, 21)}

    found = ceased_on(
        lambda on: Finding.NOT_MET if on in lapses else Finding.MET, since=date(2026, 2, 3), until=date(2026, 2, 21)
    )

    assert found == date(2026, 2, 20)


def test_a_condition_that_was_never_met_ceased_on_the_day_of_the_decision_at_the_earliest() -> None:
    assert ceased_on(lambda _: Finding.NOT_MET, since=date(2026, 2, 3), until=date(2026, 3, 1)) == date(2026, 2, 3)
