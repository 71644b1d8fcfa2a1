"""Single services of the catalogue are offered as items of packages are: by what is on record, to who lacks them."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.application import Channel
from app.domain.catalogue import service_types
from app.domain.entitlement import Facts, entitlements
from app.domain.offer import SERVICES_OFFERED, Due, OfferStage, service_due_to
from app.domain.person import EconomicStatus
from app.domain.shared.identity import Category, Grade
from tests.builders import CITIZEN, MONDAY, OWN_WORD, VILLAGE
from tests.builders.assessment import NEED_ID
from tests.builders.rules import HERE
from tests.builders.voice import an_offer_at

KINDS, ENTITLED = service_types(HERE), entitlements(HERE)
KNOWN = Facts(
    has_certificate=True,
    components={Category.PHYSICAL: Grade.FIRST},
    birth_date=date(1950, 1, 1),
    on=MONDAY,
    economic_status=EconomicStatus.SUBSISTENCE_ALLOWANCE,
    registration_region=VILLAGE,
    residence_region=VILLAGE,
    needs={"home_care": True, "accessible_doors": True},
)


def due(code: str, facts: Facts = KNOWN, asked_for: tuple[str, ...] = ()) -> Due | None:
    return service_due_to(KINDS[code], ENTITLED[code], facts, asked_for=asked_for)


def basis(facts: Facts) -> tuple[str, ...]:
    """What an offer of care at home is found upon."""
    found = due("CARE-HOME", facts)
    assert found is not None
    return found.basis


def test_what_all_conditions_are_met_for_is_due_with_its_reasons() -> None:
    found = due("CARE-HOME")

    assert found is not None
    assert (found.package_code, found.item) == (None, "CARE-HOME")
    assert [reason.code for reason in found.reasons] == ["certificate_in_force", "grade_at_most", "need_present"]
    assert all(reason.source for reason in found.reasons)
    assert found.rule_versions


def test_what_is_not_met_not_known_received_or_asked_for_is_not_due() -> None:
    assert due("CARE-HOME", replace(KNOWN, needs={"home_care": False})) is None
    assert due("CARE-HOME", replace(KNOWN, needs={})) is None
    assert due("CARE-HOME", replace(KNOWN, components={Category.PHYSICAL: Grade.THIRD})) is None
    assert due("CARE-HOME", replace(KNOWN, receiving={"CARE-HOME": True})) is None
    assert due("CARE-HOME", asked_for=("CARE-HOME",)) is None


def test_that_our_own_service_is_not_received_is_on_record() -> None:
    assert due("ACC-HOME") is not None
    assert due("ACC-HOME", replace(KNOWN, receiving={"ACC-HOME": True})) is None


def test_what_is_there_for_everybody_and_what_a_package_asks_for_is_not_offered_so() -> None:
    assert due("LAW-HOTLINE") is None
    assert due("SUB-LIVING") is None
    assert {"LAW-HOTLINE", "EMP-AID"}.isdisjoint(HERE.texts(SERVICES_OFFERED).value)


def test_what_stands_against_something_received_is_not_offered() -> None:
    kind = replace(KINDS["CARE-HOME"], exclusive_with=frozenset({"CARE-SUNSHINE"}))
    facts = replace(KNOWN, receiving={"CARE-SUNSHINE": True})

    assert service_due_to(kind, ENTITLED["CARE-HOME"], facts, asked_for=()) is None


def test_another_need_and_another_service_are_no_reason_to_offer_it_anew() -> None:
    other_needs = replace(KNOWN, needs={**KNOWN.needs, "sport": True})
    other_service = replace(KNOWN, receiving={"CUL-HOME": True})
    heavier = replace(KNOWN, components={Category.PHYSICAL: Grade.SECOND})

    bases = [basis(facts) for facts in (KNOWN, other_needs, other_service, heavier)]

    assert bases[0] == bases[1] == bases[2] != bases[3]


@pytest.mark.parametrize("code", sorted(set(HERE.texts(SERVICES_OFFERED).value)))
def test_each_service_that_is_offered_is_in_the_catalogue_and_no_item_of_a_package(code: str) -> None:
    assert ENTITLED[code].item is None


def test_whoever_wants_a_service_is_looked_after_by_the_need_and_applies_for_nothing() -> None:
    sent = replace(an_offer_at(OfferStage.SENT), package_code=None, item="CARE-HOME")

    accepted, event = sent.accept(by=CITIZEN, on=MONDAY, word=OWN_WORD, channel=Channel.PORTAL, need_id=NEED_ID)

    assert (accepted.draft_id, accepted.need_id, event.item) == (None, NEED_ID, "CARE-HOME")
