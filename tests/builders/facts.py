"""The facts that criteria ask for, and what they are once somebody did what an explanation says."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.entitlement import Facts
from app.domain.person import EconomicStatus
from app.domain.shared.identity import Category, Grade
from app.domain.shared.reason import Reason
from tests.builders.people import MONDAY, VILLAGE


def some_facts(**changes: Any) -> Facts:
    """A grown-up with a certificate for a severe physical disability, whose household receives the allowance."""
    settings: dict[str, Any] = {
        "on": MONDAY,
        "has_certificate": True,
        "components": {Category.PHYSICAL: Grade.SECOND},
        "birth_date": date(1984, 2, 29),
        "economic_status": EconomicStatus.SUBSISTENCE_ALLOWANCE,
        "registration_region": VILLAGE,
        "residence_region": VILLAGE,
        "receiving": dict.fromkeys(("work_injury_nursing_fee", "orphan_allowance", "ACC-HOME"), False),
    }
    return Facts(**(settings | changes))


def _codes(reason: Reason, name: str) -> tuple[str, ...]:
    codes = reason.parameters[name]
    assert isinstance(codes, tuple)
    return codes


def _born(facts: Facts, reason: Reason) -> Facts:
    years = reason.parameters.get("at_least", reason.parameters.get("at_most"))
    assert isinstance(years, int)
    return replace(facts, birth_date=date(MONDAY.year - years, 1, 1))


def _graded(facts: Facts, reason: Reason) -> Facts:
    grade = Grade(int(str(reason.parameters["grade"])))
    return replace(facts, has_certificate=True, grade=grade, components=dict.fromkeys(facts.components, grade))


def _of_category(facts: Facts, reason: Reason) -> Facts:
    category = Category.from_slug(_codes(reason, "categories")[0])
    return replace(facts, has_certificate=True, components={category: facts.heaviest or Grade.FOURTH})


def _listed(facts: Facts, reason: Reason) -> Facts:
    return replace(facts, economic_status=EconomicStatus(_codes(reason, "statuses")[0]))


def _not_listed(facts: Facts, reason: Reason) -> Facts:
    status = facts.economic_status
    is_listed = status is None or status in _codes(reason, "statuses")
    return replace(facts, economic_status=EconomicStatus.ORDINARY) if is_listed else facts


def _flagged(facts: Facts, reason: Reason) -> Facts:
    return replace(facts, flags={**facts.flags, **dict.fromkeys(_codes(reason, "flags"), True)})


def _in_need(facts: Facts, reason: Reason) -> Facts:
    return replace(facts, needs={**facts.needs, **dict.fromkeys(_codes(reason, "needs"), True)})


def _without(facts: Facts, reason: Reason) -> Facts:
    return replace(facts, receiving={**facts.receiving, **dict.fromkeys(_codes(reason, "benefits"), False)})


_AFTER: Mapping[str, Callable[[Facts, Reason], Facts]] = {
    "age_at_least": _born,
    "age_at_most": _born,
    "age_between": _born,
    "category_in": _of_category,
    "certificate_in_force": lambda facts, _: replace(facts, has_certificate=True),
    "diagnosis_present": lambda facts, _: replace(facts, diagnoses={Category.VISUAL: True}),
    "economic_status_in": _listed,
    "flag_present": _flagged,
    "grade_at_most": _graded,
    "need_present": _in_need,
    "not_receiving": _without,
}


def after(facts: Facts, remedy: Reason) -> Facts:
    """The facts once somebody did what a remedy says, or showed the evidence and it turned out well."""
    if remedy.code == "counter_evidence.economic_status_in":
        return _not_listed(facts, remedy)
    return _AFTER[remedy.code.partition(".")[2]](facts, remedy)
