"""The catalogue holds what organisations offer to what the rules say of each service."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.domain.assessment import NeedRules
from app.domain.catalogue import (
    Capacity,
    CapacityImpossible,
    Family,
    Feature,
    Location,
    NotThisService,
    ProviderKind,
    service_types,
    taxonomies,
)
from app.domain.shared.entry import Entry
from tests.builders import COUNTY, ELSEWHERE, MONDAY, TOWNSHIP, VILLAGE
from tests.builders.assessment import words
from tests.builders.referral import a_service
from tests.builders.rules import HERE

TYPES = service_types(HERE)


def a_location(*features: Feature, region: str = TOWNSHIP) -> Location:
    return Location(id=UUID(int=1), name=words(), region=region, features=frozenset(features))


def test_the_eight_families_are_those_of_the_rulebook() -> None:
    listed = Entry({"all": HERE.value("catalogue.families").value}, "families").entries("all")

    assert [family.text("code") for family in listed] == list(Family)


def test_every_service_of_the_rulebook_is_read_and_every_need_is_met_by_one() -> None:
    needs = NeedRules.of(HERE).types
    met = frozenset().union(*(kind.meets for kind in TYPES.values()))

    assert len(TYPES) == len(HERE.under("service."))
    assert met == set(needs)
    assert all(needs[need].code.item == need for need in met)
    assert all(kind.provider_kinds for kind in TYPES.values())
    assert all(kind.exclusive_with <= TYPES.keys() for kind in TYPES.values())


def test_a_type_names_its_law_and_its_rule() -> None:
    care = TYPES["CARE-HOME"]

    assert (care.family, care.wording.zh, care.reference) == (
        Family.HOME_CARE,
        "居家照料服务",
        "service.care_home@CN#1",
    )
    assert care.exclusive_with == {"CARE-SUNSHINE"}
    assert care.source
    assert TYPES["REH-CHILD"].evidence == ("identity_card", "certificate_record", "diagnosis")


def test_the_terms_by_which_services_are_also_found_name_services_that_there_are() -> None:
    terms = taxonomies(HERE)

    assert [term.code for term in terms] == ["devices", "subsidies", "insurance", "transport", "housing"]
    assert all(term.services <= TYPES.keys() and term.wording.zh for term in terms)


def test_what_is_offered_is_what_the_catalogue_calls_so() -> None:
    TYPES["CARE-HOME"].require_same(a_service())

    for service, pointer in [
        (a_service(code="CARE-SUNSHINE"), "/family"),
        (a_service(family=Family.RIGHTS), "/family"),
        (a_service(meets=frozenset({"home_care", "sport"})), "/meets"),
    ]:
        with pytest.raises(NotThisService) as refusal:
            TYPES["CARE-HOME"].require_same(service)
        assert refusal.value.pointer == pointer


def test_only_the_kinds_of_provider_that_the_rules_name_offer_a_service() -> None:
    with pytest.raises(NotThisService) as refusal:
        TYPES["CARE-SUNSHINE"].require_same(a_service(code="CARE-SUNSHINE", provider_kind=ProviderKind.GOVERNMENT))

    assert refusal.value.pointer == "/provider_kind"


@pytest.mark.parametrize(("total", "taken"), [(3, 4), (3, -1), (-1, -1)])
def test_no_more_places_are_taken_than_there_are(total: int, taken: int) -> None:
    with pytest.raises(CapacityImpossible):
        Capacity(total=total, taken=taken, as_of=MONDAY)


def test_a_service_has_a_place_while_one_is_free_or_places_are_not_counted() -> None:
    full = Capacity(total=3, taken=3, as_of=date(2026, 11, 1))

    assert a_service(capacity=None).has_place
    assert a_service(capacity=replace(full, taken=2)).has_place
    assert not a_service(capacity=full).has_place


def test_a_service_takes_residents_of_the_areas_that_it_serves() -> None:
    assert a_service(serves=()).takes_from(ELSEWHERE)
    assert a_service(serves=(ELSEWHERE, COUNTY)).takes_from(VILLAGE)
    assert not a_service(serves=(TOWNSHIP,)).takes_from(COUNTY)


def test_a_service_is_as_accessible_as_the_least_accessible_of_its_places() -> None:
    places = (a_location(Feature.LIFT, Feature.STEP_FREE), a_location(Feature.STEP_FREE, region=VILLAGE))
    service = a_service(locations=places)

    assert service.features == {Feature.STEP_FREE}
    assert service.regions == (TOWNSHIP, VILLAGE)
    assert a_service(locations=()).features == frozenset()
