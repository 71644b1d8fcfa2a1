"""Which limits a case has, read from the rules: the law's, and the promises of the package."""

from dataclasses import replace
from datetime import date

import pytest

from app.adapters.rulebooks import load_rulebooks
from app.domain import benefit, certificate
from app.domain.clock import ClockKind, Handling, Limit, OnExpiry, handling_of, limits_of_law, promises_of
from app.domain.shared.access import Role
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import Rule, Rulebook
from app.domain.shared.term import Term
from app.services.clock.keeping import CERTIFICATE_ACTIONS
from tests.builders import SUBSIDY_ROUTE, a_rule, rules_in_force

RULES = load_rulebooks()
TODAY = date(2026, 11, 23)
HERE = Rulebook(RULES).at("65/6523/652301", TODAY)
PACKAGE = "disability_services"
BENEFIT_ACTIONS = SUBSIDY_ROUTE.lifecycle.actions_by_operation()


def by_code(limits: tuple[Limit, ...]) -> dict[str, Limit]:
    return {limit.code: limit for limit in limits}


@pytest.mark.parametrize(
    ("code", "days", "extension", "outcome"),
    [
        ("correction_notice", 5, None, OnExpiry.DEEMED_ACCEPTED),
        ("confirmation_answer", 15, None, OnExpiry.INACTIVE),
        ("correction_answer", 15, None, OnExpiry.INACTIVE),
        ("decision", 20, 10, OnExpiry.ESCALATE),
        ("review", 10, None, OnExpiry.ESCALATE),
        ("delivery", 10, None, OnExpiry.ESCALATE),
    ],
)
def test_a_certificate_has_the_limits_of_the_law(  # noqa: PLR0917 - the columns of the table
    code: str, days: int, extension: int | None, outcome: OnExpiry
) -> None:
    limits = by_code(limits_of_law("certificate", Handling.SINGLE, HERE))

    waits = {"correction_notice", "correction_answer", "confirmation_answer"}
    assert limits.keys() == waits | {"decision", "review", "delivery"}
    limit = limits[code]
    assert (limit.kind, limit.term, limit.extension) == (
        ClockKind.STATUTORY,
        Term(days),
        Term(extension) if extension else None,
    )
    assert limit.on_expiry is outcome
    assert limit.source


def test_what_several_offices_handle_together_has_forty_five_days_and_fifteen_more() -> None:
    limits = by_code(limits_of_law("benefit", Handling.JOINT, HERE))

    waits = {"correction_notice", "correction_answer", "confirmation_answer"}
    assert limits.keys() == waits | {"joint_decision"}
    joint = limits["joint_decision"]
    assert (joint.term, joint.extension) == (Term(45), Term(15))
    assert Role.CIVIL_AFFAIRS in joint.extended_by


@pytest.mark.parametrize(
    ("item", "handling"),
    [
        ("certificate", Handling.SINGLE),
        ("living_subsidy", Handling.JOINT),
        ("nursing_subsidy", Handling.JOINT),
        ("employment_help", Handling.JOINT),
        ("no_such_item", Handling.SINGLE),
    ],
)
def test_several_offices_handle_what_two_of_them_take_steps_of(item: str, handling: Handling) -> None:
    assert handling_of(PACKAGE, item, HERE) is handling


def test_the_promises_of_a_certificate_are_those_of_its_steps_in_the_package() -> None:
    promises = promises_of(PACKAGE, "certificate", HERE, actions=CERTIFICATE_ACTIONS)

    told = {promise.code: (promise.term.days, promise.is_after_notice) for promise in promises}
    assert told == {"accept": (5, False), "evaluate": (20, False), "review": (10, True), "issue": (5, False)}
    assert {promise.kind for promise in promises} == {ClockKind.PROMISED}
    assert {promise.on_expiry for promise in promises} == {OnExpiry.ESCALATE}


