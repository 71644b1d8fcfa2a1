"""Plans of visits follow from flags and cadence, by dated rules of the region."""

from datetime import date

from app.domain.flag import Flag
from app.domain.roster import VisitTerms, visit_plan
from tests.builders.rules import HERE

TERMS = VisitTerms.of(HERE)
LISTED, SEEN = date(2026, 1, 1), date(2026, 3, 1)


def test_every_flag_has_its_cadence_and_its_weight() -> None:
    assert set(TERMS.every_days_by_flag) == set(TERMS.weight_by_flag) == {flag.value for flag in Flag}


def test_without_a_flag_the_base_counts_and_the_first_visit_comes_soon() -> None:
    plan = visit_plan((), listed_on=LISTED, visited_on=None, terms=TERMS)

    assert (plan.every_days, plan.weight, plan.due_on) == (90, 1, date(2026, 1, 31))
    assert [version.split("@")[0] for version in plan.rule_versions] == ["visit.cadence", "visit.weight"]


def test_the_shortest_cadence_of_all_flags_counts_and_each_weighs_up_to_a_limit() -> None:
    plan = visit_plan(("poor", "severe"), listed_on=LISTED, visited_on=SEEN, terms=TERMS, versions=("flag.poor@CN#1",))
    whole = visit_plan(tuple(Flag), listed_on=LISTED, visited_on=SEEN, terms=TERMS)

    assert (plan.every_days, plan.weight, plan.due_on) == (30, 2, date(2026, 3, 31))
    assert plan.rule_versions[-1] == "flag.poor@CN#1"
    assert whole.weight == TERMS.most_weight
