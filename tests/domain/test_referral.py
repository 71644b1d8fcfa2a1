"""A referral is offered, answered and delivered by the provider, and closed by the person's word or a reasoned one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from app.domain.referral import (
    LIFECYCLE,
    DeclineReason,
    Delivery,
    DeliveryImpossible,
    DeliveryNote,
    InvalidRating,
    NotTheProvider,
    OfferExpired,
    OfferStillOpen,
    Override,
    OverrideReason,
    Reasoned,
    Referral,
    ReferralAction,
    ReferralStage,
)
from app.domain.shared.access import Membership, Principal, Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.events import Event
from app.domain.shared.quantity import Quantity, Unit
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction
from app.domain.shared.voice import NotThePerson, Voice
from tests.builders import CITIZEN, ELSEWHERE, MONDAY, PERSON_ID, TOWNSHIP, TOWNSHIP_OFFICER, WEEKDAYS, a_principal
from tests.builders.assessment import NEED_ID
from tests.builders.people import COMMISSIONER, GUARDIAN, GUARDIAN_ID, PROVIDER, PROVIDER_ID, SOMEBODY_ELSE
from tests.builders.plan import ITEM_ID, PLAN_ID, SERVICE_ID
from tests.builders.referral import REFERRAL_ID, a_referral, an_offer, offered, sessions

LAST_DAY = date(2026, 11, 23)
TOO_LATE = LAST_DAY + timedelta(days=1)
SEEN = Override(reason=OverrideReason.SEEN_ON_SITE, words="invented words")

ELEVEN_AT_NIGHT = datetime(2026, 11, 17, 23, tzinfo=timezone(timedelta(hours=8)))


def deliver(
    referral: Referral, *deliveries: Delivery, by: Principal = PROVIDER, on: date = MONDAY
) -> tuple[Referral, Event]:
    return referral.deliver(by=by, on=on, deliveries=deliveries, calendar=WEEKDAYS)


STEPS: dict[ReferralAction, Callable[[Referral, Principal], tuple[Referral, Event]]] = {
    ReferralAction.ACCEPT: lambda referral, by: referral.accept(by=by, on=MONDAY, begins_on=LAST_DAY),
    ReferralAction.DECLINE: lambda referral, by: referral.decline(
        Reasoned(reason=DeclineReason.NO_CAPACITY, words="名额已满"), by=by, on=MONDAY, ask_another_by=LAST_DAY
    ),
    ReferralAction.DELIVER: lambda referral, by: deliver(referral, sessions(), by=by),
    ReferralAction.CONFIRM: lambda referral, by: referral.confirm(
        by=by, on=MONDAY, satisfaction=5, words="很好", guardians=()
    ),
    ReferralAction.OVERRIDE: lambda referral, by: referral.confirm_instead(by=by, on=MONDAY, override=SEEN),
}


def test_an_offer_is_open_for_five_working_days() -> None:
    referral, event = offered()

    assert (referral.stage, referral.expires_on) == (ReferralStage.OFFERED, LAST_DAY)
    assert (referral.plan_id, referral.plan_item_id) == (PLAN_ID, ITEM_ID)
    assert (referral.done[0].by, referral.done[0].organisation_id) == (COMMISSIONER.id, *COMMISSIONER.organisation_ids)
    assert event.facts() == {
        "referral_id": str(REFERRAL_ID),
        "need_id": str(NEED_ID),
        "service_id": str(SERVICE_ID),
        "provider_id": str(PROVIDER_ID),
        "offered_by": str(COMMISSIONER.id),
        "offered_on": "2026-11-16",
        "expires_on": "2026-11-23",
        "transferred_from": None,
        "rule_versions": ["referral.answer@CN#1"],
    }


def test_only_commissioners_and_officers_of_the_place_refer_and_nobody_the_own_person() -> None:
    for outsider in (CITIZEN, PROVIDER, a_principal(Role.COMMISSIONER, region=ELSEWHERE)):
        with pytest.raises(NotYourFunction):
            offered(by=outsider)
    with pytest.raises(DutiesNotSeparated):
        offered(by=replace(COMMISSIONER, person_id=PERSON_ID))


def test_the_provider_accepts_and_says_when_it_begins() -> None:
    referral, event = STEPS[ReferralAction.ACCEPT](a_referral(), PROVIDER)

    assert (referral.stage, referral.begins_on) == (ReferralStage.ACCEPTED, LAST_DAY)
    assert event.facts()["begins_on"] == "2026-11-23"


def test_a_service_does_not_begin_before_it_is_accepted() -> None:
    with pytest.raises(DeliveryImpossible) as refusal:
        a_referral().accept(by=PROVIDER, on=MONDAY, begins_on=MONDAY - timedelta(days=1))

    assert refusal.value.pointer == "/begins_on"


def test_the_provider_declines_with_a_coded_reason_and_words_that_stay_out_of_events() -> None:
    referral, event = STEPS[ReferralAction.DECLINE](a_referral(), PROVIDER)

    assert (referral.stage, referral.decline_reason) == (ReferralStage.DECLINED, DeclineReason.NO_CAPACITY)
    assert referral.decline_words == "名额已满"
    assert "名额" not in str(event.facts())
    assert "名额" not in repr(referral)
    assert event.facts()["reason"] == "no_capacity"


@pytest.mark.parametrize(
    ("action", "stage"),
    [
        (ReferralAction.ACCEPT, ReferralStage.OFFERED),
        (ReferralAction.DECLINE, ReferralStage.OFFERED),
        (ReferralAction.DELIVER, ReferralStage.ACCEPTED),
    ],
)
def test_another_provider_neither_answers_nor_delivers(action: ReferralAction, stage: ReferralStage) -> None:
    another = a_principal(
        Role.PROVIDER,
        memberships=(
            Membership(organisation_id=SERVICE_ID, role=Role.PROVIDER, region=TOWNSHIP, valid_from=date(2020, 1, 1)),
        ),
    )

    with pytest.raises(NotTheProvider):
        STEPS[action](a_referral(stage), another)


def test_on_the_last_day_the_provider_may_still_accept_and_the_day_after_the_offer_expires() -> None:
    referral = a_referral()

    assert referral.accept(by=PROVIDER, on=LAST_DAY, begins_on=LAST_DAY)[0].stage is ReferralStage.ACCEPTED
    with pytest.raises(OfferStillOpen, match="2026-11-23"):
        referral.expire(on=LAST_DAY, ask_another_by=TOO_LATE)
    with pytest.raises(OfferExpired, match="2026-11-23"):
        referral.accept(by=PROVIDER, on=TOO_LATE, begins_on=TOO_LATE)
    expired, event = referral.expire(on=TOO_LATE, ask_another_by=date(2026, 11, 27))
    assert (expired.stage, expired.done[-1].by) == (ReferralStage.EXPIRED, None)
    assert event.facts() == {
        "referral_id": str(REFERRAL_ID),
        "expired_on": "2026-11-24",
        "ask_another_by": "2026-11-27",
    }


@pytest.mark.parametrize("stage", [stage for stage in ReferralStage if stage is not ReferralStage.OFFERED])
def test_only_what_nobody_has_answered_expires(stage: ReferralStage) -> None:
    with pytest.raises(IllegalTransition):
        a_referral(stage).expire(on=TOO_LATE, ask_another_by=TOO_LATE)


def test_deliveries_add_up_until_the_person_confirms() -> None:
    referral = a_referral(ReferralStage.DELIVERED)

    more, event = deliver(referral, sessions(2, on=LAST_DAY), sessions(3), on=LAST_DAY)

    assert (more.delivered_amount, len(more.deliveries)) == (6, 3)
    assert event.facts()["deliveries"] == 2
    assert more.deliveries[0].note is DeliveryNote.AS_PLANNED


def test_more_than_was_planned_is_taken_in_for_a_human_to_look_at() -> None:
    more, _ = deliver(a_referral(ReferralStage.ACCEPTED), sessions(13))

    assert (more.stage, more.delivered_amount) == (ReferralStage.DELIVERED, 13)


def test_where_no_plan_counts_anything_may_be_delivered() -> None:
    referral = a_referral(ReferralStage.ACCEPTED, planned=None, plan_id=None, plan_item_id=None)
    hours = Delivery(on=MONDAY, quantity=Quantity(amount=99, unit=Unit.HOUR))

    assert deliver(referral, hours, sessions())[0].delivered_amount == 100


@pytest.mark.parametrize(
    "deliveries",
    [
        (),
        (sessions(on=MONDAY - timedelta(days=1)),),
        (sessions(on=MONDAY + timedelta(days=1)),),
        (Delivery(on=MONDAY, quantity=Quantity(amount=1, unit=Unit.HOUR)),),
        (replace(sessions(), starts_at=ELEVEN_AT_NIGHT, ends_at=ELEVEN_AT_NIGHT + timedelta(hours=1)),),
    ],
    ids=["nothing", "before the acceptance", "in the future", "another unit", "times of another day"],
)
def test_a_delivery_names_what_was_done_between_acceptance_and_today_in_the_unit_of_the_plan(
    deliveries: tuple[Delivery, ...],
) -> None:
    with pytest.raises(DeliveryImpossible):
        deliver(a_referral(ReferralStage.ACCEPTED), *deliveries)


@pytest.mark.parametrize("hours", [0, -1, 25])
def test_a_delivery_ends_after_it_began_and_within_a_day(hours: int) -> None:
    with pytest.raises(DeliveryImpossible):
        replace(sessions(), starts_at=ELEVEN_AT_NIGHT, ends_at=ELEVEN_AT_NIGHT + timedelta(hours=hours))


def test_the_person_confirms_and_says_how_it_was() -> None:
    referral, event = STEPS[ReferralAction.CONFIRM](a_referral(ReferralStage.DELIVERED), CITIZEN)

    assert referral.stage is ReferralStage.CONFIRMED
    assert referral.confirmation is not None
    assert (referral.confirmation.voice, referral.confirmation.satisfaction) == (Voice.PERSON, 5)
    assert "很好" not in repr(referral)
    assert event.facts() == {
        "referral_id": str(REFERRAL_ID),
        "confirmed_by": str(CITIZEN.id),
        "voice": "person",
        "confirmed_on": "2026-11-16",
    }


def test_a_guardian_may_confirm_for_the_person_and_owes_no_rating() -> None:
    referral, event = a_referral(ReferralStage.DELIVERED).confirm(
        by=GUARDIAN, on=MONDAY, satisfaction=None, words=None, guardians={GUARDIAN_ID}
    )

    assert referral.stage is ReferralStage.CONFIRMED
    assert event.facts()["voice"] == "guardian"


def test_nobody_else_confirms() -> None:
    with pytest.raises(NotThePerson):
        STEPS[ReferralAction.CONFIRM](a_referral(ReferralStage.DELIVERED), SOMEBODY_ELSE)


@pytest.mark.parametrize("rating", [-1, 0, 6])
def test_a_rating_is_one_to_five(rating: int) -> None:
    with pytest.raises(InvalidRating):
        a_referral(ReferralStage.DELIVERED).confirm(
            by=CITIZEN, on=MONDAY, satisfaction=rating, words=None, guardians=()
        )


def test_an_officer_who_did_not_offer_it_closes_it_with_a_reason() -> None:
    referral, event = STEPS[ReferralAction.OVERRIDE](a_referral(ReferralStage.DELIVERED), TOWNSHIP_OFFICER)

    assert (referral.stage, referral.override) == (ReferralStage.OVERRIDDEN, SEEN)
    assert event.facts()["reason"] == "seen_on_site"
    assert "invented" not in str(event.facts())


def test_an_override_without_words_is_refused() -> None:
    with pytest.raises(ReasonMissing):
        Override(reason=OverrideReason.PERSON_MOVED, words="  ")


def test_whoever_offered_it_or_is_the_person_does_not_close_it_in_place_of_the_person() -> None:
    by_officer = replace(a_referral(ReferralStage.DELIVERED), done=offered(by=TOWNSHIP_OFFICER)[0].done)

    with pytest.raises(DutiesNotSeparated):
        by_officer.confirm_instead(by=TOWNSHIP_OFFICER, on=MONDAY, override=SEEN)
    with pytest.raises(DutiesNotSeparated):
        a_referral(ReferralStage.DELIVERED).confirm_instead(
            by=replace(TOWNSHIP_OFFICER, person_id=PERSON_ID), on=MONDAY, override=SEEN
        )


@pytest.mark.parametrize("stage", ReferralStage)
@pytest.mark.parametrize("role", Role)
def test_every_stage_role_and_action_of_a_referral_is_as_the_table_says(stage: ReferralStage, role: Role) -> None:
    own = Membership(organisation_id=PROVIDER_ID, role=role, region=TOWNSHIP, valid_from=date(2020, 1, 1))
    somebody = a_principal(role, number=500, memberships=(own,), person_id=GUARDIAN_ID)
    referral = a_referral(stage)
    answers = {
        answer.action: answer.allowed
        for answer in referral.allowed_actions(somebody, on=MONDAY, guardians={GUARDIAN_ID})
    }

    for action, take in STEPS.items():
        step = LIFECYCLE.steps[action]
        is_open = role in step.roles and stage in step.sources
        assert answers.get(action, is_open) == is_open
        if role not in step.roles:
            with pytest.raises(NotYourFunction):
                take(referral, somebody)
        elif stage not in step.sources:
            with pytest.raises(IllegalTransition):
                take(referral, somebody)


def test_the_actions_say_that_only_the_person_may_confirm() -> None:
    answers = {
        answer.action: answer.reason_code
        for answer in a_referral(ReferralStage.DELIVERED).allowed_actions(SOMEBODY_ELSE, on=MONDAY)
    }

    assert answers["confirm"] == "not_the_person"
    assert an_offer().region == a_referral().region
