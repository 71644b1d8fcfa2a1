"""What may come in between: a referral rests and goes on, ends early, or moves on with what is open."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from app.domain.referral import (
    UNDER_WAY,
    AlreadyTheProvider,
    Appointment,
    AppointmentImpossible,
    Audience,
    NothingDelivered,
    NothingLeft,
    NotTheProvider,
    Pause,
    PauseImpossible,
    PauseReason,
    Reasoned,
    Referral,
    ReferralStage,
    RevokeReason,
    Task,
    TransferReason,
    explained,
    handed_over,
    rests,
)
from app.domain.shared.access import Membership, Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.quantity import Quantity, Unit
from app.domain.shared.transitions import NotYourFunction
from app.domain.shared.voice import NotThePerson
from tests.builders import CITIZEN, MONDAY, TOWNSHIP, WEEKDAYS, a_principal
from tests.builders.people import COMMISSIONER, GUARDIAN, GUARDIAN_ID, PROVIDER, SOMEBODY_ELSE
from tests.builders.referral import a_referral, sessions

LATER = MONDAY + timedelta(days=7)
HOSPITAL = Pause(reason=PauseReason.IN_HOSPITAL, since=MONDAY, words="骨折住院")
WISH = Reasoned(reason=RevokeReason.PERSON_WISHES, words="由女儿照料")
MOVED = Reasoned(reason=TransferReason.PROVIDER_UNABLE, words="人手不足")
ANOTHER, ANOTHERS_SERVICE = UUID(int=0xB0B), UUID(int=0x5E5)


def paused(stage: ReferralStage) -> Referral:
    return a_referral(stage).pause(HOSPITAL, by=COMMISSIONER, on=MONDAY)[0]


@pytest.mark.parametrize("stage", [ReferralStage.ACCEPTED, ReferralStage.DELIVERED])
def test_what_rests_goes_on_from_where_it_stood(stage: ReferralStage) -> None:
    resting, event = a_referral(stage).pause(HOSPITAL, by=PROVIDER, on=MONDAY)
    again, resumed = resting.resume(by=COMMISSIONER, on=LATER)

    assert (resting.stage, event.facts()["reason"]) == (ReferralStage.PAUSED, "in_hospital")
    assert "骨折" not in str(event.facts()) + repr(resting)
    assert (again.stage, again.pauses[0].resumed_on, resumed.facts()["resumed_on"]) == (stage, LATER, str(LATER))


def test_a_second_rest_leaves_the_end_of_the_first_as_it_was() -> None:
    goes_on = paused(ReferralStage.ACCEPTED).resume(by=COMMISSIONER, on=LATER)[0]
    again, ended_on = replace(HOSPITAL, since=LATER + timedelta(days=1)), LATER + timedelta(days=3)

    resting = goes_on.pause(again, by=COMMISSIONER, on=again.since)[0]

    assert [one.resumed_on for one in resting.pauses] == [LATER, None]
    assert [one.resumed_on for one in resting.resume(by=COMMISSIONER, on=ended_on)[0].pauses] == [LATER, ended_on]


def test_nothing_is_delivered_or_confirmed_while_it_rests() -> None:
    with pytest.raises(IllegalTransition):
        paused(ReferralStage.DELIVERED).deliver(by=PROVIDER, on=MONDAY, deliveries=(sessions(),), calendar=WEEKDAYS)
    with pytest.raises(IllegalTransition):
        paused(ReferralStage.DELIVERED).confirm(by=CITIZEN, on=MONDAY, satisfaction=None, words=None, guardians=())


@pytest.mark.parametrize(
    ("stage", "code"), [(ReferralStage.ACCEPTED, "resume_delivery"), (ReferralStage.DELIVERED, "resume")]
)
def test_the_other_way_of_going_on_says_why_it_is_closed(stage: ReferralStage, code: str) -> None:
    answers = {one.action: one.reason_code for one in paused(stage).allowed_actions(COMMISSIONER, on=MONDAY)}

    assert answers[code] == NothingDelivered.code


def test_another_provider_lets_nothing_rest_and_a_pause_does_not_end_before_it_begins() -> None:
    elsewhere = Membership(organisation_id=ANOTHER, role=Role.PROVIDER, region=TOWNSHIP, valid_from=date(2020, 1, 1))
    with pytest.raises(NotTheProvider):
        a_referral(ReferralStage.ACCEPTED).pause(
            HOSPITAL, by=a_principal(Role.PROVIDER, memberships=(elsewhere,)), on=MONDAY
        )
    with pytest.raises(PauseImpossible):
        replace(HOSPITAL, expected_until=MONDAY - timedelta(days=1))


@pytest.mark.parametrize("stage", UNDER_WAY)
def test_the_person_or_a_guardian_ends_what_is_under_way_and_what_was_delivered_stays(stage: ReferralStage) -> None:
    ended, event = a_referral(stage).revoke(WISH, by=GUARDIAN, on=MONDAY, guardians={GUARDIAN_ID})

    assert (ended.stage, ended.deliveries) == (ReferralStage.REVOKED, a_referral(stage).deliveries)
    assert event.facts()["reason"] == "person_wishes"
    assert "女儿" not in str(event.facts()) + repr(ended)


def test_nobody_else_ends_it_for_the_person() -> None:
    with pytest.raises(NotThePerson):
        a_referral().revoke(WISH, by=SOMEBODY_ELSE, on=MONDAY)


def test_another_provider_takes_over_what_is_left_and_the_tasks_that_are_still_open() -> None:
    over, still_open = Task(what="首次上门", due_on=MONDAY), Task(what="每月上门", due_on=LATER)
    held = replace(a_referral(ReferralStage.DELIVERED), tasks=(over, still_open), starts_on=MONDAY, ends_on=LATER)
    on = MONDAY + timedelta(days=1)

    asked = handed_over(held, service_id=ANOTHERS_SERVICE, provider_id=ANOTHER, purpose="service_delivery", on=on)
    moved, event = held.transfer(MOVED, successor_id=UUID(int=7), by=COMMISSIONER, on=on)

    assert asked.planned == Quantity(amount=11, unit=Unit.SESSION)
    assert (asked.tasks, asked.starts_on, asked.ends_on) == ((still_open,), on, LATER)
    assert (asked.provider_id, asked.transferred_from, asked.plan_item_id) == (ANOTHER, held.id, held.plan_item_id)
    assert (moved.stage, moved.tasks, moved.deliveries) == (ReferralStage.TRANSFERRED, (over,), held.deliveries)
    assert {str(ANOTHER), str(ANOTHERS_SERVICE)}.isdisjoint(map(str, event.facts().values()))
    assert event.facts()["reason"] == "provider_unable"


def test_what_is_due_on_the_very_day_of_a_transfer_goes_with_it() -> None:
    due, visit = Task(what="每月上门", due_on=LATER), Appointment(on=LATER)
    held = replace(a_referral(ReferralStage.ACCEPTED), tasks=(due,), appointments=(visit,))

    asked = handed_over(held, service_id=ANOTHERS_SERVICE, provider_id=ANOTHER, purpose=None, on=LATER)
    moved, _ = held.transfer(MOVED, successor_id=UUID(int=7), by=COMMISSIONER, on=LATER)

    assert (asked.tasks, asked.appointments) == ((due,), (visit,))
    assert (moved.tasks, moved.appointments) == ((), ())


def test_nothing_moves_to_the_provider_that_has_it_or_once_all_was_delivered() -> None:
    whole = a_referral(ReferralStage.ACCEPTED).deliver(
        by=PROVIDER, on=MONDAY, deliveries=(sessions(12),), calendar=WEEKDAYS
    )[0]

    with pytest.raises(AlreadyTheProvider):
        handed_over(whole, service_id=ANOTHERS_SERVICE, provider_id=whole.provider_id, purpose=None, on=MONDAY)
    with pytest.raises(NothingLeft):
        handed_over(whole, service_id=ANOTHERS_SERVICE, provider_id=ANOTHER, purpose=None, on=MONDAY)


def test_after_a_time_out_the_person_waits_and_staff_ask_another_by_a_day() -> None:
    expired = a_referral().expire(on=date(2026, 11, 24), ask_another_by=date(2026, 11, 27))[0]

    told = {audience: explained(expired, audience).next_action for audience in Audience}

    assert told[Audience.PERSON].code == "next.referral.another_is_asked"
    assert told[Audience.STAFF].code == "next.referral.ask_another"
    assert told[Audience.PROVIDER].code == "next.referral.nothing"
    assert told[Audience.PERSON].parameters["ask_another_by"] == "2026-11-27"


def test_visits_are_planned_in_place_of_those_to_come_and_what_has_been_stays() -> None:
    first = Appointment(on=MONDAY, at=time(14, 30))
    later = [Appointment(on=MONDAY + timedelta(days=days)) for days in (14, 7)]
    planned, event = a_referral(ReferralStage.ACCEPTED).schedule([first, *later], by=PROVIDER, on=MONDAY)

    anew, _ = planned.schedule([later[1]], by=PROVIDER, on=MONDAY + timedelta(days=1))

    assert [one.on.day for one in planned.appointments] == [16, 23, 30]
    assert (planned.stage, event.visits) == (ReferralStage.ACCEPTED, 3)
    assert anew.appointments == (first, later[1])
    assert a_referral(ReferralStage.DELIVERED).schedule([], by=PROVIDER, on=MONDAY)[0].appointments == ()


def test_nobody_plans_a_visit_for_yesterday_or_twice_and_only_the_provider_does() -> None:
    referral, visit = a_referral(ReferralStage.ACCEPTED), Appointment(on=MONDAY)

    for wrong in ([Appointment(on=MONDAY - timedelta(days=1))], [visit, visit]):
        with pytest.raises(AppointmentImpossible):
            referral.schedule(wrong, by=PROVIDER, on=MONDAY)
    with pytest.raises(NotYourFunction):
        referral.schedule([visit], by=COMMISSIONER, on=MONDAY)
    with pytest.raises(IllegalTransition):
        a_referral(ReferralStage.PAUSED).schedule([visit], by=PROVIDER, on=MONDAY)


def test_visits_to_come_move_with_a_transfer_and_end_with_a_revocation() -> None:
    past, to_come = Appointment(on=MONDAY), Appointment(on=MONDAY + timedelta(days=7))
    referral = replace(a_referral(ReferralStage.ACCEPTED), appointments=(past, to_come))
    tomorrow = MONDAY + timedelta(days=1)

    asked = handed_over(referral, service_id=UUID(int=1), provider_id=UUID(int=2), purpose=None, on=tomorrow)
    moved, _ = referral.transfer(
        Reasoned(reason=TransferReason.PERSON_WISHES), successor_id=UUID(int=3), by=COMMISSIONER, on=tomorrow
    )
    revoked, _ = referral.revoke(Reasoned(reason=RevokeReason.NO_LONGER_NEEDED), by=COMMISSIONER, on=tomorrow)

    assert asked.appointments == (to_come,)
    assert moved.appointments == revoked.appointments == (past,)


def test_visits_rest_while_the_service_rests_and_take_place_from_the_day_on_which_it_goes_on() -> None:
    rest = Pause(reason=PauseReason.IN_HOSPITAL, since=MONDAY)
    over = replace(rest, resumed_on=LATER)
    visits = [Appointment(on=day) for day in (MONDAY - timedelta(days=1), MONDAY, LATER)]

    assert [rests(one, [rest]) for one in visits] == [False, True, True]
    assert [rests(one, [over]) for one in visits] == [False, True, False]
