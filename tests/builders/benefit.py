"""Benefit cases at any stage, and what goes into them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.domain import benefit
from app.domain.benefit import BenefitCase, BenefitRules, Finding, Proposal, Route, RuleSubjects, Step
from app.domain.payment import PaymentRoll, RollStage, Totals
from app.domain.recheck import Recheck, RecheckStage, RunningGrant, Trigger
from app.domain.shared.access import Principal, Role
from app.domain.shared.refusal import Refusal
from app.domain.shared.transitions import Done
from tests.builders.people import (
    AFTER_NOTICE,
    APPLICATION_ID,
    CASE_ID,
    CIVIL_AFFAIRS,
    COUNTY,
    COUNTY_OFFICER,
    MONDAY,
    NOW,
    PERSON_ID,
    REVIEWER,
    TOWNSHIP_OFFICER,
    VILLAGE,
    WEEKDAYS,
    a_rule,
    rules_in_force,
)


def a_step(action: benefit.Action, *roles: Role, working_days: int | None = 10) -> Step:
    return Step(code=action.value, action=action, roles=frozenset(roles), working_days=working_days)


SUBSIDY_ROUTE = Route(
    (
        a_step(benefit.Action.ACCEPT, Role.TOWNSHIP_OFFICER, working_days=5),
        a_step(benefit.Action.CHECK, Role.TOWNSHIP_OFFICER),
        a_step(benefit.Action.POST_NOTICE, Role.TOWNSHIP_OFFICER, working_days=5),
        a_step(benefit.Action.VERIFY, Role.COUNTY_REVIEWER),
        a_step(benefit.Action.GRANT, Role.CIVIL_AFFAIRS),
    )
)
SHORT_ROUTE = Route(
    (
        a_step(benefit.Action.ACCEPT, Role.TOWNSHIP_OFFICER, working_days=None),
        a_step(benefit.Action.GRANT, Role.COUNTY_OFFICER, working_days=None),
    )
)

BENEFIT_RULEBOOK = (
    a_rule("help.criteria", {"all": ({"kind": "certificate_in_force"},)}, unit="criteria"),
    a_rule("help.appeal", {"body": "county_government", "days": 60, "unit": "calendar_days"}, unit="appeal"),
    a_rule("help.amount", 14000, unit="fen_per_month"),
)
BENEFIT_RULES = BenefitRules.of(
    RuleSubjects(criteria="help.criteria", appeal="help.appeal", amount="help.amount"),
    rules_in_force(*BENEFIT_RULEBOOK),
)


def a_proposal(finding: Finding = Finding.MET) -> Proposal:
    return Proposal(finding=finding, reasons=(), rule_versions=("help.criteria@CN#1",), amount_fen=14000)


def a_benefit_refusal(text: str = "invented words for the person") -> Refusal[benefit.RefusalReason]:
    return Refusal(reason=benefit.RefusalReason.CONDITIONS_NOT_MET, text=text, appeal=BENEFIT_RULES.appeal.value)


def a_benefit_case(
    stage: benefit.Stage = benefit.Stage.SUBMITTED, *, route: Route = SUBSIDY_ROUTE, **changes: Any
) -> BenefitCase:
    """A case that went its ordinary way to a stage, by the usual holders of each role; `changes` come at the end."""
    case = BenefitCase(
        id=CASE_ID,
        person_id=PERSON_ID,
        region=VILLAGE,
        application_id=APPLICATION_ID,
        item="living_subsidy",
        route=route,
        applied_on=MONDAY,
        submitted_at=NOW,
    )
    if stage is benefit.Stage.WAITING:
        return replace(case, stage=stage, **changes)
    for step in route.steps[: route.stages.index(stage)]:
        case = benefit_moved_on(case, step.action)
    return replace(case, **changes)


def benefit_moved_on(case: BenefitCase, action: benefit.Action, *, by: Principal | None = None) -> BenefitCase:
    """The case after one more step, taken by its usual holder or by somebody else."""
    usual = {role: holder for holder in _STAFF for role in holder.roles}
    holder = by or usual[next(iter(case.route.step_of(action).roles))]
    steps: dict[benefit.Action, Callable[[], BenefitCase]] = {
        benefit.Action.ACCEPT: lambda: case.accept(by=holder, on=MONDAY)[0],
        benefit.Action.CHECK: lambda: case.check(by=holder, on=MONDAY)[0],
        benefit.Action.POST_NOTICE: lambda: case.post_notice(by=holder, on=MONDAY, calendar=WEEKDAYS)[0],
        benefit.Action.VERIFY: lambda: case.verify(by=holder, on=AFTER_NOTICE)[0],
        benefit.Action.GRANT: lambda: case.grant(
            by=holder, on=AFTER_NOTICE, proposal=a_proposal(), rules=BENEFIT_RULES
        )[0],
    }
    return steps[action]()


_STAFF = (TOWNSHIP_OFFICER, COUNTY_OFFICER, REVIEWER, CIVIL_AFFAIRS)


def a_benefit_case_at(stage: benefit.Stage, route: Route) -> BenefitCase:
    """A case of any route at any stage, also at one that the route does not have."""
    case = replace(a_benefit_case(route=route), stage=stage, notice_last_day=MONDAY)
    if stage is not benefit.Stage.GRANTED:
        return case
    granted = benefit.Grant(first_month=MONDAY.replace(day=1))
    return replace(case, granted=granted, done=(Done(action=benefit.Action.GRANT, stage=stage, on=MONDAY),))


def a_roll_at(stage: RollStage) -> PaymentRoll:
    """A roll of a month, with sums that come to nothing."""
    roll, _ = PaymentRoll.order(
        roll_id=UUID(int=1),
        region=COUNTY,
        benefit="living_subsidy",
        month=date(2026, 11, 1),
        job_id=UUID(int=2),
        by=CIVIL_AFFAIRS,
        today=MONDAY,
    )
    return replace(roll, stage=stage, totals=Totals())


def a_recheck_at(stage: RecheckStage) -> Recheck:
    """A look again at a running grant that nobody has reported: it followed from what is on record."""
    grant = RunningGrant(
        case_id=CASE_ID, person_id=PERSON_ID, region=VILLAGE, application_id=APPLICATION_ID, item="living_subsidy"
    )
    opened, _ = Recheck.open(
        grant, Trigger.DEATH, recheck_id=UUID(int=62), at=NOW, on=MONDAY, due_on=MONDAY + timedelta(days=28)
    )
    return replace(opened, stage=stage)