def test_a_promise_begins_with_the_step_before_and_ends_with_its_own() -> None:
    promises = by_code(promises_of(PACKAGE, "living_subsidy", HERE, actions=BENEFIT_ACTIONS))

    ways = {code: (sorted(one.starts_with), sorted(one.ends_with)) for code, one in promises.items()}
    assert ways == {
        "accept": (["confirm", "release", "restart", "submit"], ["accept"]),
        "initial_check": (["accept"], ["check"]),
        "federation_check": (["post_notice"], ["verify"]),
        "decision": (["verify"], ["grant", "grant_anew", "refuse"]),
    }
    assert all(still.why == "correction" for one in promises.values() for still in one.still)


def test_a_package_that_is_offered_no_more_promises_nothing() -> None:
    assert promises_of("no_such_package", "certificate", HERE, actions=CERTIFICATE_ACTIONS) == ()


def test_the_time_of_experts_counts_where_a_place_says_so() -> None:
    counting = a_rule("procedure.expert_time_counts", value=True, unit="flag", region="65/6523/652301")
    book = Rulebook([*RULES, counting]).at("65/6523/652301", TODAY)

    limits = by_code(limits_of_law("certificate", Handling.SINGLE, book))

    usual = by_code(limits_of_law("certificate", Handling.SINGLE, HERE))["decision"].still
    assert {one.why for one in usual} == {"expert_assessment", "objection"}
    assert {one.why for one in limits["decision"].still} == {"objection"}


def test_a_place_may_have_limits_of_its_own() -> None:
    quicker = a_rule("procedure.decision", 15, unit="working_days", region="65/6523/652301", source="本地规定")

    limits = by_code(
        limits_of_law("certificate", Handling.SINGLE, Rulebook([*RULES, quicker]).at("65/6523/652301", TODAY))
    )

    assert (limits["decision"].term.days, limits["decision"].source) == (15, "本地规定")


def law_with(**changes: object) -> Rule:
    """The list of limits with one entry that was changed."""
    entry = {
        "code": "decision",
        "zh": "决定",
        "en": "To decide",
        "cases": ("certificate",),
        "starts_with": ("accept",),
        "ends_with": ("approve",),
        "limit_rule": "procedure.decision",
        "on_expiry": "escalate",
        **changes,
    }
    return a_rule("clocks.law", {"limits": (entry,)}, unit="clocks")  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "changes",
    [
        {"on_expiry": "refused"},
        {"starts_wiht": ("accept",)},
        {"extended_by": ("mayor",)},
        {"on_expiry": "deemed_granted"},
    ],
)
def test_a_list_of_limits_that_says_what_there_is_not_is_refused(changes: dict[str, object]) -> None:
    days = a_rule("procedure.decision", 20, unit="working_days")
    rules = rules_in_force(law_with(**changes), days)

    with pytest.raises(MalformedRule):
        limits_of_law("certificate", Handling.SINGLE, rules)


def test_a_benefit_may_be_deemed_granted_where_a_rule_says_so() -> None:
    rule = law_with(on_expiry="deemed_granted", cases=("benefit",))
    rules = rules_in_force(rule, a_rule("procedure.decision", 20, unit="working_days"))

    (limit,) = limits_of_law("benefit", Handling.SINGLE, rules)

    assert limit.on_expiry is OnExpiry.DEEMED_GRANTED
    assert replace(limit, on_expiry=OnExpiry.ESCALATE) != limit


def test_no_rule_of_the_country_deems_anything_granted() -> None:
    every = {case: limits_of_law(case, handling, HERE) for case in ("certificate", "benefit") for handling in Handling}

    assert OnExpiry.DEEMED_GRANTED not in {limit.on_expiry for limits in every.values() for limit in limits}


def test_every_step_that_the_law_names_is_a_step_of_some_case() -> None:
    known = {action for actions in (CERTIFICATE_ACTIONS, BENEFIT_ACTIONS) for one in actions.values() for action in one}
    known |= {"submit", "ask_confirmation", "ask_correction", "complete_correction"}
    known |= {*certificate.Action, *benefit.Action}
    limits = Entry(HERE.value("clocks.law").value, "clocks.law").entries("limits")

    named = {step for one in limits for step in (*one.texts("starts_with"), *one.texts("ends_with"))}
    named |= {still.text(key) for one in limits for still in one.entries("stands_still") for key in ("since", "until")}
    assert named - known == set()
