"""What an office says in a provider's name waits for that provider's word."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.domain.catalogue import (
    LIFECYCLE,
    ListingAction,
    ListingStage,
    ServiceNotConfirmed,
    ServiceStatus,
    allowed_actions,
    confirm,
    decline,
    needs_word,
    proposed_anew,
    require_confirmed,
    stage_of_new,
)
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction
from tests.builders import COUNTY_OFFICER
from tests.builders.listing import a_listing_at
from tests.builders.people import PROVIDER, PROVIDER_ID

DAY = date(2026, 11, 27)
REASON = "我机构不提供上门服务。"


def test_a_service_waits_where_its_provider_can_answer_for_itself_and_not_where_nobody_can_be_asked() -> None:
    assert stage_of_new(PROVIDER_ID, speaking={PROVIDER_ID}) is ListingStage.PROPOSED
    assert stage_of_new(PROVIDER_ID, speaking={UUID(int=9)}) is ListingStage.CONFIRMED


@pytest.mark.parametrize("stage", [ListingStage.PROPOSED, ListingStage.DECLINED])
def test_the_provider_confirms_and_it_is_kept_who_did_and_when(stage: ListingStage) -> None:
    confirmed, event = confirm(a_listing_at(stage, declined_because="不提供"), by=PROVIDER, on=DAY)

    assert (confirmed.stage, confirmed.version, confirmed.declined_because) == (ListingStage.CONFIRMED, 2, "")
    assert (event.service_id, event.organisation_id) == (confirmed.id, PROVIDER_ID)
    assert (event.confirmed_by, event.confirmed_on) == (PROVIDER.id, DAY)
    assert [(step.action, step.by, step.on) for step in confirmed.done] == [(ListingAction.CONFIRM, PROVIDER.id, DAY)]
    require_confirmed(confirmed)


@pytest.mark.parametrize("stage", [ListingStage.PROPOSED, ListingStage.CONFIRMED])
def test_the_provider_declines_with_a_reason_that_stands_in_no_event(stage: ListingStage) -> None:
    declined, event = decline(a_listing_at(stage), REASON, by=PROVIDER, on=DAY)

    assert (declined.stage, declined.declined_because, declined.version) == (ListingStage.DECLINED, REASON, 2)
    assert (event.declined_by, event.declined_on) == (PROVIDER.id, DAY)
    assert REASON not in str(event.facts())


@pytest.mark.parametrize("stage", [ListingStage.PROPOSED, ListingStage.DECLINED])
def test_nothing_is_begun_with_what_its_provider_does_not_stand_by(stage: ListingStage) -> None:
    with pytest.raises(ServiceNotConfirmed):
        require_confirmed(a_listing_at(stage))


def test_no_office_says_the_providers_word() -> None:
    with pytest.raises(NotYourFunction):
        confirm(a_listing_at(), by=COUNTY_OFFICER, on=DAY)
    with pytest.raises(NotYourFunction):
        decline(a_listing_at(), REASON, by=COUNTY_OFFICER, on=DAY)
    assert not any(one.allowed for one in allowed_actions(a_listing_at(), COUNTY_OFFICER, on=DAY))


def test_nothing_is_said_twice() -> None:
    with pytest.raises(IllegalTransition):
        confirm(a_listing_at(ListingStage.CONFIRMED), by=PROVIDER, on=DAY)
    with pytest.raises(IllegalTransition):
        decline(a_listing_at(ListingStage.DECLINED), REASON, by=PROVIDER, on=DAY)
    assert LIFECYCLE.start is ListingStage.PROPOSED


def test_what_is_offered_needs_the_word_again_and_how_long_one_waits_does_not() -> None:
    held = a_listing_at(ListingStage.CONFIRMED, waiting_days=7)
    closed = replace(held, status=ServiceStatus.TEMPORARILY_CLOSED)

    assert not needs_word(held, {"waiting_days": 30, "name": held.name})
    assert not needs_word(held, {"status": ServiceStatus.TEMPORARILY_CLOSED})
    assert needs_word(held, {"waiting_days": 30, "cost_fen": 100})
    assert needs_word(closed, {"status": ServiceStatus.ACTIVE})
    assert proposed_anew(replace(held, declined_because="不提供"), on=DAY).stage is ListingStage.PROPOSED
    assert proposed_anew(replace(held, declined_because="不提供"), on=DAY).declined_because == ""
