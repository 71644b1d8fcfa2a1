"""Evidence: how it comes, how sure it is, how long it holds, and that nobody is asked for what is held."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.evidence import (
    CERTIFICATE_RECORD,
    Evidence,
    EvidenceAlreadyHeld,
    EvidenceDatesImpossible,
    EvidenceKind,
    EvidenceNotOfThisKind,
    EvidenceOrigin,
    EvidenceOriginImpossible,
    EvidenceRules,
    EvidenceSource,
    Finding,
)
from app.domain.person import FactSource
from app.domain.shared.access import Principal, Role
from app.domain.shared.entry import MalformedRule
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction, OwnCase
from tests.builders.evidence import (
    ACCEPTED,
    EVIDENCE_RULES,
    FILE,
    IDENTITY_CARD,
    OF_THE_PERSON,
    OLD_CERTIFICATE,
    PHOTO,
    RECORD,
    evidence_rules,
    holding,
    recorded,
)
from tests.builders.people import (
    CITIZEN,
    COUNTY_OFFICER,
    ELSEWHERE,
    MONDAY,
    PERSON_ID,
    TOWNSHIP_OFFICER,
    a_principal,
)

COMMISSIONER = a_principal(Role.COMMISSIONER)
PORTAL = a_principal(Role.PORTAL)


@pytest.mark.parametrize(
    ("origin", "by", "kind", "assurance"),
    [
        (EvidenceOrigin.REGISTER, COMMISSIONER, IDENTITY_CARD, FactSource.AUTHORITY),
        (EvidenceOrigin.COUNTER, COUNTY_OFFICER, PHOTO, FactSource.COUNTER),
        (EvidenceOrigin.UPLOAD, CITIZEN, PHOTO, FactSource.UPLOADED),
        (EvidenceOrigin.UPLOAD, PORTAL, PHOTO, FactSource.UPLOADED),
        (EvidenceOrigin.DECLARATION, CITIZEN, IDENTITY_CARD, FactSource.DECLARED),
    ],
)
def test_the_class_of_evidence_follows_from_the_way_it_came(
    *, origin: EvidenceOrigin, by: Principal, kind: EvidenceKind, assurance: FactSource
) -> None:
    evidence = recorded(kind, origin, by=by)

    assert evidence.assurance is assurance
    assert evidence.recorded_by == by.id
    assert (evidence.recorded_for is None) == by.roles.issubset({Role.CITIZEN, Role.PORTAL})
    assert evidence.held_by == ("public_security" if assurance is FactSource.AUTHORITY else None)


@pytest.mark.parametrize("origin", [EvidenceOrigin.REGISTER, EvidenceOrigin.COUNTER, EvidenceOrigin.EARLIER_ITEM])
def test_nobody_vouches_for_their_own_evidence_by_choosing_a_better_way(origin: EvidenceOrigin) -> None:
    with pytest.raises(NotYourFunction):
        recorded(IDENTITY_CARD, origin, by=CITIZEN)


def test_a_commissioner_helps_to_bring_and_does_not_vouch_at_a_counter() -> None:
    assert recorded(by=COMMISSIONER).assurance is FactSource.UPLOADED

    with pytest.raises(NotYourFunction):
        recorded(origin=EvidenceOrigin.COUNTER, by=COMMISSIONER)


def test_an_officer_of_another_place_vouches_for_nothing_here() -> None:
    with pytest.raises(NotYourFunction):
        recorded(origin=EvidenceOrigin.COUNTER, by=a_principal(Role.COUNTY_OFFICER, region=ELSEWHERE))


def test_no_officer_vouches_for_evidence_about_that_very_officer() -> None:
    with pytest.raises(OwnCase):
        recorded(origin=EvidenceOrigin.COUNTER, by=a_principal(Role.COUNTY_OFFICER, person_id=PERSON_ID))


def test_what_no_register_holds_is_not_looked_up_in_one() -> None:
    with pytest.raises(EvidenceOriginImpossible):
        recorded(PHOTO, EvidenceOrigin.REGISTER, by=COUNTY_OFFICER)


def test_an_upload_has_a_file() -> None:
    with pytest.raises(EvidenceOriginImpossible):
        recorded(content=None)


def test_a_declaration_has_none() -> None:
    with pytest.raises(EvidenceOriginImpossible):
        recorded(origin=EvidenceOrigin.DECLARATION, content=FILE)


def test_a_copy_made_at_a_counter_may_have_a_file_and_need_not() -> None:
    assert recorded(origin=EvidenceOrigin.COUNTER, by=COUNTY_OFFICER, content=FILE).content == FILE
    assert recorded(origin=EvidenceOrigin.COUNTER, by=COUNTY_OFFICER).content is None


def test_evidence_holds_for_the_months_of_the_rule_and_no_longer_than_it_says_itself() -> None:
    assert recorded().valid_until == date(2027, 5, 16)
    assert recorded(issued_on=date(2026, 10, 1)).valid_until == date(2027, 4, 1)
    assert recorded(valid_until=date(2026, 12, 31)).valid_until == date(2026, 12, 31)
    assert recorded(valid_until=date(2099, 12, 31)).valid_until == date(2027, 5, 16)
    assert recorded().rule_versions == ("evidence.validity.photo@CN#1",)


def test_what_no_rule_limits_holds_as_long_as_it_says() -> None:
    card = recorded(IDENTITY_CARD, EvidenceOrigin.REGISTER, by=COUNTY_OFFICER)

    assert (card.valid_until, card.rule_versions) == (None, ())
    assert card.is_valid_on(date(2199, 1, 1))


def test_evidence_is_valid_through_its_last_day() -> None:
    photo = recorded()

    assert photo.is_valid_on(date(2027, 5, 16))
    assert not photo.is_valid_on(date(2027, 5, 17))


@pytest.mark.parametrize(
    "dates",
    [
        {"issued_on": MONDAY + timedelta(days=1)},
        {"valid_until": MONDAY - timedelta(days=1)},
        {"issued_on": date(2026, 5, 1)},
    ],
)
def test_what_is_dated_in_the_future_or_has_ended_is_not_taken(dates: dict[str, Any]) -> None:
    with pytest.raises(EvidenceDatesImpossible):
        recorded(**dates)


def test_a_later_piece_takes_the_place_of_an_earlier_one_of_the_same_kind_and_person() -> None:
    old = recorded()

    newer = recorded(number=0xE9, supersedes=old)

    assert newer.supersedes == old.id
    assert holding(old, newer).of_kind("photo") == newer
    with pytest.raises(EvidenceNotOfThisKind):
        recorded(OLD_CERTIFICATE, number=0xE9, supersedes=old)
    with pytest.raises(EvidenceNotOfThisKind):
        recorded(number=0xE9, supersedes=replace(old, person_id=UUID(int=1)))


def test_an_officer_who_saw_the_original_makes_an_upload_surer_and_is_named() -> None:
    verified, event = recorded().verify(by=TOWNSHIP_OFFICER_HERE, on=MONDAY)

    assert verified.assurance is FactSource.COUNTER
    assert verified.done[0].by == TOWNSHIP_OFFICER_HERE.id
    assert (event.verified_by, event.assurance) == (TOWNSHIP_OFFICER_HERE.id, FactSource.COUNTER)
    assert verified.version == 1


TOWNSHIP_OFFICER_HERE = a_principal(Role.TOWNSHIP_OFFICER)


@pytest.mark.parametrize("origin", [EvidenceOrigin.COUNTER, EvidenceOrigin.REGISTER, EvidenceOrigin.DECLARATION])
def test_only_an_upload_is_compared_with_its_original(origin: EvidenceOrigin) -> None:
    evidence = recorded(IDENTITY_CARD, origin, by=COUNTY_OFFICER)

    with pytest.raises(IllegalTransition):
        evidence.verify(by=COUNTY_OFFICER, on=MONDAY)


def test_nobody_verifies_their_own_upload_and_no_commissioner_any() -> None:
    with pytest.raises(OwnCase):
        recorded().verify(by=a_principal(Role.COUNTY_OFFICER, person_id=PERSON_ID), on=MONDAY)
    with pytest.raises(NotYourFunction):
        recorded().verify(by=COMMISSIONER, on=MONDAY)
    assert not recorded().allowed_actions(CITIZEN, on=MONDAY)[0].allowed


def test_a_township_officer_of_another_township_does_not_verify() -> None:
    with pytest.raises(NotYourFunction):
        recorded().verify(by=TOWNSHIP_OFFICER, on=MONDAY)


def test_what_our_own_register_shows_appears_by_itself_as_made_by_an_authority() -> None:
    evidence, event = Evidence.appear(
        Finding(
            kind=RECORD,
            origin=EvidenceOrigin.EARLIER_ITEM,
            valid_until=date(2036, 11, 16),
            fact_id=UUID(int=7),
            organisation_id=UUID(int=8),
        ),
        whose=OF_THE_PERSON,
        evidence_id=UUID(int=9),
        on=MONDAY,
        rules=EVIDENCE_RULES,
    )

    assert (evidence.kind, evidence.assurance) == (CERTIFICATE_RECORD, FactSource.AUTHORITY)
    assert evidence.recorded_by is None
    assert event.recorded_by is None


def test_the_surest_evidence_counts_and_of_equally_sure_the_newest() -> None:
    upload, newer = recorded(number=1), recorded(number=2)
    seen = recorded(origin=EvidenceOrigin.COUNTER, by=COUNTY_OFFICER, number=3, on=MONDAY - timedelta(days=9))

    assert holding(upload, newer).of_kind("photo") == newer
    assert holding(upload, seen, newer).of_kind("photo") == seen
    assert holding(upload, seen, on=date(2030, 1, 1)).of_kind("photo") is None


@pytest.mark.parametrize(
    ("shown", "asked", "suffices"),
    [
        (FactSource.AUTHORITY, FactSource.AUTHORITY, True),
        (FactSource.COUNTER, FactSource.AUTHORITY, True),
        (FactSource.UPLOADED, FactSource.AUTHORITY, False),
        (FactSource.UPLOADED, FactSource.COUNTER, False),
        (FactSource.UPLOADED, FactSource.UPLOADED, True),
        (FactSource.DECLARED, FactSource.UPLOADED, False),
        (FactSource.UPLOADED, FactSource.DECLARED, True),
    ],
)
def test_what_settles_what_is_as_the_rule_says(shown: FactSource, asked: FactSource, *, suffices: bool) -> None:
    assert EVIDENCE_RULES.suffices(shown, asked=asked) is suffices


@pytest.mark.parametrize(
    "accepted",
    [
        {**ACCEPTED, "uploaded": ("authority",)},
        {**ACCEPTED, "declared": ("hearsay", "declared")},
        {**ACCEPTED, "hearsay": ("authority",)},
        {name: classes for name, classes in ACCEPTED.items() if name != "counter"},
    ],
)
def test_a_rule_that_leaves_a_class_out_or_names_another_is_refused(accepted: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(MalformedRule):
        EvidenceRules.of(evidence_rules(accepted))


def test_nobody_is_asked_for_what_is_held_and_is_told_what_it_is() -> None:
    photo = recorded()

    with pytest.raises(EvidenceAlreadyHeld, match=str(photo.id)) as refused:
        holding(photo).require_not_held(PHOTO)

    assert "2027-05-16" in str(refused.value.facts["errors"])
    holding(photo, on=date(2027, 5, 17)).require_not_held(PHOTO)
    holding(recorded(OLD_CERTIFICATE)).require_not_held(OLD_CERTIFICATE)


def test_the_name_of_what_is_held_for_ever_says_no_day() -> None:
    card = recorded(IDENTITY_CARD, EvidenceOrigin.REGISTER, by=COUNTY_OFFICER)

    with pytest.raises(EvidenceAlreadyHeld, match=r"authority\. Use it"):
        holding(card).require_not_held(IDENTITY_CARD)


def test_an_original_is_shown_at_a_counter_and_a_register_is_asked_by_the_office() -> None:
    assert OLD_CERTIFICATE.source is EvidenceSource.COUNTER
    assert OLD_CERTIFICATE.source.is_the_person
    assert not IDENTITY_CARD.source.is_the_person
    assert not RECORD.source.is_the_person
    assert PHOTO.source.is_the_person
