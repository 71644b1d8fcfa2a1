"""Which limits a kind of case has: those of the law as it stands, and those that the package promises."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from app.domain.clock.limit import Limit, StandStill, still_of
from app.domain.shared.access import Role
from app.domain.shared.entry import Entry
from app.domain.shared.rulebook import RulesInForce

LAW = "clocks.law"
"""Subject of the rule that lists the limits of the law."""
PROMISES = "clocks.promises"
"""Subject of the rule that says what all promises of the offices have in common."""
SUBMIT = "submit"
"""The step that no table of steps has: the case comes in."""
NOTICE = "post_notice"
"""The step after which the public has its days; what follows is counted from the last of them."""
ASK_CONFIRMATION = "ask_confirmation"
"""Another that none has: the case comes in, and waits for a second person's word."""
BEGINNING = frozenset({SUBMIT, "release", "restart", "confirm"})
"""A case that waits for another begins when it is released, one that waits for a second person's word when that is
given; one that a review has sent back begins anew."""


DECLINED = "decline_evaluation"
"""Whoever was asked to evaluate does not: the promise to evaluate is over, and that to choose begins anew."""


class Handling(StrEnum):
    """Whether one office handles a case, or several do together."""

    SINGLE = "single"
    JOINT = "joint"
    """联合办理"""


_OFFICES: Mapping[Role, str] = {
    Role.COMMISSIONER: "township",
    Role.TOWNSHIP_OFFICER: "township",
    Role.COUNTY_OFFICER: "federation",
    Role.COUNTY_REVIEWER: "federation",
    Role.COUNTY_APPROVER: "federation",
    Role.CIVIL_AFFAIRS: "civil_affairs",
}
"""The office of a role. Doctors are no office: their time is not counted (行政许可法 art. 45)."""


def limits_of_law(case_kind: str, handling: Handling, rules: RulesInForce) -> tuple[Limit, ...]:
    """The limits that the law in force sets for a kind of case.

    Raises:
        NoRuleInForce: the rulebooks set none, or lack one that they name.
        MalformedRule: the list is not of the form that the README of the rulebooks describes.
    """
    return _law(case_kind, handling, rules)


def promises_of(
    package_code: str, item: str, rules: RulesInForce, *, actions: Mapping[str, frozenset[str]]
) -> tuple[Limit, ...]:
    """The limits that the offices promise for the steps of an item; none where the package is not offered any more.

    `actions` names, for each operation of the API, the actions of the case that it does. How long a public notice
    stands is no promise of an office, so it gives no limit.
    """
    return _promises(package_code, item, rules, tuple(sorted(actions.items())))


def handling_of(package_code: str, item: str, rules: RulesInForce) -> Handling:
    """Whether several offices handle an item between its acceptance and the decision.

    Source: 行政许可法 art. 42(2): what several offices handle together has a longer limit.
    """
    return _handling(package_code, item, rules)


@lru_cache(maxsize=1024)
def _handling(package_code: str, item: str, rules: RulesInForce) -> Handling:
    steps = _steps(package_code, item, rules)[1:]
    offices = {_OFFICES[Role(role)] for step in steps for role in step.texts("roles") if Role(role) in _OFFICES}
    return Handling.JOINT if len(offices) > 1 else Handling.SINGLE


@lru_cache(maxsize=1024)
def _law(case_kind: str, handling: Handling, rules: RulesInForce) -> tuple[Limit, ...]:
    entries = rules.entry(LAW).value.entries("limits")
    return tuple(Limit.of(entry, rules) for entry in entries if _is_for(entry, case_kind, handling))


def _is_for(entry: Entry, case_kind: str, handling: Handling) -> bool:
    return case_kind in entry.texts("cases") and (not entry.has("handling") or entry.text("handling") == handling)


@lru_cache(maxsize=1024)
def _promises(  # noqa: PLR0917 - what it is remembered by
    package_code: str, item: str, rules: RulesInForce, actions: tuple[tuple[str, frozenset[str]], ...]
) -> tuple[Limit, ...]:
    done_by = dict(actions)
    still = still_of(rules.entry(PROMISES).value.entries("stands_still"), rules) if rules.has(PROMISES) else ()
    return tuple(_promised(package_code, item, rules, done_by=done_by, still=still))


def _promised(
    package_code: str,
    item: str,
    rules: RulesInForce,
    *,
    done_by: Mapping[str, frozenset[str]],
    still: tuple[StandStill, ...],
) -> Iterator[Limit]:
    steps = _steps(package_code, item, rules)
    taken = [done_by[step.text("operation")] for step in steps]
    for step, (before, own) in zip(steps, pairwise([BEGINNING, *taken]), strict=True):
        if step.has("limit_rule") and NOTICE not in own:
            rule = rules.rule(step.text("limit_rule"))
            begun = before | {DECLINED} if "assign_evaluation" in own else before
            ended = own | {DECLINED} if "evaluate" in own else own
            limit = Limit.promised(step, rule, starts_with=begun, ends_with=ended)
            yield replace(limit, is_after_notice=NOTICE in before, still=still)


def _steps(package_code: str, item: str, rules: RulesInForce) -> tuple[Entry, ...]:
    subject = f"package.{package_code}"
    if not rules.has(subject):
        return ()
    items = rules.entry(subject).value.entries("items")
    return next((found.entries("steps") for found in items if found.text("code") == item), ())
