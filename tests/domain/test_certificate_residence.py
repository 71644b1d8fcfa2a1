"""A case that is accepted where the person lives: which place does which step, and what must be shown for it."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.certificate import Action, Business, HandledAt, ResidencePermit, ResidencePermitMissing, Stage
from app.domain.shared.access import Role
from app.domain.shared.transitions import NotYourFunction
from tests.builders import ELSEWHERE, MONDAY, TOWNSHIP_OFFICER, VILLAGE, a_certificate_case, a_principal, accepted
from tests.builders.business import row_of
from tests.builders.people import COUNTY_OFFICER

SHOWN: dict[str, Any] = {"residence_permit": ResidencePermit.SHOWN}
HERE_FOR_ELSEWHERE: dict[str, Any] = {"region": ELSEWHERE, "accepting_region": VILLAGE}
ROLES = {
    Action.ACCEPT: Role.TOWNSHIP_OFFICER,
    Action.ASSIGN_EVALUATION: Role.COUNTY_OFFICER,
    Action.POST_NOTICE: Role.COUNTY_OFFICER,
    Action.RECORD_OBJECTION: Role.TOWNSHIP_OFFICER,
    Action.REVIEW: Role.COUNTY_REVIEWER,
    Action.APPROVE: Role.COUNTY_APPROVER,
    Action.ISSUE: Role.COUNTY_APPROVER,
    Action.REFUSE: Role.COUNTY_APPROVER,
    Action.ASK_CORRECTION: Role.TOWNSHIP_OFFICER,
}
AT_RESIDENCE = {Action.ACCEPT, Action.ASSIGN_EVALUATION, Action.POST_NOTICE, Action.RECORD_OBJECTION}
STAGES = {
    Action.ASSIGN_EVALUATION: Stage.ACCEPTED,
    Action.POST_NOTICE: Stage.EVALUATED,
    Action.RECORD_OBJECTION: Stage.ON_NOTICE,
    Action.REVIEW: Stage.ON_NOTICE,
    Action.APPROVE: Stage.REVIEWED,
    Action.ISSUE: Stage.APPROVED,
}


@pytest.mark.parametrize("action", ROLES)
def test_each_step_is_of_one_of_the_two_places(action: Action) -> None:
    case = replace(a_certificate_case(STAGES.get(action, Stage.SUBMITTED)), **HERE_FOR_ELSEWHERE)
    here, there = (a_principal(ROLES[action], number=700, region=place) for place in ("65/6523/652301", ELSEWHERE))

    reasons = {
        place: next(one for one in case.allowed_actions(by, on=MONDAY) if one.action == action).reason_code
        for place, by in (("residence", here), ("registration", there))
    }

    other = "registration" if action in AT_RESIDENCE else "residence"
    assert [place for place, reason in reasons.items() if reason == "not_your_function"] == [other]


def test_where_it_is_accepted_at_the_residence_a_permit_is_shown() -> None:
    case = a_certificate_case(**HERE_FOR_ELSEWHERE)

    with pytest.raises(ResidencePermitMissing):
        accepted(case)
    assert accepted(case, **SHOWN).handled_at is HandledAt.RESIDENCE


def test_at_the_registration_nobody_is_asked_for_a_permit() -> None:
    assert accepted(a_certificate_case()).handled_at is HandledAt.REGISTRATION


def test_who_accepted_at_the_residence_is_on_record_with_that_organisation() -> None:
    case = accepted(a_certificate_case(**HERE_FOR_ELSEWHERE), **SHOWN)

    assert case.done_by(Action.ACCEPT) == TOWNSHIP_OFFICER.id
    assert case.organisation_of(Action.ACCEPT) == TOWNSHIP_OFFICER.memberships[0].organisation_id


def test_the_registration_does_not_accept_what_is_accepted_at_the_residence() -> None:
    there = a_principal(Role.TOWNSHIP_OFFICER, number=701, region=ELSEWHERE)

    with pytest.raises(NotYourFunction):
        accepted(a_certificate_case(**HERE_FOR_ELSEWHERE), by=there, **SHOWN)


@pytest.mark.parametrize("business", Business)
def test_six_of_the_seven_cross_provinces_and_a_damaged_card_does_not(business: Business) -> None:
    assert row_of(business).may_cross is (business is not Business.DAMAGED)


def test_the_officer_of_the_residence_may_do_nothing_once_it_is_reviewed() -> None:
    case = replace(a_certificate_case(Stage.REVIEWED), **HERE_FOR_ELSEWHERE)

    assert [one.action for one in case.allowed_actions(COUNTY_OFFICER, on=MONDAY) if one.allowed] == []
