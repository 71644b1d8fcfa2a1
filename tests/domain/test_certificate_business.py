"""The seven businesses: which steps each needs, which number and validity the card gets, and when each is open."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from app.domain.certificate import (
    LIFECYCLE,
    WHOLE,
    Action,
    BarredAfterCancellation,
    BarRules,
    Business,
    BusinessRules,
    CancellationGround,
    Certificate,
    CertificateCase,
    CertificateElsewhere,
    CertificateHeld,
    CertificateNotHeld,
    CertificateStandsOtherwise,
    CertificateStatus,
    Evaluation,
    FreezeReason,
    NotConcludedUnmet,
    ReissuedBefore,
    RenewalNotOpen,
    Stage,
    StandardNotMet,
    Way,
    require_open,
)
from app.domain.shared.entry import MalformedRule
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade, InvalidCertificateNumber
from app.domain.shared.rulebook import Ruled
from tests.builders import (
    AFTER_NOTICE,
    APPROVER,
    CERTIFICATE_ID,
    CERTIFICATE_RULES,
    COUNTY_OFFICER,
    ELSEWHERE,
    HOLDER,
    MONDAY,
    REVIEWER,
    TOWNSHIP,
    VILLAGE,
    a_certificate_case,
    a_conclusion,
    a_rule,
    accepted,
    not_meeting,
    rules_in_force,
)
from tests.builders.business import (
    a_certificate,
    a_row,
    bars_here,
    cancelled_since,
    frozen_because,
    issued_for,
    row_of,
)

Settings = dict[str, Any]
OTHER_NUMBER = CitizenNumber.of(region="990101", born_on=date(1984, 2, 29), sequence=13)

WAYS: Mapping[Business, list[Action]] = {
    Business.NEW: [
        *(Action.ACCEPT, Action.ASSIGN_EVALUATION, Action.EVALUATE, Action.POST_NOTICE),
        *(Action.REVIEW, Action.APPROVE, Action.ISSUE),
    ],
    Business.RENEWAL: [Action.ACCEPT, Action.REVIEW, Action.APPROVE, Action.ISSUE],
    Business.DAMAGED: [Action.ACCEPT, Action.REVIEW, Action.APPROVE, Action.ISSUE],
    Business.LOSS: [Action.ACCEPT, Action.REVIEW, Action.APPROVE, Action.ISSUE],
    Business.MIGRATION: [Action.ACCEPT, Action.REVIEW, Action.APPROVE, Action.ISSUE],
    Business.CHANGE: [
        *(Action.ACCEPT, Action.ASSIGN_EVALUATION, Action.EVALUATE, Action.POST_NOTICE),
        *(Action.REVIEW, Action.APPROVE, Action.ISSUE),
    ],
    Business.CANCELLATION: [Action.ACCEPT, Action.REVIEW, Action.CANCEL],
}
"""The shortest way of each business to its end."""
EVALUATED_ANEW = {
    Business.NEW: Evaluation.ALWAYS,
    Business.RENEWAL: Evaluation.WHEN_CHANGED,
    Business.DAMAGED: Evaluation.NEVER,
    Business.LOSS: Evaluation.NEVER,
    Business.MIGRATION: Evaluation.WHEN_CHANGED,
    Business.CHANGE: Evaluation.ALWAYS,
    Business.CANCELLATION: Evaluation.WHEN_CHANGED,
}


def shortest(way: Way) -> list[Action]:
    """The fewest steps of people that lead from the submission to the end of the business."""
    paths: list[tuple[Stage, list[Action]]] = [(Stage.SUBMITTED, [])]
    for stage, path in paths:
        if stage in {Stage.ISSUED, Stage.CANCELLED}:
            return path
        paths += [
            (step.target, [*path, action])
            for action, step in way.lifecycle.steps.items()
            if stage in step.sources and step.operation not in {None, "ask_correction", "refuse_certificate_case"}
            if step.operation != "withdraw_item"
        ]
    raise AssertionError("It comes to no end.")


@pytest.mark.parametrize("business", Business)
def test_each_business_goes_through_the_steps_that_it_needs_and_no_others(business: Business) -> None:
    row = row_of(business)

    assert shortest(row.way) == WAYS[business]
    assert row.way.evaluation is EVALUATED_ANEW[business]


def test_a_first_issue_leaves_out_nothing() -> None:
    assert row_of(Business.NEW).way == WHOLE
    assert WHOLE.lifecycle is LIFECYCLE


@pytest.mark.parametrize("business", [Business.DAMAGED, Business.LOSS])
def test_nobody_is_sent_to_doctors_for_a_card(business: Business) -> None:
    case = accepted(a_certificate_case(business=business, way=row_of(business).way))

    assert {"assign_evaluation", "conclude_evaluation", "post_notice"}.isdisjoint(case.way.operations)
    assert case.review(by=REVIEWER, on=MONDAY)[0].stage is Stage.REVIEWED


def test_where_the_federation_asks_for_an_evaluation_the_review_waits_for_its_notice() -> None:
    way = row_of(Business.RENEWAL).way
    evaluated = replace(a_certificate_case(Stage.EVALUATED), business=Business.RENEWAL, way=way)

    with pytest.raises(IllegalTransition):
        evaluated.review(by=REVIEWER, on=AFTER_NOTICE)


@pytest.mark.parametrize("business", Business)
def test_whoever_accepts_reviews_and_decides_are_three_people_in_every_business(business: Business) -> None:
    decision = Action.CANCEL if business is Business.CANCELLATION else Action.APPROVE
    table = row_of(business).way.lifecycle

    assert {Action.ACCEPT, Action.REVIEW, decision, Action.REFUSE} <= table.apart
    assert table.apart <= table.steps.keys()


def test_whoever_reviewed_a_cancellation_does_not_decide_it() -> None:
    case = reviewed_cancellation(CancellationGround.VOLUNTARY)
    same_person = replace(APPROVER, id=REVIEWER.id)

    with pytest.raises(DutiesNotSeparated):
        case.cancel(by=same_person, on=AFTER_NOTICE, certificate_id=CERTIFICATE_ID, rules=CERTIFICATE_RULES)


def test_a_place_that_always_evaluates_says_so_in_the_rule_beside_the_row() -> None:
    rules = a_row(Business.RENEWAL), a_rule("certificate.renewal_evaluation", "always", unit="choice")

    row = BusinessRules.of(rules_in_force(*rules), Business.RENEWAL)

    assert row.way.evaluation is Evaluation.ALWAYS
    assert Action.POST_NOTICE in shortest(row.way)


@pytest.mark.parametrize(
    "changes", [{"ends_with": "party"}, {"evaluation": "perhaps"}, {"number": "random"}, {"needs": ("lost",)}, {"x": 1}]
)
def test_a_row_that_names_what_there_is_not_is_refused(changes: dict[str, object]) -> None:
    rules = rules_in_force(a_row(Business.DAMAGED, **changes))

    with pytest.raises(MalformedRule):
        BusinessRules.of(rules, Business.DAMAGED)


# Numbers


@pytest.mark.parametrize(
    ("business", "before", "category", "grade", "after"),
    [
        (Business.RENEWAL, "42", Category.PHYSICAL, Grade.SECOND, "42"),
        (Business.RENEWAL, "42B1", Category.PHYSICAL, Grade.SECOND, "42B1"),
        (Business.RENEWAL, "42B1", Category.PHYSICAL, Grade.THIRD, "43"),
        (Business.DAMAGED, "42B3", Category.PHYSICAL, Grade.SECOND, "42B3"),
        (Business.MIGRATION, "42", Category.PHYSICAL, Grade.SECOND, "42"),
        (Business.LOSS, "42", Category.PHYSICAL, Grade.SECOND, "42B1"),
        (Business.LOSS, "42B", Category.PHYSICAL, Grade.SECOND, "42B2"),
        (Business.LOSS, "42B9", Category.PHYSICAL, Grade.SECOND, "42B10"),
        (Business.CHANGE, "42", Category.PHYSICAL, Grade.FIRST, "41"),
        (Business.CHANGE, "42B1", Category.MULTIPLE, Grade.SECOND, "72"),
        (Business.CHANGE, "42B1", Category.PHYSICAL, Grade.SECOND, "42B1"),
    ],
)
def test_the_number_after_each_business(
    business: Business, before: str, category: Category, *, grade: Grade, after: str
) -> None:
    held = CertificateNumber.parse(f"{HOLDER.value}{before}")

    number = row_of(business).number(held, citizen_number=HOLDER, category=category, grade=grade)

    assert number.value == f"{HOLDER.value}{after}"


def test_another_identity_number_makes_another_number_whatever_the_business() -> None:
    held = CertificateNumber.parse(f"{HOLDER.value}42B1")

    number = row_of(Business.DAMAGED).number(
        held, citizen_number=OTHER_NUMBER, category=Category.PHYSICAL, grade=Grade.SECOND
    )

    assert number.value == f"{OTHER_NUMBER.value}42"


def test_after_ninety_nine_losses_the_suffix_has_come_to_its_end() -> None:
    held = CertificateNumber.parse(f"{HOLDER.value}42B99")

    with pytest.raises(InvalidCertificateNumber):
        row_of(Business.LOSS).number(held, citizen_number=HOLDER, category=Category.PHYSICAL, grade=Grade.SECOND)


@given(st.integers(990101, 998999), st.dates(date(1900, 1, 1), date(1905, 12, 31)), st.integers(1, 999))
def test_the_check_digit_in_any_number_is_the_one_that_others_reckon(region: int, born_on: date, sequence: int) -> None:
    holder = CitizenNumber.of(region=str(region), born_on=born_on, sequence=sequence)
    number = CertificateNumber.of(holder, category=Category.MENTAL, grade=Grade.FOURTH)

    assert number.value[17] == ric.calc_check_digit(number.value[:18])
    assert CertificateNumber.parse(number.value.lower()).citizen_number == holder


# Validity


@pytest.mark.parametrize(
    ("business", "is_anew"),
    [
        (Business.RENEWAL, True),
        (Business.CHANGE, True),
        (Business.DAMAGED, False),
        (Business.LOSS, False),
        (Business.MIGRATION, False),
    ],
)
def test_the_validity_begins_anew_or_is_kept(business: Business, *, is_anew: bool) -> None:
    later = date(2030, 6, 1)
    before = a_certificate()

    after = issued_for(business, before, on=later)

    expected = date(2040, 6, 1) if is_anew else before.current.valid_until
    assert after.current.valid_until == expected
    assert after.current.issued_on == later


def test_what_was_replaced_says_since_when_and_by_what_and_the_card_before_it_never_changes() -> None:
    once = issued_for(Business.LOSS, a_certificate(), on=AFTER_NOTICE)
    twice = issued_for(Business.DAMAGED, once, on=date(2027, 1, 4))

    first, second, third = twice.versions
    assert (first.status, first.status_since, first.status_reason) == (
        CertificateStatus.REPLACED,
        AFTER_NOTICE,
        "loss",
    )
    assert (second.status, second.status_reason) == (CertificateStatus.REPLACED, "damaged")
    assert (third.status, third.status_since, third.version) == (CertificateStatus.IN_FORCE, None, 3)
    assert first.number != second.number == third.number
    assert replace(first, status=second.status, status_since=None, status_reason=None) == replace(
        a_certificate().current, status=second.status
    )


def test_what_doctors_found_anew_stands_on_the_card_and_otherwise_what_stood_there() -> None:
    found = a_conclusion(category=Category.VISUAL, grade=Grade.FIRST)

    changed = issued_for(Business.CHANGE, a_certificate(), on=AFTER_NOTICE, conclusion=found)
    kept = issued_for(Business.RENEWAL, a_certificate(), on=AFTER_NOTICE, conclusion=None)

    assert (changed.current.category, changed.current.grade) == (Category.VISUAL, Grade.FIRST)
    assert changed.current.number.value == f"{HOLDER.value}11"
    assert (kept.current.category, kept.current.grade) == (Category.PHYSICAL, Grade.SECOND)


def test_nothing_is_issued_where_doctors_found_that_the_standard_is_not_met() -> None:
    with pytest.raises(StandardNotMet):
        issued_for(Business.RENEWAL, a_certificate(), on=AFTER_NOTICE, conclusion=not_meeting())


# When each is open


def opened(
    business: Business,
    certificate: Certificate | None,
    *,
    on: date = AFTER_NOTICE,
    because: str = "",
    rules: BarRules | None = None,
    place: str = VILLAGE,
) -> str | None:
    return require_open(
        row_of(business), certificate, place=place, on=on, rules=rules or bars_here(), lifted_because=because
    )


ON_ONE = [business for business in Business if business is not Business.NEW]


@pytest.mark.parametrize("business", ON_ONE)
@pytest.mark.parametrize("certificate", [None, cancelled_since(MONDAY)], ids=["none", "cancelled"])
def test_what_is_done_on_a_certificate_needs_one(business: Business, certificate: Certificate | None) -> None:
    with pytest.raises(CertificateNotHeld):
        opened(business, certificate)


@pytest.mark.parametrize(
    "certificate",
    [a_certificate(), a_certificate(valid_until=MONDAY), frozen_because(FreezeReason.NOT_MIGRATED)],
    ids=["in force", "expired", "frozen"],
)
def test_a_first_issue_is_for_who_holds_none(certificate: Certificate) -> None:
    with pytest.raises(CertificateHeld):
        opened(Business.NEW, certificate)


def test_a_first_issue_is_open_to_who_never_held_one() -> None:
    assert opened(Business.NEW, None) is None


CURED = {
    Business.RENEWAL: {FreezeReason.NOT_RENEWED},
    Business.DAMAGED: set[FreezeReason](),
    Business.LOSS: {FreezeReason.REPORTED_LOST},
    Business.MIGRATION: {FreezeReason.NOT_MIGRATED},
    Business.CHANGE: set[FreezeReason](),
    Business.CANCELLATION: set(FreezeReason),
}


@pytest.mark.parametrize("business", ON_ONE)
@pytest.mark.parametrize("reason", FreezeReason)
def test_a_frozen_certificate_opens_what_ends_the_reason_of_the_freeze_and_nothing_else(
    business: Business, reason: FreezeReason
) -> None:
    certificate = frozen_because(reason, valid_until=date(2027, 1, 1))

    if reason in CURED[business]:
        assert opened(business, certificate) is None
    else:
        with pytest.raises(CertificateStandsOtherwise):
            opened(business, certificate)


@pytest.mark.parametrize(
    ("business", "is_open"),
    [
        (Business.RENEWAL, True),
        (Business.DAMAGED, False),
        (Business.LOSS, False),
        (Business.MIGRATION, True),
        (Business.CHANGE, False),
        (Business.CANCELLATION, True),
    ],
)
def test_an_expired_certificate_is_renewed_migrated_or_cancelled_and_no_more(
    business: Business, *, is_open: bool
) -> None:
    expired = a_certificate(valid_until=MONDAY)

    if is_open:
        assert opened(business, expired) is None
    else:
        with pytest.raises(CertificateStandsOtherwise):
            opened(business, expired)


def test_renewal_opens_nine_years_after_the_issue_and_not_a_day_before() -> None:
    certificate = a_certificate()  # valid from 2026-11-24 until 2036-11-24

    with pytest.raises(RenewalNotOpen) as refusal:
        opened(Business.RENEWAL, certificate, on=date(2035, 11, 23))
    assert refusal.value.facts == {"opens_on": "2035-11-24"}
    assert opened(Business.RENEWAL, certificate, on=date(2035, 11, 24)) is None


def test_a_replaced_card_is_renewed_by_the_validity_that_it_has_kept() -> None:
    replaced = issued_for(Business.DAMAGED, a_certificate(), on=date(2033, 5, 5))

    assert opened(Business.RENEWAL, replaced, on=date(2035, 11, 24)) is None


def test_after_a_cancellation_a_first_issue_is_barred_for_a_year_unless_a_reason_lifts_the_bar() -> None:
    certificate = cancelled_since(date(2026, 3, 1))

    with pytest.raises(BarredAfterCancellation) as refusal:
        opened(Business.NEW, certificate, on=date(2027, 3, 1))
    assert refusal.value.facts == {"open_after": "2027-03-01"}
    assert opened(Business.NEW, certificate, on=date(2027, 3, 2)) is None
    assert opened(Business.NEW, certificate, on=date(2027, 3, 1), because="注销系工作失误") == (
        BarredAfterCancellation.code
    )


@pytest.mark.parametrize("because", ["", "  "])
def test_an_empty_reason_lifts_nothing(because: str) -> None:
    with pytest.raises(BarredAfterCancellation):
        opened(Business.NEW, cancelled_since(MONDAY), because=because)


def test_where_the_rule_lets_nobody_lift_the_bar_no_reason_does() -> None:
    strict = replace(bars_here(), reapplication_bar_may_be_lifted=Ruled(value=False, rule=a_rule("x", 0, unit="flag")))

    with pytest.raises(BarredAfterCancellation):
        opened(Business.NEW, cancelled_since(MONDAY), because="有特殊情况", rules=strict)


def test_a_second_loss_within_a_year_is_replaced_for_a_reason_only_and_a_third_year_is_free() -> None:
    once = issued_for(Business.LOSS, a_certificate(), on=AFTER_NOTICE)

    with pytest.raises(ReissuedBefore) as refusal:
        opened(Business.LOSS, once, on=date(2027, 11, 24))
    assert refusal.value.facts == {"open_after": "2027-11-24"}
    assert opened(Business.LOSS, once, on=date(2027, 11, 25)) is None
    assert opened(Business.LOSS, once, on=date(2027, 1, 4), because="火灾") == ReissuedBefore.code


def test_a_replaced_damaged_card_counts_as_no_loss() -> None:
    once = issued_for(Business.DAMAGED, a_certificate(), on=AFTER_NOTICE)

    assert once.lost_on == ()
    assert opened(Business.LOSS, once, on=AFTER_NOTICE + timedelta(days=1)) is None


def test_a_place_without_a_bound_replaces_lost_cards_as_often_as_they_are_lost() -> None:
    once = issued_for(Business.LOSS, a_certificate(), on=AFTER_NOTICE)

    assert opened(Business.LOSS, once, rules=replace(bars_here(), reissues_a_year=None)) is None


@pytest.mark.parametrize("business", [one for one in ON_ONE if one is not Business.MIGRATION])
def test_another_county_migrates_a_certificate_before_it_does_anything_else_on_it(business: Business) -> None:
    with pytest.raises(CertificateElsewhere):
        opened(business, a_certificate(), place=ELSEWHERE)
    assert opened(Business.MIGRATION, a_certificate(), place=ELSEWHERE) is None


def test_another_village_of_the_county_does_business_as_it_is() -> None:
    assert opened(Business.DAMAGED, a_certificate(), place=TOWNSHIP) is None


def test_a_migration_carries_the_certificate_and_nothing_else_does() -> None:
    case = replace(a_certificate_case(Stage.ISSUED), region=ELSEWHERE)

    moved, kept = (
        a_certificate().reissue(
            replace(case, business=business, way=row_of(business).way, conclusion=None),
            citizen_number=HOLDER,
            on=AFTER_NOTICE,
            rules=CERTIFICATE_RULES,
            business=row_of(business),
        )[0]
        for business in (Business.MIGRATION, Business.DAMAGED)
    )

    assert (moved.region, kept.region) == (ELSEWHERE, VILLAGE)


# Cancellation


def reviewed_cancellation(ground: CancellationGround, **changes: Any) -> CertificateCase:
    settings: Settings = {"business": Business.CANCELLATION, "way": row_of(Business.CANCELLATION).way, "ground": ground}
    case = accepted(a_certificate_case(**settings))
    return replace(case.review(by=REVIEWER, on=MONDAY)[0], **changes)


def test_a_certificate_ends_with_the_decision_and_says_on_which_ground() -> None:
    case, event = reviewed_cancellation(CancellationGround.VOLUNTARY).cancel(
        by=APPROVER, on=AFTER_NOTICE, certificate_id=CERTIFICATE_ID, rules=CERTIFICATE_RULES
    )
    ended, fact = a_certificate().cancel(case, on=AFTER_NOTICE)

    assert case.is_finished
    assert (ended.current.status, ended.current.status_since, ended.current.status_reason) == (
        CertificateStatus.CANCELLED,
        AFTER_NOTICE,
        "voluntary",
    )
    assert event.name == "certificate_case.cancelled"
    assert "voluntary" not in f"{event.facts()}{fact.facts()}"


def test_that_the_standard_is_no_longer_met_only_doctors_conclude() -> None:
    ground = CancellationGround.NO_LONGER_MEETS_STANDARD
    settings: Settings = {
        "by": APPROVER,
        "on": AFTER_NOTICE,
        "certificate_id": CERTIFICATE_ID,
        "rules": CERTIFICATE_RULES,
    }

    for conclusion in (None, a_conclusion()):
        with pytest.raises(NotConcludedUnmet):
            reviewed_cancellation(ground, conclusion=conclusion).cancel(**settings)
    assert reviewed_cancellation(ground, conclusion=not_meeting()).cancel(**settings)[0].is_finished


def test_a_case_that_has_not_come_to_it_cancels_nothing() -> None:
    with pytest.raises(IllegalTransition):
        a_certificate().cancel(reviewed_cancellation(CancellationGround.DEATH), on=AFTER_NOTICE)


def test_an_office_that_opens_a_cancellation_has_accepted_it_and_can_do_none_of_the_rest() -> None:
    settings: Settings = {"business": Business.CANCELLATION, "way": row_of(Business.CANCELLATION).way}
    opened_case, event = a_certificate_case(**settings, ground=CancellationGround.DEATH).opened_by_office(
        by=COUNTY_OFFICER, on=MONDAY
    )
    same_person = replace(REVIEWER, id=COUNTY_OFFICER.id)

    assert opened_case.stage is Stage.ACCEPTED
    assert "death" not in str(event.facts())
    with pytest.raises(DutiesNotSeparated):
        opened_case.review(by=same_person, on=MONDAY)
