"""What came of people's plans speaks for and against providers, once it is enough, and hard cases never against one."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.matching import Criterion, OutcomeRules, Outcomes, Scale, Served, Side, outcomes_of
from app.domain.matching.judging import outcome
from app.domain.plan import Findings, Observation, Outcome, Plan, PlanStage, Seen, seen_of
from app.domain.referral import (
    Override,
    OverrideReason,
    Reasoned,
    ReferralStage,
    RevokeReason,
    TransferReason,
    is_its_doing,
)
from app.domain.shared.quantity import Quantity, Unit
from tests.builders import MONDAY, TOWNSHIP_OFFICER
from tests.builders.people import COMMISSIONER
from tests.builders.plan import IN_A_YEAR, ITEM_ID, a_content, a_goal, a_plan
from tests.builders.referral import a_referral
from tests.builders.rules import HERE

RULES, SCALE = OutcomeRules.of(HERE), Scale.of(HERE)
PROVIDER, OTHER = UUID(int=1), UUID(int=2)
LONG_AGO = date(2020, 1, 1)
FEW = SCALE.fewest_outcomes


def served(*seen: str, provider: UUID = PROVIDER, hours: int = 40, delivered: int | None = None) -> Served:
    """A step of forty hours, all of them delivered."""
    done = hours if delivered is None else delivered
    return Served(provider_id=provider, planned=Quantity(amount=hours, unit=Unit.HOUR), delivered=done, seen=seen)


def points_of(*steps: Served) -> int | None:
    """What one person's case is worth for the provider; None where it does not count."""
    found = outcomes_of(steps, is_hard=False, rules=RULES).get(PROVIDER)
    return found.total if found else None


def judged(outcomes: Outcomes) -> tuple[int, Side, str]:
    said = outcome(outcomes, SCALE)
    assert said.criterion is Criterion.OUTCOME
    return said.points, said.side, said.reason.code.removeprefix("matching.outcome.")


def test_goals_and_deliveries_make_the_points_of_a_step() -> None:
    expected = {
        (): None,
        ("cannot_tell",): None,
        ("reached",): 100,
        ("partly_reached",): 65,
        ("not_reached",): 30,
        ("reached", "not_reached"): 65,
        ("reached", "cannot_tell"): 100,
    }

    assert {seen: points_of(served(*seen)) for seen in expected} == expected
    assert [points_of(served("reached", delivered=hours)) for hours in (0, 20, 40, 400)] == [70, 85, 100, 100]


def test_each_person_is_one_case_however_many_steps_there_are() -> None:
    good, bad = served("reached", hours=8), served("not_reached", hours=40, delivered=0)

    assert points_of(bad, *(served("reached", hours=1) for _ in range(10))) == 20
    assert points_of(good, bad) == 16
    assert outcomes_of([good, bad], is_hard=False, rules=RULES) == {PROVIDER: Outcomes(1, 16)}
    assert outcomes_of([good, replace(bad, provider_id=OTHER)], is_hard=True, rules=RULES) == {
        PROVIDER: Outcomes(hard=1, hard_total=100),
        OTHER: Outcomes(hard=1, hard_total=0),
    }


def test_many_tiny_cases_lift_nobody() -> None:
    honest = Outcomes(12, 12 * 40)
    tiny = [outcomes_of([served("reached", hours=1)], is_hard=False, rules=RULES) for _ in range(1000)]

    gamed = honest
    for one in tiny:
        gamed = gamed.and_also(one.get(PROVIDER, Outcomes()))

    assert judged(gamed) == judged(honest) == (40, Side.AGAINST, "seen")
    assert judged(Outcomes(12, 12 * 40)) == judged(Outcomes(1200, 1200 * 40))


def test_of_too_few_nothing_is_said() -> None:
    assert judged(Outcomes()) == (50, Side.NEITHER, "too_few")
    assert judged(Outcomes(FEW - 1, 0)) == judged(Outcomes(FEW - 1, 100 * (FEW - 1))) == (50, Side.NEITHER, "too_few")
    assert judged(Outcomes(FEW, 80 * FEW)) == (80, Side.FOR, "seen")
    assert judged(Outcomes(FEW, 20 * FEW)) == (20, Side.AGAINST, "seen")


@given(people=st.integers(0, 40), mean=st.integers(0, 100), hard=st.lists(st.integers(0, 100), max_size=40))
def test_hard_cases_never_count_against_whoever_serves_them(people: int, mean: int, hard: list[int]) -> None:
    without = Outcomes(people, people * mean)
    with_them = without.and_also(Outcomes(hard=len(hard), hard_total=sum(hard)))

    assert judged(with_them)[0] >= judged(without)[0]


