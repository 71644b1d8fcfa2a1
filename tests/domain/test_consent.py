"""A person agrees that somebody is told something for a purpose, knowingly, for a time, and takes it back at will."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.adapters.texts import YamlTexts
from app.domain.catalogue import ProviderKind
from app.domain.consent import (
    LIFECYCLE,
    Consent,
    ConsentDaysImpossible,
    ConsentNotAsked,
    ConsentNotInForce,
    ConsentRules,
    ConsentStage,
    FieldsNotShared,
    GuardianConsentNeeded,
    LegalBasis,
    PurposeUnknown,
    ReceiverNotSuitable,
    Reliance,
    Sharing,
    known_purpose,
    purpose_of_referral,
    purposes,
    required,
    shared_by,
)
from app.domain.organisation import OrganisationKind
from app.domain.shared.access import Principal, Role
from app.domain.shared.authz import OPERATIONS, PersonField
from app.domain.shared.channel import Channel
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.provenance import Confidence
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.domain.shared.voice import Capacity, Voice, Word
from tests.builders import CITIZEN, COUNTY, MONDAY, PERSON_ID, TOWNSHIP_OFFICER, VILLAGE, a_principal
from tests.builders.people import COMMISSIONER, GUARDIAN, PROVIDER, PROVIDER_ID
from tests.builders.rules import BOOK

HERE = BOOK.at(COUNTY, MONDAY)
DELIVERY = known_purpose("service_delivery", HERE)
RULES = ConsentRules.of(HERE, purpose="service_delivery")
OWN = Word(Capacity.PERSON)
OF_GUARDIAN = Word(Capacity.GUARDIAN)
TAKEN_DOWN = Word(Capacity.STAFF, Voice.PERSON)
LAST_DAY = date(2027, 11, 15)
CHILD = 13


def a_sharing(**changes: Any) -> Sharing:
    settings: dict[str, Any] = {
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "age": 40,
        "receiver_id": PROVIDER_ID,
        "receiver_kind": OrganisationKind.PROVIDER,
        "purpose": DELIVERY,
        "fields": frozenset({PersonField.NAME, PersonField.CONTACTS}),
    }
    return Sharing(**(settings | changes))


def given(word: Word = OWN, by: Principal = CITIZEN, *, channel: Channel = Channel.COUNTER, **changes: Any) -> Consent:
    return Consent.give(
        a_sharing(**changes), word, consent_id=UUID(int=7), by=by, on=MONDAY, rules=RULES, channel=channel
    )[0]


def withdrawn(consent: Consent, word: Word = OWN, by: Principal = CITIZEN, *, age: int | None = 40) -> Consent:
    return consent.withdraw(word, age=age, by=by, on=MONDAY, rules=RULES)[0]


def test_what_is_agreed_to_says_who_is_told_what_what_for_and_how_long() -> None:
    consent, event = Consent.give(a_sharing(), OWN, consent_id=UUID(int=7), by=CITIZEN, on=MONDAY, rules=RULES)

    assert (consent.valid_from, consent.valid_to) == (MONDAY, LAST_DAY)
    assert (consent.voice, consent.channel, consent.assisted_by) == (Voice.PERSON, Channel.PORTAL, None)
    assert (event.name, event.purpose, event.fields) == ("consent.given", "service_delivery", ("name", "contacts"))
    assert event.rule_versions[0] == "consent.purpose.service_delivery@CN#1"


def test_an_officer_takes_down_whose_word_it_was_and_how_it_came() -> None:
    consent = given(TAKEN_DOWN, COMMISSIONER, channel=Channel.HOME_VISIT)

    assert (consent.voice, consent.channel, consent.assisted_by) == (
        Voice.PERSON,
        Channel.HOME_VISIT,
        COMMISSIONER.id,
    )


def test_a_guardian_speaks_in_the_persons_place_and_is_named() -> None:
    consent = given(OF_GUARDIAN, GUARDIAN)

    assert (consent.voice, consent.assisted_by) == (Voice.GUARDIAN, GUARDIAN.id)


@pytest.mark.parametrize("word", [OWN, TAKEN_DOWN])
def test_before_fourteen_the_own_word_does_not_suffice(word: Word) -> None:
    with pytest.raises(GuardianConsentNeeded, match="14"):
        given(word, COMMISSIONER if word is TAKEN_DOWN else CITIZEN, age=CHILD)


@pytest.mark.parametrize("age", [CHILD + 1, None])
def test_from_fourteen_on_it_does_and_nobody_is_taken_for_a_child(age: int | None) -> None:
    assert given(age=age).voice is Voice.PERSON


def test_a_childs_guardian_gives_it_and_takes_it_back() -> None:
    consent = given(OF_GUARDIAN, GUARDIAN, age=CHILD)

    with pytest.raises(GuardianConsentNeeded):
        withdrawn(consent, age=CHILD)
    assert withdrawn(consent, OF_GUARDIAN, GUARDIAN, age=CHILD).stage is ConsentStage.WITHDRAWN


def test_an_officer_does_not_take_down_the_own_word() -> None:
    own = replace(TOWNSHIP_OFFICER, person_id=PERSON_ID)

    with pytest.raises(OwnCase):
        given(TAKEN_DOWN, own)
    with pytest.raises(OwnCase):
        withdrawn(given(), TAKEN_DOWN, own)


def test_nobody_is_asked_where_the_law_suffices() -> None:
    with pytest.raises(ConsentNotAsked, match="law suffices"):
        given(purpose=known_purpose("statutory_service", HERE))


@pytest.mark.parametrize("kind", [None, OrganisationKind.PORTAL, OrganisationKind.FEDERATION])
def test_only_who_serves_the_purpose_is_told(kind: OrganisationKind | None) -> None:
    with pytest.raises(ReceiverNotSuitable):
        given(receiver_kind=kind)


@pytest.mark.parametrize("fields", [(), (PersonField.NAME, PersonField.ECONOMIC_STATUS)])
def test_no_more_is_shared_than_the_purpose_needs_and_not_nothing(fields: tuple[PersonField, ...]) -> None:
    with pytest.raises(FieldsNotShared, match="name, contacts"):
        given(fields=frozenset(fields))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (MONDAY - timedelta(days=1), None),
        (MONDAY, MONDAY - timedelta(days=1)),
        (MONDAY, LAST_DAY + timedelta(days=1)),
    ],
)
def test_it_begins_today_or_later_and_lasts_no_longer_than_the_purpose_allows(first: date, last: date | None) -> None:
    with pytest.raises(ConsentDaysImpossible):
        given(valid_from=first, valid_to=last)


def test_it_is_in_force_from_its_first_to_its_last_day() -> None:
    consent = given(valid_from=MONDAY + timedelta(days=2), valid_to=MONDAY + timedelta(days=4))

    assert [consent.is_in_force(MONDAY + timedelta(days=days)) for days in range(1, 6)] == [
        *(False, True, True, True, False)
    ]


def test_it_is_taken_back_at_any_time_without_a_reason_and_opens_nothing_from_then_on() -> None:
    consent, event = given().withdraw(OWN, age=40, by=CITIZEN, on=MONDAY, rules=RULES)

    assert (consent.stage, consent.withdrawn_on) == (ConsentStage.WITHDRAWN, MONDAY)
    assert not consent.is_in_force(MONDAY)
    assert (event.name, event.voice, event.withdrawn_on) == ("consent.withdrawn", Voice.PERSON, MONDAY)


def test_what_was_taken_back_is_not_taken_back_again() -> None:
    with pytest.raises(IllegalTransition):
        withdrawn(withdrawn(given()))


def test_whoever_is_told_takes_nothing_back() -> None:
    with pytest.raises(NotYourFunction):
        withdrawn(given(), by=PROVIDER)
    assert not given().allowed_actions(PROVIDER, on=MONDAY)[0].allowed


def test_giving_and_taking_back_belong_to_the_same_roles() -> None:
    """As easily taken back as given. Source: 个人信息保护法 (2021) art. 15."""
    assert OPERATIONS["give_consent"] == OPERATIONS["withdraw_consent"]
    assert Role.CITIZEN in next(iter(LIFECYCLE.steps.values())).roles


def test_what_rests_on_a_consent_is_shown_only_by_one_that_holds() -> None:
    by_consent, lost = Reliance("service_delivery", given()), Reliance("service_delivery")

    assert required([lost, by_consent]) == (by_consent,)
    with pytest.raises(ConsentNotInForce):
        required([lost])
    with pytest.raises(ConsentNotInForce):
        required([by_consent], purpose="statutory_service")


def test_a_consent_bounds_what_is_shown_and_the_law_does_not() -> None:
    by_name = Reliance("service_delivery", given(fields=frozenset({PersonField.NAME})))

    assert shared_by([by_name]) == frozenset({PersonField.NAME})
    assert shared_by([by_name, Reliance(None)]) is None
    assert shared_by([]) is None


def test_an_unknown_purpose_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(PurposeUnknown, match="service_delivery"):
        known_purpose("advertising", HERE)


def test_every_purpose_that_needs_a_consent_says_how_long_it_lasts_and_admits_that_nobody_has_laid_it_down() -> None:
    for purpose in purposes(HERE).values():
        assert purpose.basis.needs_consent is bool(purpose.receivers)
        if purpose.basis.needs_consent:
            assert purpose.basis is LegalBasis.SEPARATE_CONSENT
            rule = ConsentRules.of(HERE, purpose=purpose.code).validity_months.rule
            assert rule.confidence is Confidence.DOUBTFUL


@pytest.mark.parametrize("kind", list(ProviderKind))
def test_referrals_to_every_kind_of_provider_have_one_purpose(kind: ProviderKind) -> None:
    assert purpose_of_referral(kind, HERE).basis.needs_consent is (kind is ProviderKind.SOCIAL)


def test_receivers_are_kinds_of_organisations() -> None:
    assert {kind for purpose in purposes(HERE).values() for kind in purpose.receivers} <= set(OrganisationKind)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_purpose_and_every_group_of_fields_has_words(language: str) -> None:
    codes = YamlTexts().codes(language)

    assert {f"purpose.{code}" for code in purposes(HERE)} | {f"fields.{group}" for group in PersonField} <= codes


def test_a_consent_in_another_place_is_not_taken_down_here() -> None:
    elsewhere = a_principal(Role.TOWNSHIP_OFFICER, region="65/6523/652302")

    assert not given().allowed_actions(elsewhere, on=MONDAY)[0].allowed
