"""The public notice runs its days before anybody reviews, and whoever refuses says why and where to appeal."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.certificate import (
    CertificateRules,
    NoticeStillRunning,
    ReasonContradictsConclusion,
    Stage,
    StandardNotMet,
)
from app.domain.shared.access import Role
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.identity import Category
from app.domain.shared.refusal import ReasonMissing
from tests.builders import (
    AFTER_NOTICE,
    CERTIFICATE_RULES,
    COUNTY_OFFICER,
    MONDAY,
    NOTICE_ENDS,
    REVIEWER,
    VILLAGE,
    a_certificate_case,
    a_principal,
    a_refusal,
    not_meeting,
    posted,
)
from tests.builders.rules import BOOK


def test_a_case_that_does_not_meet_the_standard_is_not_put_up() -> None:
    case = a_certificate_case(Stage.EVALUATED, conclusion=not_meeting())

    with pytest.raises(StandardNotMet):
        posted(case)
    assert "post_notice" not in [
        answer.action for answer in case.allowed_actions(COUNTY_OFFICER, on=MONDAY) if answer.allowed
    ]


def test_a_case_without_a_conclusion_is_not_put_up() -> None:
    with pytest.raises(StandardNotMet):
        posted(replace(a_certificate_case(Stage.EVALUATED), conclusion=None))


def test_the_notice_runs_its_working_days_from_the_day_after() -> None:
    notice = a_certificate_case(Stage.ON_NOTICE).notice

    assert notice is not None
    assert (notice.posted_on, notice.last_day) == (MONDAY, NOTICE_ENDS)


def test_the_last_day_of_the_notice_still_belongs_to_the_public() -> None:
    with pytest.raises(NoticeStillRunning, match="2026-11-23"):
        a_certificate_case(Stage.ON_NOTICE).review(by=REVIEWER, on=NOTICE_ENDS)


def test_the_day_after_the_notice_is_the_first_for_the_review() -> None:
    case, event = a_certificate_case(Stage.ON_NOTICE).review(by=REVIEWER, on=AFTER_NOTICE)

    assert case.stage is Stage.REVIEWED
    assert event.reviewed_by == REVIEWER.id


def test_a_case_that_was_never_put_up_is_never_reviewed() -> None:
    with pytest.raises(NoticeStillRunning):
        a_certificate_case(Stage.ON_NOTICE, notice=None).review(by=REVIEWER, on=date(9999, 12, 31))


def test_the_notice_may_not_be_skipped() -> None:
    with pytest.raises(IllegalTransition, match="Open now: post notice, refuse, withdraw"):
        a_certificate_case(Stage.EVALUATED).review(by=REVIEWER, on=AFTER_NOTICE)


def test_a_refusal_names_its_reason_its_words_and_the_way_to_appeal() -> None:
    case, event = a_certificate_case(Stage.EVALUATED, conclusion=not_meeting()).refuse(
        by=REVIEWER, on=AFTER_NOTICE, refusal=a_refusal(), rules=CERTIFICATE_RULES
    )

    assert case.stage is Stage.REFUSED
    assert case.refusal is not None
    assert (case.refusal.text, case.refusal.appeal.body) == ("invented words for the person", "prefecture_federation")
    assert event.reason == "standard_not_met"
    assert event.rule_versions == ("certificate.appeal@CN#1",)
    assert "invented words" not in str(event.facts())


def test_a_refusal_without_words_is_no_refusal() -> None:
    with pytest.raises(ReasonMissing):
        a_refusal(text="  ")


@pytest.mark.parametrize("stage", [Stage.ACCEPTED, Stage.REVIEWED])
def test_nobody_refuses_for_a_conclusion_that_no_doctor_has_made(stage: Stage) -> None:
    by = a_principal(Role.COUNTY_APPROVER, number=77)

    with pytest.raises(ReasonContradictsConclusion):
        a_certificate_case(stage).refuse(by=by, on=AFTER_NOTICE, refusal=a_refusal(), rules=CERTIFICATE_RULES)


@pytest.mark.parametrize(
    ("posted_on", "last_day"),
    [
        (date(2025, 6, 4), date(2025, 6, 16)),
        (date(2025, 9, 29), date(2025, 10, 13)),
        (date(2026, 2, 12), date(2026, 2, 26)),
        (date(2026, 11, 16), date(2026, 11, 23)),
    ],
)
def test_the_notice_runs_by_the_calendar_of_the_place_across_holidays_and_make_up_days(
    posted_on: date, last_day: date
) -> None:
    calendar = WorkingCalendar.of_region(BOOK, VILLAGE)
    rules = CertificateRules.of(BOOK.at(VILLAGE, posted_on))

    case = posted(a_certificate_case(Stage.EVALUATED), on=posted_on, calendar=calendar, rules=rules)

    assert case.notice is not None
    assert case.notice.last_day == last_day


def test_the_rulebook_of_the_place_has_every_rule_that_certificates_need() -> None:
    rules = CertificateRules.of(BOOK.at(VILLAGE, MONDAY))

    assert (rules.notice_working_days.value, rules.review_working_days.value, rules.validity_years.value) == (5, 10, 10)
    assert (rules.minimum_doctors.value, rules.adult_age_years.value) == (2, 18)
    assert rules.guarded_categories.value == {Category.INTELLECTUAL, Category.MENTAL}
    assert (rules.appeal.value.body, rules.appeal.value.days) == ("prefecture_federation", 10)