def test_hard_cases_that_went_well_count() -> None:
    assert judged(Outcomes(10, 500, 10, 900)) == (70, Side.FOR, "with_hard")
    assert judged(Outcomes(0, 0, 10, 900)) == (90, Side.FOR, "with_hard")
    assert judged(Outcomes(2, 0, 10, 100)) == (50, Side.NEITHER, "mostly_hard")
    assert judged(Outcomes(10, 800, 90, 0)) == (80, Side.FOR, "seen")


def test_who_is_hard_to_serve_is_data() -> None:
    assert {"severe", "multiple"} <= RULES.hard_flags


def reviewed(plan: Plan, seen: Seen, *, on: date) -> Plan:
    observations = tuple(Observation(goal=number, seen=seen) for number, _ in enumerate(plan.content.goals, start=1))
    return plan.review(Findings(observations=observations, next_review_on=None), by=COMMISSIONER, on=on)[0]


def test_a_goal_speaks_once_its_day_has_come_and_the_last_review_counts() -> None:
    plan = a_plan(PlanStage.ACTIVE)
    early = reviewed(plan, Seen.NOT_REACHED, on=IN_A_YEAR - timedelta(days=1))
    due = reviewed(early, Seen.NOT_REACHED, on=IN_A_YEAR)
    later = reviewed(due, Seen.REACHED, on=IN_A_YEAR + timedelta(days=20))

    found = [seen_of(ITEM_ID, [one], since=LONG_AGO) for one in (plan, early, due, later)]

    assert found == [(), (), (Seen.NOT_REACHED,), (Seen.REACHED,)]
    assert seen_of(UUID(int=0x999), [later], since=LONG_AGO) == ()
    assert seen_of(ITEM_ID, [later], since=IN_A_YEAR + timedelta(days=21)) == ()


def test_of_what_nobody_has_looked_at_a_closed_plan_says_what_it_came_to() -> None:
    plan = replace(a_plan(PlanStage.ACTIVE), content=a_content(goals=(a_goal(), a_goal(item_ids=(UUID(int=5),)))))

    def closed(outcome: Outcome) -> Plan:
        return plan.close(by=TOWNSHIP_OFFICER, on=MONDAY, outcome=outcome, referrals=())[0]

    assert seen_of(ITEM_ID, [closed(Outcome.PARTLY_REACHED)], since=LONG_AGO) == (Seen.PARTLY_REACHED,)
    assert seen_of(ITEM_ID, [closed(Outcome.PERSON_LEFT)], since=LONG_AGO) == ()
    assert seen_of(ITEM_ID, [closed(Outcome.REACHED)], since=IN_A_YEAR) == ()


def test_the_newest_revision_that_says_something_counts() -> None:
    first = reviewed(a_plan(PlanStage.ACTIVE), Seen.NOT_REACHED, on=IN_A_YEAR)
    second = replace(reviewed(a_plan(PlanStage.ACTIVE), Seen.REACHED, on=IN_A_YEAR), revision=2)
    third = replace(a_plan(PlanStage.ACTIVE), revision=3)

    assert seen_of(ITEM_ID, [third, first, second], since=LONG_AGO) == (Seen.REACHED,)


def test_what_ended_for_the_persons_sake_is_not_the_providers_doing() -> None:
    over = a_referral(ReferralStage.DELIVERED, ends_on=MONDAY)
    seen_on_site = Override(reason=OverrideReason.SEEN_ON_SITE, words="看过")
    died = Override(reason=OverrideReason.PERSON_DIED, words="去世")
    tomorrow = MONDAY + timedelta(days=1)

    its_own = [
        a_referral(ReferralStage.CONFIRMED),
        replace(a_referral(ReferralStage.OVERRIDDEN), override=seen_on_site),
        over,
        a_referral(ReferralStage.ACCEPTED, ends_on=MONDAY),
        replace(a_referral(ReferralStage.REVOKED), revocation=Reasoned(reason=RevokeReason.PROVIDER_FAILED)),
        replace(a_referral(ReferralStage.TRANSFERRED), transfer_reason=Reasoned(reason=TransferReason.PROVIDER_UNABLE)),
    ]
    not_its_own = [
        a_referral(ReferralStage.DELIVERED),
        a_referral(ReferralStage.DELIVERED, ends_on=tomorrow),
        a_referral(ReferralStage.PAUSED, ends_on=MONDAY),
        a_referral(ReferralStage.DECLINED),
        replace(a_referral(ReferralStage.OVERRIDDEN), override=died),
        replace(a_referral(ReferralStage.REVOKED), revocation=Reasoned(reason=RevokeReason.PERSON_DIED)),
        replace(a_referral(ReferralStage.TRANSFERRED), transfer_reason=Reasoned(reason=TransferReason.PERSON_MOVED)),
    ]
    assert [is_its_doing(one, on=tomorrow) for one in its_own] == [True] * len(its_own)
    assert [is_its_doing(one, on=tomorrow) for one in not_its_own] == [False] * len(not_its_own)
