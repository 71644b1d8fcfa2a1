"""What the law itself does where an office says nothing in time (视为受理, 行政许可法 art. 32(4))."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.domain import benefit, certificate
from app.domain.benefit import Finding
from app.domain.shared.errors import IllegalTransition
from tests.builders import BENEFIT_RULES, MONDAY, a_benefit_case, a_certificate_case, a_proposal

OFFICE = UUID(int=0x0F)
RULES = ("procedure.correction_notice@CN#1",)


def test_a_certificate_case_counts_as_accepted_by_nobody_from_the_day_on_which_it_came_in() -> None:
    case = a_certificate_case(certificate.Stage.SUBMITTED)

    deemed, event = case.deem_accepted(on=MONDAY, organisation_id=OFFICE, rule_versions=RULES)

    assert deemed.stage is certificate.Stage.ACCEPTED
    step = deemed.done[-1]
    assert (step.action, step.on, step.by) == (certificate.Action.DEEM_ACCEPTED, MONDAY, None)
    assert (event.accepted_on, event.organisation_id, event.rule_versions) == (MONDAY, OFFICE, RULES)
    assert RULES[0] in deemed.rule_versions


def test_the_office_that_answers_for_it_is_the_one_that_has_accepted_it() -> None:
    deemed, _ = a_certificate_case(certificate.Stage.SUBMITTED).deem_accepted(
        on=MONDAY, organisation_id=OFFICE, rule_versions=RULES
    )

    assert deemed.organisation_of(certificate.Action.ACCEPT) == OFFICE


def test_a_benefit_case_counts_as_accepted_as_well() -> None:
    case = a_benefit_case(benefit.Stage.SUBMITTED)

    deemed, event = case.deem_accepted(on=MONDAY, organisation_id=OFFICE, rule_versions=RULES)

    assert (deemed.stage, deemed.done[-1].by) == (benefit.Stage.ACCEPTED, None)
    assert (event.case_id, event.accepted_on, deemed.rule_versions) == (case.id, MONDAY, RULES)


@pytest.mark.parametrize("stage", [stage for stage in certificate.Stage if stage is not certificate.Stage.SUBMITTED])
def test_only_a_certificate_case_that_lies_unread_counts_as_accepted(stage: certificate.Stage) -> None:
    with pytest.raises(IllegalTransition):
        replace(a_certificate_case(), stage=stage).deem_accepted(on=MONDAY, organisation_id=OFFICE, rule_versions=RULES)


@pytest.mark.parametrize("stage", [stage for stage in benefit.Stage if stage is not benefit.Stage.SUBMITTED])
def test_only_a_benefit_case_that_lies_unread_counts_as_accepted(stage: benefit.Stage) -> None:
    with pytest.raises(IllegalTransition):
        replace(a_benefit_case(benefit.Stage.SUBMITTED), stage=stage).deem_accepted(
            on=MONDAY, organisation_id=OFFICE, rule_versions=RULES
        )


def test_nobody_can_make_it_count_as_accepted() -> None:
    assert certificate.LIFECYCLE.steps[certificate.Action.DEEM_ACCEPTED].operation is None
    assert not certificate.LIFECYCLE.steps[certificate.Action.DEEM_ACCEPTED].roles


def test_a_benefit_counts_as_granted_only_by_a_rule_that_is_named_and_by_nobody() -> None:
    case = a_benefit_case(benefit.Stage.ACCEPTED)

    granted, event = case.deem_granted(
        on=MONDAY, proposal=a_proposal(Finding.UNKNOWN), rules=BENEFIT_RULES, rule_versions=("local.decision@65#1",)
    )

    assert (granted.stage, granted.done[-1].by, event.granted_by) == (benefit.Stage.GRANTED, None, None)
    assert granted.granted is not None
    assert granted.granted.first_month == case.applied_on.replace(day=1)
    assert "local.decision@65#1" in granted.rule_versions
    assert event.rule_versions == granted.rule_versions


@pytest.mark.parametrize("stage", [benefit.Stage.WAITING, benefit.Stage.SUBMITTED, benefit.Stage.REFUSED])
def test_what_was_not_accepted_or_is_decided_does_not_count_as_granted(stage: benefit.Stage) -> None:
    case = replace(a_benefit_case(benefit.Stage.ACCEPTED), stage=stage)

    with pytest.raises(IllegalTransition):
        case.deem_granted(on=MONDAY, proposal=a_proposal(), rules=BENEFIT_RULES, rule_versions=())
