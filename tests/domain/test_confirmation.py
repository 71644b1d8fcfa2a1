"""An item that needs a second person's word waits for it: yes lets it go on, no takes it back, silence lets it rest."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.domain import benefit, certificate
from app.domain.confirmation import (
    Confirmation,
    ConfirmationAction,
    ConfirmationStage,
    NotTheSecondParty,
    ProofNotSeen,
    SecondParty,
    SecondPartyUnknown,
    Subject,
    TakenDown,
)
from app.domain.shared.access import Role
from app.domain.shared.channel import Channel
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.domain.shared.voice import Capacity, Word, WordMissing
from tests.builders import (
    APPLICATION_ID,
    CASE_ID,
    MONDAY,
    PERSON_ID,
    REVIEWER,
    TOWNSHIP_OFFICER,
    VILLAGE,
    WEEKDAYS,
    a_benefit_case,
    a_certificate_case,
    a_principal,
    a_rule,
    rules_in_force,
)

RULES = rules_in_force(a_rule("procedure.confirmation_answer", 15, unit="working_days"))
MOTHER, AUNT, NEIGHBOUR = (UUID(int=number) for number in (501, 502, 503))
PERSON = a_principal(Role.CITIZEN, memberships=(), person_id=PERSON_ID)
GUARDIAN = a_principal(Role.CITIZEN, number=601, memberships=(), person_id=MOTHER, acts_for=frozenset({PERSON_ID}))
RELATIVE = a_principal(Role.CITIZEN, number=602, memberships=(), person_id=AUNT)
STRANGER = a_principal(Role.CITIZEN, number=603, memberships=(), person_id=NEIGHBOUR)
AT_THE_COUNTER = TakenDown(channel=Channel.COUNTER, second_id=MOTHER)
BOTH = (ConfirmationAction.CONFIRM, ConfirmationAction.DECLINE)


def asked(**changes: Any) -> Confirmation:
    subject: dict[str, Any] = {
        "case_id": CASE_ID,
        "application_id": APPLICATION_ID,
        "item": "certificate",
        "person_id": PERSON_ID,
        "person_name": "样小小",
        "region": VILLAGE,
        "whom": SecondParty.GUARDIAN,
        "rule": "certificate.second_party@CN#1",
    }
    return Confirmation.ask(
        Subject(**(subject | changes)),
        confirmation_id=UUID(int=71),
        on=MONDAY,
        answer_within=RULES.working_days("procedure.confirmation_answer"),
        calendar=WEEKDAYS,
    )[0]


def of_household() -> Confirmation:
    return asked(item="living_subsidy", whom=SecondParty.HOUSEHOLD_MEMBER, seconds=(MOTHER, AUNT))


def allowed(confirmation: Confirmation, by: Any) -> dict[str, str | None]:
    return {one.action: one.reason_code for one in confirmation.allowed_actions(by, on=MONDAY)}


def test_it_says_until_when_and_by_which_rules() -> None:
    confirmation = asked()

    assert confirmation.answer_by == date(2026, 12, 7)
    assert confirmation.rule_versions == ("certificate.second_party@CN#1", "procedure.confirmation_answer@CN#1")


def test_its_event_and_its_looks_tell_nobodys_name() -> None:
    _, event = asked().confirm(by=GUARDIAN, on=MONDAY)

    assert "样小小" not in repr(asked())
    assert set(event.facts()) == {"confirmation_id", "case_id", "item", "whom", "channel", "noted_by", "given_on"}


def test_a_guardian_says_yes_with_a_token_of_the_own() -> None:
    confirmed, event = asked().confirm(by=GUARDIAN, on=MONDAY)

    assert confirmed.stage is ConfirmationStage.CONFIRMED
    assert confirmed.word is not None
    assert (confirmed.word.second_id, confirmed.word.channel) == (MOTHER, Channel.PORTAL)
    assert event.noted_by == GUARDIAN.id


def test_a_guardian_says_no() -> None:
    declined, event = asked().decline(by=GUARDIAN, on=MONDAY)

    assert (declined.stage, event.name) == (ConfirmationStage.DECLINED, "confirmation.declined")


@pytest.mark.parametrize("who", [PERSON, RELATIVE, STRANGER])
def test_nobody_but_a_guardian_of_today_says_a_guardians_word(who: Any) -> None:
    for say in (asked().confirm, asked().decline):
        with pytest.raises(NotTheSecondParty):
            say(by=who, on=MONDAY)
    assert allowed(asked(), who) == dict.fromkeys(BOTH, "not_the_second_party")


def test_any_one_of_the_household_says_the_households_word_and_the_applicant_does_not() -> None:
    assert of_household().confirm(by=RELATIVE, on=MONDAY, known=(MOTHER, AUNT))[0].stage is ConfirmationStage.CONFIRMED
    assert allowed(of_household(), RELATIVE) == dict.fromkeys(BOTH)
    for who in (PERSON, STRANGER):
        with pytest.raises(NotTheSecondParty):
            of_household().confirm(by=who, on=MONDAY)


def test_who_has_moved_out_of_the_household_says_nothing_more_also_not_through_an_officer() -> None:
    through_an_officer = TakenDown(channel=Channel.COUNTER, second_id=AUNT)

    for say in (of_household().confirm, of_household().decline):
        with pytest.raises(NotTheSecondParty):
            say(by=RELATIVE, on=MONDAY, known=(MOTHER,))
        with pytest.raises(SecondPartyUnknown):
            say(by=TOWNSHIP_OFFICER, on=MONDAY, known=(MOTHER,), taken_down=through_an_officer)


def test_a_guardian_who_lives_elsewhere_does_not_speak_for_the_household() -> None:
    with pytest.raises(NotTheSecondParty):
        asked(whom=SecondParty.HOUSEHOLD_MEMBER, seconds=(AUNT,)).confirm(by=GUARDIAN, on=MONDAY)


def test_an_officer_takes_down_whose_word_it_was_and_how_it_came() -> None:
    confirmed, event = asked().confirm(by=TOWNSHIP_OFFICER, on=MONDAY, known=(MOTHER,), taken_down=AT_THE_COUNTER)

    assert confirmed.word is not None
    assert (confirmed.word.second_id, confirmed.word.noted_by) == (MOTHER, TOWNSHIP_OFFICER.id)
    assert event.channel is Channel.COUNTER


def test_the_proof_of_a_guardian_who_is_not_on_record_is_looked_at() -> None:
    confirmed, _ = asked().confirm(by=TOWNSHIP_OFFICER, on=MONDAY, taken_down=TakenDown(channel=Channel.HOME_VISIT))

    assert confirmed.word is not None
    assert confirmed.word.second_id is None


@pytest.mark.parametrize(
    ("noted", "refusal"),
    [
        (None, WordMissing),
        (TakenDown(channel=Channel.PORTAL, second_id=MOTHER), WordMissing),
        (TakenDown(channel=Channel.COUNTER, second_id=NEIGHBOUR), SecondPartyUnknown),
        (TakenDown(channel=Channel.PHONE), ProofNotSeen),
    ],
)
def test_an_officer_takes_down_no_word_of_nobody(noted: TakenDown | None, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        asked().confirm(by=TOWNSHIP_OFFICER, on=MONDAY, known=(MOTHER,), taken_down=noted)


def test_for_a_household_member_there_is_no_proof_to_look_at() -> None:
    with pytest.raises(ProofNotSeen):
        of_household().confirm(by=TOWNSHIP_OFFICER, on=MONDAY, taken_down=TakenDown(channel=Channel.COUNTER))


@pytest.mark.parametrize("own", [{"person_id": MOTHER}, {"person_id": PERSON_ID}, {"wards": frozenset({PERSON_ID})}])
def test_an_officer_takes_down_no_word_in_the_own_matter(own: dict[str, Any]) -> None:
    officer = replace(TOWNSHIP_OFFICER, **own)

    with pytest.raises(OwnCase):
        asked().confirm(by=officer, on=MONDAY, known=(MOTHER,), taken_down=AT_THE_COUNTER)


@pytest.mark.parametrize("by", [REVIEWER, a_principal(Role.PORTAL), a_principal(Role.TOWNSHIP_OFFICER, region="65/1")])
def test_other_roles_and_other_places_say_nothing(by: Any) -> None:
    with pytest.raises(NotYourFunction):
        asked().confirm(by=by, on=MONDAY, known=(MOTHER,), taken_down=AT_THE_COUNTER)


@pytest.mark.parametrize("stage", [ConfirmationStage.CONFIRMED, ConfirmationStage.DECLINED, ConfirmationStage.CLOSED])
def test_what_is_said_or_closed_is_not_said_again(stage: ConfirmationStage) -> None:
    over = replace(asked(), stage=stage)

    assert not over.is_open
    for say in (over.confirm, over.decline):
        with pytest.raises(IllegalTransition):
            say(by=GUARDIAN, on=MONDAY)
    for follow in (over.lapse, over.close):
        with pytest.raises(IllegalTransition):
            follow(on=MONDAY)


def test_a_word_that_comes_late_still_counts() -> None:
    lapsed, event = asked().lapse(on=MONDAY)

    assert (lapsed.stage, event.lapsed_on) == (ConfirmationStage.LAPSED, MONDAY)
    assert lapsed.confirm(by=GUARDIAN, on=MONDAY)[0].stage is ConfirmationStage.CONFIRMED
    assert lapsed.close(on=MONDAY)[0].stage is ConfirmationStage.CLOSED


UNCONFIRMED = replace(a_certificate_case(), stage=certificate.Stage.AWAITING_CONFIRMATION)
UNCONFIRMED_BENEFIT = replace(a_benefit_case(), stage=benefit.Stage.AWAITING_CONFIRMATION)


def test_a_certificate_that_is_confirmed_is_submitted_even_after_it_rested() -> None:
    for case in (UNCONFIRMED, UNCONFIRMED.rest(on=MONDAY)[0]):
        assert case.confirm(on=MONDAY)[0].stage is certificate.Stage.SUBMITTED


def test_a_benefit_that_is_confirmed_waits_until_what_it_builds_on_is_there() -> None:
    confirmed, _ = UNCONFIRMED_BENEFIT.rest(on=MONDAY)[0].confirm(on=MONDAY)

    assert confirmed.stage is benefit.Stage.WAITING
    assert confirmed.release(on=MONDAY)[0].stage is benefit.Stage.SUBMITTED


@pytest.mark.parametrize("case", [UNCONFIRMED, UNCONFIRMED_BENEFIT])
def test_no_office_does_anything_with_what_is_not_confirmed(case: Any) -> None:
    officer = a_principal(*(role for role in Role if role is not Role.CITIZEN))

    open_now = {one.action for one in case.allowed_actions(officer, on=MONDAY) if one.allowed}

    assert open_now == {"withdraw"}


def test_what_is_declined_is_taken_back_in_the_second_persons_name() -> None:
    taken_back, event = UNCONFIRMED.withdraw(by=GUARDIAN, on=MONDAY, word=Word(Capacity.SECOND_PARTY))

    assert taken_back.stage is certificate.Stage.WITHDRAWN
    assert (event.capacity, event.withdrawn_by) == (Capacity.SECOND_PARTY, GUARDIAN.id)
