"""Places of services: what a provider says, and what referrals hold of it."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.capacity import (
    CapacityUnit,
    NoPlaceFree,
    NotYourService,
    Places,
    PlacesImpossible,
    ServicePlaces,
    Statement,
)

OWN = UUID(int=0x0A)
SERVICE = UUID(int=0x5E)
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
OFFICER = UUID(int=0x0F)


def stated(maximum: int, available: int, *, held: int = 0, organisations: frozenset[UUID] = frozenset({OWN})) -> Places:
    own = ServicePlaces(id=SERVICE, organisation_id=OWN, region="65/6523/652301", held=held)
    said = Statement(unit=CapacityUnit.BED, maximum=maximum, available=available)
    return own.state(said, by=OFFICER, organisations=organisations, at=NOW, on=TODAY)[0]


def places(**changes: Any) -> Places:
    settings: dict[str, Any] = {"maximum": 10, "elsewhere": 4, "held": 3, "as_of": TODAY}
    return Places(**(settings | changes))


def test_what_referrals_hold_is_taken_from_what_the_provider_said() -> None:
    assert places().available == 3
    assert places(held=5).available == 1
    assert places(held=0).available == 6


def test_no_fewer_than_none_are_free_when_more_came_than_there_is_room_for() -> None:
    assert places(held=9).available == 0


@given(maximum=st.integers(0, 50), available=st.integers(0, 50), held=st.integers(0, 50))
def test_what_was_said_to_be_free_is_free_at_that_moment_or_the_statement_is_refused(
    maximum: int, available: int, held: int
) -> None:
    try:
        said = stated(maximum, available, held=held)
    except PlacesImpossible:
        assert available > maximum or available + held > maximum
    else:
        assert said.available == available
        assert (said.as_of, said.updated_at, said.unit) == (TODAY, NOW, CapacityUnit.BED)


def test_a_provider_may_say_that_it_is_full_though_referrals_hold_more_than_there_is_room_for() -> None:
    assert stated(2, 0, held=5).available == 0


def test_only_the_organisation_that_offers_a_service_says_how_many_places_it_has() -> None:
    with pytest.raises(NotYourService):
        stated(2, 1, organisations=frozenset({UUID(int=0x0B)}))


def test_an_offer_takes_a_place_that_is_free_and_no_other() -> None:
    places().require_free()
    with pytest.raises(NoPlaceFree):
        places(held=6).require_free()


def test_the_event_tells_what_was_said_and_by_whom() -> None:
    own = ServicePlaces(id=SERVICE, organisation_id=OWN, region="65/6523/652301", held=1)
    said = Statement(unit=CapacityUnit.PLACE, maximum=5, available=2)

    event = own.state(said, by=OFFICER, organisations={OWN}, at=NOW, on=TODAY)[1]

    assert (event.name, event.maximum, event.available, event.held) == ("capacity.stated", 5, 2, 1)
    assert (event.stated_by, event.stated_on) == (OFFICER, TODAY)
