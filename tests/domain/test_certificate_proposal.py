"""What the passing of days proposes for a certificate, by the rules of its place: a human looks into it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.domain.certificate import CertificateStatus, Holding, Proposal, ProposalReason, ProposalRules, ProposedAction
from app.domain.person import MoveImpossible
from app.domain.shared.transitions import OwnCase
from tests.builders import ELSEWHERE, MONDAY, PERSON_ID, TOWNSHIP, TOWNSHIP_OFFICER, VILLAGE, a_person
from tests.builders.business import rules_here
from tests.builders.people import a_principal, rules_in_force

RULES = ProposalRules.of(rules_here())
MOVED_ON = date(2026, 1, 31)


def held(**changes: Any) -> Holding:
    """The certificate of somebody whose registration has moved away."""
    settings: dict[str, Any] = {
        "certificate_id": UUID(int=0xCE),
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "status": CertificateStatus.IN_FORCE,
        "valid_until": date(2030, 1, 1),
        "registration_region": ELSEWHERE,
        "registered_since": MOVED_ON,
    }
    return Holding(**(settings | changes))


def proposed(on: date, **changes: Any) -> tuple[ProposedAction, ProposalReason] | None:
    proposal = RULES.proposal(held(**changes), on=on)
    return (proposal.action, proposal.reason) if isinstance(proposal, Proposal) else None


FREEZE = (ProposedAction.FREEZE, ProposalReason.NOT_MIGRATED)
CANCEL = (ProposedAction.CANCEL, ProposalReason.NOT_MIGRATED)
RENEW = (ProposedAction.FREEZE, ProposalReason.NOT_RENEWED)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 7, 31), None),
        (date(2026, 8, 1), FREEZE),
        (date(2027, 1, 31), FREEZE),
        (date(2027, 2, 1), CANCEL),
    ],
)
def test_more_than_six_months_after_a_move_a_freeze_and_more_than_twelve_a_cancellation(
    on: date, expected: tuple[ProposedAction, ProposalReason] | None
) -> None:
    assert proposed(on) == expected


def test_what_is_frozen_is_not_proposed_to_be_frozen() -> None:
    assert proposed(date(2026, 8, 1), status=CertificateStatus.FROZEN) is None
    assert proposed(date(2027, 2, 1), status=CertificateStatus.FROZEN) == CANCEL


@pytest.mark.parametrize("place", [VILLAGE, TOWNSHIP])
def test_a_move_within_the_county_is_none(place: str) -> None:
    assert proposed(date(2029, 1, 1), registration_region=place) is None


def test_somebody_who_was_always_registered_elsewhere_has_not_moved() -> None:
    assert proposed(date(2029, 1, 1), registered_since=None) is None


@pytest.mark.parametrize(("on", "expected"), [(date(2030, 7, 1), None), (date(2030, 7, 2), RENEW)])
def test_long_after_its_end_an_expired_one_is_proposed_to_be_frozen(
    on: date, expected: tuple[ProposedAction, ProposalReason] | None
) -> None:
    assert proposed(on, registration_region=VILLAGE) == expected


def test_a_place_without_such_rules_proposes_nothing() -> None:
    nothing = ProposalRules.of(rules_in_force())

    assert nothing.proposal(held(), on=date(2040, 1, 1)) is None


def test_a_proposal_names_the_rule_and_the_day_that_it_was_counted_from() -> None:
    proposal = RULES.proposal(held(), on=date(2026, 8, 1))

    assert proposal is not None
    assert (proposal.rule, proposal.since) == ("certificate.migration_freeze@65/6523/652301#1", MOVED_ON)


def test_the_certificate_of_whoever_is_reported_dead_is_proposed_to_be_cancelled_before_all_else() -> None:
    told = held(reported_dead_on=MONDAY)

    proposal = RULES.proposal(told, on=MONDAY)

    assert proposal is not None
    assert (proposal.action, proposal.reason, proposal.since) == (ProposedAction.CANCEL, ProposalReason.DEATH, MONDAY)
    assert proposal.rule.startswith("certificate.cancellation_grounds@")
    frozen = held(reported_dead_on=MONDAY, status=CertificateStatus.FROZEN, registration_region=VILLAGE)
    assert RULES.proposal(frozen, on=MONDAY) is not None


def test_a_place_that_cancels_nothing_for_a_death_proposes_nothing_for_one() -> None:
    grounds = RULES.cancellation_grounds
    assert grounds is not None
    without = replace(RULES, cancellation_grounds=replace(grounds, value=("voluntary",)))

    told = held(reported_dead_on=MONDAY, registration_region=VILLAGE)

    assert without.proposal(told, on=MONDAY) is None


# The move itself


def test_a_move_is_put_on_record_with_its_day_and_its_event_says_not_whereto() -> None:
    moved, event = a_person().move_registration(ELSEWHERE, moved_on=MONDAY, by=TOWNSHIP_OFFICER, on=MONDAY)

    assert (moved.registration_region, moved.registration_since, moved.region) == (ELSEWHERE, MONDAY, VILLAGE)
    assert event.name == "person.registration_moved"
    assert ELSEWHERE not in str(event.facts())


@pytest.mark.parametrize(
    ("to", "moved_on"), [(VILLAGE, MONDAY), (ELSEWHERE, date(2026, 11, 17)), (ELSEWHERE, date(2026, 1, 30))]
)
def test_a_move_to_where_one_is_or_on_a_day_that_cannot_be_is_none(to: str, moved_on: date) -> None:
    person = a_person(registration_since=MOVED_ON)

    with pytest.raises(MoveImpossible):
        person.move_registration(to, moved_on=moved_on, by=TOWNSHIP_OFFICER, on=MONDAY)


def test_nobody_moves_the_own_registration_or_that_of_a_ward() -> None:
    role = next(iter(TOWNSHIP_OFFICER.roles))
    for officer in (a_principal(role, person_id=PERSON_ID), a_principal(role, wards=frozenset({PERSON_ID}))):
        with pytest.raises(OwnCase):
            a_person().move_registration(ELSEWHERE, moved_on=MONDAY, by=officer, on=MONDAY)
