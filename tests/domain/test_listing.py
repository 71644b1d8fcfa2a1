"""A row of a catalogue says of a service what its cells say, and what is otherwise than on record is told."""

from typing import Any
from uuid import UUID

import pytest

from app.adapters.rulebooks import load_regions
from app.domain.catalogue import (
    Listing,
    ListingStage,
    ListingUnclear,
    Mode,
    NotThisService,
    Service,
    ServiceStatus,
    changed,
    differences,
    listed,
    service_types,
)
from app.domain.shared.errors import DomainError
from app.domain.shared.identity import OrganisationCode
from app.domain.shared.region import Regions
from tests.builders import COUNTY
from tests.builders.rules import HERE

REGIONS = Regions(load_regions())
KIND = service_types(HERE)["CARE-HOME"]
ROW = {
    "key": "1",
    "provider_code": OrganisationCode.of("13999999MB7777001").value.lower(),
    "code": "CARE-HOME",
    "region_code": "652301",
    "name": "居家照料",
}
KEY, PROVIDER, PLACE = UUID(int=1), UUID(int=2), UUID(int=3)


def said(held: Service | None = None, /, **cells: str) -> dict[str, Any]:
    listing = Listing.of({**ROW, **cells})
    return dict(listing.said_of(held, kind=KIND, regions=REGIONS, location_id=PLACE))


def a_service(**cells: str) -> Service:
    return listed(said(None, **cells), service_id=KEY, organisation_id=PROVIDER, kind=KIND, stage=ListingStage.PROPOSED)


def test_a_row_brings_in_a_service_with_what_the_catalogue_says_of_its_kind() -> None:
    service = a_service(
        meets="home_care、carer_relief",
        mode="at_home",
        serves="652301104, 652301105",
        languages="zh-CN,ug-CN",
        waiting_days="7",
        hours="MO TU 10:00-14:00; 1SA 3SA 10:00-13:00; 15 -1 16:00-18:00",
        location_name="示例站",
        location_region="652301104",
        features="step_free, lift",
        status="active",
    )

    assert (service.region, service.family) == (COUNTY, KIND.family)
    assert sorted(service.meets) == ["carer_relief", "home_care"]
    assert (service.mode, service.waiting_days, service.status) == (Mode.AT_HOME, 7, ServiceStatus.ACTIVE)
    assert [one.rrule for one in service.schedules] == [
        "FREQ=WEEKLY;BYDAY=MO,TU",
        "FREQ=MONTHLY;BYDAY=1SA,3SA",
        "FREQ=MONTHLY;BYMONTHDAY=15,-1",
    ]
    assert service.features == {"step_free", "lift"}
    assert service.name.en == "居家照料"
    assert a_service().meets == KIND.meets


def test_an_empty_cell_says_nothing_and_what_is_otherwise_is_told_field_by_field() -> None:
    held = a_service(waiting_days="7", location_name="示例站", features="lift")

    assert differences(held, said(held)) == ()
    assert differences(held, said(held, waiting_days=" ")) == ()
    found = differences(held, said(held, waiting_days="30", location_name="示例站", features="step_free"))
    assert (found[0].field, found[0].held, found[0].given) == ("waiting_days", "7", "30")
    assert [one.field for one in found] == ["waiting_days", "locations"]


def test_another_place_comes_beside_those_on_record() -> None:
    held = a_service(location_name="示例站")
    listing = Listing.of({**ROW, "location_name": "另一站"})

    places = listing.said_of(held, kind=KIND, regions=REGIONS, location_id=UUID(int=4))["locations"]

    assert [one.name.zh for one in places] == ["示例站", "另一站"]


def test_a_service_that_is_changed_has_a_new_version_and_is_still_what_the_catalogue_calls_so() -> None:
    held = a_service(waiting_days="7")

    assert changed(held, said(held, waiting_days="30"), kind=KIND).version == held.version + 1
    with pytest.raises(NotThisService):
        changed(held, said(held, meets="sport"), kind=KIND)


def test_a_cell_that_cannot_be_read_is_named() -> None:
    wrong = {
        "provider_code": "1",
        "service_id": "x",
        "mode": "by_air",
        "waiting_days": "soon",
        "hours": "MO 10:00",
        "serves": "999",
        "features": "gold",
        "region_code": "",
        "languages": "a-language-that-nobody-speaks",
    }

    for column, cell in wrong.items():
        with pytest.raises(DomainError) as refused:
            said(None, **{column: cell})
        assert refused.value.pointer == f"/{column}", column
    assert ListingUnclear.code == "listing_unclear"
