"""Plans of a year, and what they hold."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.person import EconomicStatus
from app.domain.plan import (
    Duty,
    Goal,
    PathItem,
    Plan,
    PlanContent,
    PlanRules,
    PlanStage,
    Rhythm,
    Situation,
    Supervision,
    SupervisionKind,
    obligation,
)
from app.domain.plan.events import PlanDrafted
from app.domain.shared.identity import Grade
from app.domain.shared.quantity import Quantity, Unit
from tests.builders.assessment import ASSESSMENT_ID, NEED_ID
from tests.builders.people import APPLICATION_ID, COMMISSIONER, MONDAY, PERSON_ID, PROVIDER_ID, VILLAGE
from tests.builders.rules import HERE

PLAN_ID = UUID(int=0x91A)
ITEM_ID = UUID(int=0x17E)
SERVICE_ID = UUID(int=0x5E4)
PLAN_RULES = PlanRules.of(HERE)
OWED = obligation(Situation(grade=Grade.FIRST), PLAN_RULES)
NOT_KNOWN_TO_BE_OWED = obligation(Situation(), PLAN_RULES)
NOT_OWED = obligation(
    Situation(
        economic_status=EconomicStatus.ORDINARY,
        grade=Grade.FOURTH,
        flags=dict.fromkeys(PLAN_RULES.grounds.value.flags, False),
    ),
    PLAN_RULES,
)
IN_A_YEAR = date(2027, 11, 15)


def an_item_of_the_path(**changes: Any) -> PathItem:
    """Twelve sessions for the need, seen to by the provider."""
    settings: dict[str, Any] = {
        "id": ITEM_ID,
        "need_id": NEED_ID,
        "service_id": SERVICE_ID,
        "quantity": Quantity(amount=12, unit=Unit.SESSION),
        "rhythm": Rhythm.MONTHLY,
        "starts_on": MONDAY,
        "ends_on": IN_A_YEAR,
        "duties": (Duty(organisation_id=PROVIDER_ID, what="每月上门一次", due_on=IN_A_YEAR),),
    }
    return PathItem(**(settings | changes))


def a_goal(**changes: Any) -> Goal:
    settings: dict[str, Any] = {
        "statement": "自己能洗澡",
        "measure": "洗澡一项不再需要帮助",
        "due_on": IN_A_YEAR,
        "item_ids": (ITEM_ID,),
    }
    return Goal(**(settings | changes))


def a_content(**changes: Any) -> PlanContent:
    """All four parts, for a year."""
    visit = Supervision(kind=SupervisionKind.VISIT, organisation_id=UUID(int=0x10C), first_on=MONDAY, every_months=3)
    settings: dict[str, Any] = {
        "starts_on": MONDAY,
        "ends_on": IN_A_YEAR,
        "review_on": date(2027, 5, 17),
        "assessment_ids": (ASSESSMENT_ID,),
        "path": (an_item_of_the_path(),),
        "supervision": (visit,),
        "goals": (a_goal(),),
    }
    return PlanContent(**(settings | changes))


def drafted(content: PlanContent | None = None, **changes: Any) -> tuple[Plan, PlanDrafted]:
    """A plan that the commissioner has just drawn up."""
    settings: dict[str, Any] = {
        "plan_id": PLAN_ID,
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "revision": 1,
        "by": COMMISSIONER,
        "on": MONDAY,
        "rules": PLAN_RULES,
        "owed": OWED,
        "confirmed_needs": {NEED_ID},
        "application_id": APPLICATION_ID,
    }
    return Plan.draft(content or a_content(), **(settings | changes))


def a_plan(stage: PlanStage = PlanStage.DRAFTED, **changes: Any) -> Plan:
    """A plan at a stage; its drafting is on record."""
    return replace(drafted()[0], stage=stage, **changes)
