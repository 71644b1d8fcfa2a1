"""What the registers alone find due is offered by a human, and taken or left by the person; nobody is asked twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.adapters.rulebooks import load_rulebooks
from app.domain.application import Channel, Package
from app.domain.entitlement import Facts
from app.domain.offer import (
    LIFECYCLE,
    Due,
    Offer,
    OfferAction,
    OfferOutdated,
    OfferRules,
    OfferRunOut,
    OfferStage,
    UnwantedReason,
    basis_of,
    due_to,
)
from app.domain.person import EconomicStatus
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.identity import Category, Grade
from app.domain.shared.rulebook import Rulebook, RulesInForce
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.domain.shared.voice import Capacity, Voice, Word
from tests.builders import (
    CITIZEN,
    COUNTY_OFFICER,
    EVALUATOR,
    MONDAY,
    OWN_WORD,
    PERSON_ID,
    TOWNSHIP_OFFICER,
    VILLAGE,
    a_principal,
)
from tests.builders.rules import BOOK
from tests.builders.voice import an_offer_at

RULES = OfferRules(to_send=30, to_answer=60, again_after=12)
IN_FORCE = BOOK.at(VILLAGE, MONDAY)
PACKAGE = Package.of("disability_services", IN_FORCE)
KNOWN = Facts(
    has_certificate=True,
    components={Category.PHYSICAL: Grade.FIRST},
    age=40,
    birth_date=date(1986, 1, 1),
    on=MONDAY,
    economic_status=EconomicStatus.SUBSISTENCE_ALLOWANCE,
    registration_region=VILLAGE,
)


NATIONAL = Rulebook(
    rule for rule in load_rulebooks() if (rule.subject, rule.region) != ("nursing_subsidy.criteria", "65")
).at(VILLAGE, MONDAY)
"""The same place, if it had not said that the grade proves the need for care."""


def due(facts: Facts = KNOWN, asked_for: tuple[str, ...] = (), *, rules: RulesInForce = IN_FORCE) -> set[str]:
    return {one.item for one in due_to(PACKAGE, facts, asked_for=asked_for, rules=rules)}


def something_due(**changes: Any) -> Due:
    usual: dict[str, Any] = {"package_code": "test", "item": "living_subsidy", "reasons": (), "rule_versions": ()}
    return Due(**(usual | {"basis": ("a=1",)} | changes))


def made(on: date = MONDAY) -> Offer:
    return Offer.make(
        something_due(),
        offer_id=UUID(int=5),
        person_id=PERSON_ID,
        region=VILLAGE,
        at=datetime(2026, 11, 16, 2, tzinfo=UTC),
        on=on,
        rules=RULES,
    )[0]


def sent() -> Offer:
    return made().send(by=TOWNSHIP_OFFICER, on=MONDAY, due={"living_subsidy"}, rules=RULES)[0]


def test_what_all_conditions_are_met_for_is_due_though_an_exclusion_is_not_known() -> None:
    assert due() == {"living_subsidy", "nursing_subsidy", "pension_premium"}


def test_what_only_the_person_can_say_is_never_offered() -> None:
    assert "employment_help" not in due()


@pytest.mark.parametrize(("is_there", "is_due"), [(True, True), (False, False)])
def test_a_need_that_people_have_confirmed_counts(*, is_there: bool, is_due: bool) -> None:
    assert "nursing_subsidy" not in due(rules=NATIONAL)
    facts = replace(KNOWN, needs={"long_term_care": is_there})
    assert ("nursing_subsidy" in due(facts, rules=NATIONAL)) is is_due


def test_what_is_asked_for_or_received_is_not_due_and_neither_is_what_something_speaks_against() -> None:
    assert due(asked_for=("living_subsidy", "nursing_subsidy")) == {"pension_premium"}
    assert "pension_premium" not in due(replace(KNOWN, receiving={"pension_premium": True}))
    assert "living_subsidy" not in due(replace(KNOWN, economic_status=EconomicStatus.EXTREME_HARDSHIP))
    assert due(replace(KNOWN, has_certificate=False, components={})) == set()


def test_a_birthday_alone_changes_no_facts_but_another_grade_does() -> None:
    assert basis_of(replace(KNOWN, age=41)) == basis_of(KNOWN)
    assert basis_of(replace(KNOWN, components={Category.PHYSICAL: Grade.SECOND})) != basis_of(KNOWN)


def test_rules_make_it_and_a_human_sends_it_with_days_to_think_it_over() -> None:
    offer, event = made().send(by=TOWNSHIP_OFFICER, on=MONDAY, due={"living_subsidy"}, rules=RULES)

    assert (made().stage, made().expires_on) == (OfferStage.MADE, MONDAY + timedelta(days=30))
    assert (offer.stage, offer.sent_on, offer.expires_on) == (OfferStage.SENT, MONDAY, MONDAY + timedelta(days=60))
    assert event.facts() == {
        "offer_id": str(offer.id),
        "item": "living_subsidy",
        "sent_by": str(TOWNSHIP_OFFICER.id),
        "expires_on": "2027-01-15",
    }


def test_what_is_not_due_any_more_is_not_sent_but_taken_back_with_a_word() -> None:
    with pytest.raises(OfferOutdated):
        made().send(by=TOWNSHIP_OFFICER, on=MONDAY, due=set(), rules=RULES)

    offer, event = made().withdraw(by=TOWNSHIP_OFFICER, on=MONDAY, words="登记已更正")
    assert (offer.stage, offer.words, event.was_sent) == (OfferStage.WITHDRAWN, "登记已更正", False)


def test_nobody_sends_an_offer_to_themself() -> None:
    officer = a_principal(Role.TOWNSHIP_OFFICER, person_id=PERSON_ID)

    with pytest.raises(OwnCase):
        made().send(by=officer, on=MONDAY, due={"living_subsidy"}, rules=RULES)


@pytest.mark.parametrize("action", [OfferAction.ACCEPT, OfferAction.DECLINE])
def test_nobody_takes_down_their_own_answer_as_an_officer(action: OfferAction) -> None:
    sent = an_offer_at(OfferStage.SENT)
    own, ward = replace(TOWNSHIP_OFFICER, person_id=PERSON_ID), replace(TOWNSHIP_OFFICER, wards=frozenset({PERSON_ID}))

    for officer in (own, ward):
        refused = next(one for one in sent.allowed_actions(officer, on=MONDAY) if one.action == action)
        assert (refused.allowed, refused.reason_code) == (False, "own_case")
    with pytest.raises(OwnCase):
        sent.accept(
            by=own, on=MONDAY, word=Word(Capacity.STAFF, Voice.PERSON), channel=Channel.COUNTER, draft_id=UUID(int=6)
        )
    assert next(one for one in sent.allowed_actions(CITIZEN, on=MONDAY) if one.action == action).allowed


def test_accepting_begins_a_draft_and_grants_nothing() -> None:
    offer, event = sent().accept(by=CITIZEN, on=MONDAY, word=OWN_WORD, channel=Channel.PORTAL, draft_id=UUID(int=6))

    assert (offer.stage, offer.draft_id, offer.closed_on) == (OfferStage.ACCEPTED, UUID(int=6), MONDAY)
    assert (event.name, event.capacity, event.channel) == ("offer.accepted", "person", "portal")


@pytest.mark.parametrize("reason", [None, *UnwantedReason])
def test_declining_owes_no_reason_and_remembers_one(reason: UnwantedReason | None) -> None:
    offer, event = sent().decline(
        by=CITIZEN, on=MONDAY, word=OWN_WORD, channel=Channel.PHONE, reason=reason, words="不用了"
    )

    assert (offer.stage, offer.decline_reason, offer.words) == (OfferStage.DECLINED, reason, "不用了")
    assert "不用了" not in str(event.facts())


@pytest.mark.parametrize("close", ["decline", "expire", "withdraw"])
def test_it_is_made_again_after_the_interval_or_once_the_facts_have_changed(close: str) -> None:
    closed = {
        "decline": lambda: sent().decline(by=CITIZEN, on=MONDAY, word=OWN_WORD, channel=Channel.PORTAL)[0],
        "expire": lambda: sent().expire(on=MONDAY)[0],
        "withdraw": lambda: sent().withdraw(by=TOWNSHIP_OFFICER, on=MONDAY, words="登记已更正")[0],
    }[close]()

    assert not closed.allows_another(something_due(), on=date(2027, 11, 15), rules=RULES)
    assert closed.allows_another(something_due(), on=date(2027, 11, 16), rules=RULES)
    assert closed.allows_another(something_due(basis=("a=2",)), on=MONDAY, rules=RULES)


def test_while_one_is_open_no_other_is_made_whatever_has_changed() -> None:
    for offer in (made(), sent()):
        assert not offer.allows_another(something_due(basis=("a=2",)), on=date(2030, 1, 1), rules=RULES)


def test_after_its_last_day_it_is_neither_accepted_nor_sent_and_runs_out_by_itself() -> None:
    later = MONDAY + timedelta(days=61)

    with pytest.raises(OfferRunOut):
        sent().accept(by=CITIZEN, on=later, word=OWN_WORD, channel=Channel.PORTAL, draft_id=UUID(int=6))
    with pytest.raises(OfferRunOut):
        made().send(by=TOWNSHIP_OFFICER, on=later, due={"living_subsidy"}, rules=RULES)
    assert (sent().is_due(later), sent().is_due(later - timedelta(days=1))) == (True, False)
    assert sent().expire(on=later)[1].was_sent


@pytest.mark.parametrize("stage", OfferStage)
@pytest.mark.parametrize("role", Role)
def test_every_stage_role_and_action_is_as_the_table_says(stage: OfferStage, role: Role) -> None:
    answers = {one.action: one.allowed for one in an_offer_at(stage).allowed_actions(a_principal(role), on=MONDAY)}

    assert answers == {
        action.value: role in step.roles and stage in step.sources
        for action, step in LIFECYCLE.steps.items()
        if step.operation
    }


def test_from_all_other_stages_nothing_is_open_and_to_others_nothing_is_theirs() -> None:
    for stage in OfferStage:
        offer = an_offer_at(stage)
        for action, step in LIFECYCLE.steps.items():
            if stage not in step.sources:
                with pytest.raises(IllegalTransition):
                    LIFECYCLE.opened(offer.stage, action)
    for stranger in (EVALUATOR, CITIZEN):
        with pytest.raises(NotYourFunction):
            made().send(by=stranger, on=MONDAY, due={"living_subsidy"}, rules=RULES)
    assert LIFECYCLE.steps[OfferAction.EXPIRE].roles == frozenset()
    assert COUNTY_OFFICER.roles <= LIFECYCLE.steps[OfferAction.SEND].roles


def test_the_days_are_dated_rule_data() -> None:
    assert OfferRules.of(IN_FORCE) == RULES
