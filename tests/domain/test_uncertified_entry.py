"""The ledger is kept by consent: contacted in time, led to an application, and left at any time without a trace."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.certificate import CertificateStatus
from app.domain.consent import GuardianConsentNeeded
from app.domain.organisation import Organisation, OrganisationKind, OwnerNotSuitable
from app.domain.shared.access import Role
from app.domain.shared.channel import Channel
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.domain.shared.voice import Voice
from app.domain.uncertified_entry import (
    LIFECYCLE,
    MOST_CONTACTS,
    ClosingGround,
    ContactDayImpossible,
    ContactOutcome,
    EntryOpen,
    EntryStage,
    HoldsCertificate,
    LedgerTerms,
    Opening,
    Report,
    UncertifiedEntry,
    UncertifiedReasonUnknown,
    require_uncertified,
)
from tests.builders import CITIZEN, COUNTY, COUNTY_OFFICER, MONDAY, PERSON_ID, VILLAGE, a_principal
from tests.builders.register import an_entry_at
from tests.builders.rules import BOOK

TERMS = LedgerTerms.of(BOOK.at(VILLAGE, MONDAY))
COMMISSIONER = a_principal(Role.COMMISSIONER)
APPLICATION_ID = UUID(int=9)


def an_organisation(**changes: Any) -> Organisation:
    usual: dict[str, Any] = {"id": UUID(int=7), "kind": OrganisationKind.ASSOCIATION, "name": "示例村残协"}
    return Organisation(**(usual | {"name_en": "Example association", "region": VILLAGE} | changes))


def a_report(**changes: Any) -> Report:
    usual: dict[str, Any] = {"channel": Channel.HOME_VISIT, "reason": "cost", "told": "评定费可以补贴", "words": "没钱"}
    return Report(**(usual | changes))


def an_opening(**changes: Any) -> Opening:
    usual: dict[str, Any] = {"person_id": PERSON_ID, "region": VILLAGE, "age": 40, "voice": Voice.PERSON}
    return Opening(**(usual | {"owner": an_organisation(), "report": a_report()} | changes))


def opened(**changes: Any) -> UncertifiedEntry:
    return UncertifiedEntry.open(an_opening(**changes), entry_id=UUID(int=5), by=COMMISSIONER, on=MONDAY, terms=TERMS)[
        0
    ]


def test_whoever_agrees_is_put_on_it_with_a_reason_an_owner_and_the_day_of_the_next_contact() -> None:
    entry, event = UncertifiedEntry.open(an_opening(), entry_id=UUID(int=5), by=COMMISSIONER, on=MONDAY, terms=TERMS)

    assert (entry.stage, entry.reason, entry.owner_id) == (EntryStage.OPEN, "cost", UUID(int=7))
    assert (entry.voice, entry.opened_by) == (Voice.PERSON, COMMISSIONER.id)
    assert entry.next_contact_on == event.next_contact_on == MONDAY + timedelta(days=90)
    assert [(one.on, one.by, one.told) for one in entry.contacts] == [(MONDAY, COMMISSIONER.id, "评定费可以补贴")]


def test_its_events_name_nobody_and_lead_to_nobody() -> None:
    entry = opened()
    reported = entry.record_contact(a_report(), by=COMMISSIONER, on=MONDAY, terms=TERMS)[1]
    told = (
        UncertifiedEntry.open(an_opening(), entry_id=UUID(int=5), by=COMMISSIONER, on=MONDAY, terms=TERMS)[1],
        reported,
        entry.convert(APPLICATION_ID, by=COMMISSIONER, on=MONDAY)[1],
        entry.close(ClosingGround.MOVED, by=COMMISSIONER, on=MONDAY)[1],
        entry.take_off(by=COMMISSIONER, on=MONDAY),
    )

    for event in told:
        said = str(event.facts())
        assert str(PERSON_ID) not in said
        assert str(APPLICATION_ID) not in said
        assert "没钱" not in said
    assert (entry.unnamed.id, entry.unnamed.person_id, entry.unnamed.application_id) == (entry.id, None, None)


def test_it_holds_no_category_no_grade_and_no_guess_at_one() -> None:
    held = {field.name for field in fields(UncertifiedEntry)} | {field.name for field in fields(Report)}

    assert not {name for name in held if "categor" in name or "grade" in name or "diagnos" in name}


@pytest.mark.parametrize(("age", "voice", "is_refused"), [(13, Voice.PERSON, True), (13, Voice.GUARDIAN, False)])
def test_of_a_child_a_guardian_agrees(*, age: int, voice: Voice, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(GuardianConsentNeeded):
            opened(age=age, voice=voice)
    else:
        assert opened(age=age, voice=voice).voice is Voice.GUARDIAN
    assert opened(age=14).voice is Voice.PERSON
    assert opened(age=None).voice is Voice.PERSON


def test_nobody_takes_down_the_own_word() -> None:
    officer = a_principal(Role.TOWNSHIP_OFFICER, person_id=PERSON_ID)

    with pytest.raises(OwnCase):
        UncertifiedEntry.open(an_opening(), entry_id=UUID(int=5), by=officer, on=MONDAY, terms=TERMS)


def test_the_reason_is_one_of_the_list() -> None:
    with pytest.raises(UncertifiedReasonUnknown):
        opened(report=a_report(reason="lazy"))
    with pytest.raises(UncertifiedReasonUnknown):
        opened().record_contact(a_report(reason="lazy"), by=COMMISSIONER, on=MONDAY, terms=TERMS)
    assert {"not_aware", "not_wishing", "cost", "cannot_travel", "not_assessed", "other"} <= {*TERMS.reasons}


@pytest.mark.parametrize(
    "changes", [{"kind": OrganisationKind.PROVIDER}, {"region": "65/6523/652302"}, {"region": f"{VILLAGE}/1"}]
)
def test_whoever_answers_serves_people_in_the_place(changes: dict[str, Any]) -> None:
    with pytest.raises(OwnerNotSuitable):
        opened(owner=an_organisation(**changes))
    with pytest.raises(OwnerNotSuitable):
        opened().hand_over(an_organisation(**changes), by=COMMISSIONER, on=MONDAY)


def test_an_organisation_that_is_not_on_record_answers_for_nobody() -> None:
    with pytest.raises(OwnerNotSuitable):
        opened(owner=None)
    with pytest.raises(OwnerNotSuitable):
        opened().hand_over(None, by=COMMISSIONER, on=MONDAY)


@pytest.mark.parametrize(
    "certificate", [None, *(one for one in CertificateStatus if one is not CertificateStatus.IN_FORCE)]
)
def test_whoever_holds_no_certificate_in_force_belongs_on_the_ledger_once(
    certificate: CertificateStatus | None,
) -> None:
    require_uncertified(certificate=certificate, open_entry_id=None)

    with pytest.raises(EntryOpen):
        require_uncertified(certificate=certificate, open_entry_id=UUID(int=5))


def test_whoever_holds_a_certificate_in_force_does_not_belong_on_the_ledger() -> None:
    with pytest.raises(HoldsCertificate):
        require_uncertified(certificate=CertificateStatus.IN_FORCE, open_entry_id=None)


def test_it_is_handed_over_to_the_federation_above() -> None:
    above = an_organisation(id=UUID(int=8), kind=OrganisationKind.FEDERATION, region=COUNTY)

    entry, event = opened().hand_over(above, by=COMMISSIONER, on=MONDAY)

    assert (entry.owner_id, event.owner_id, entry.stage) == (UUID(int=8), UUID(int=8), EntryStage.OPEN)


def test_a_contact_is_kept_with_what_was_told_and_sets_the_next_one() -> None:
    later = MONDAY + timedelta(days=10)

    entry, event = opened().record_contact(
        a_report(reason="documents_missing", told="缺户口本", needs=("long_term_care",)),
        by=COUNTY_OFFICER,
        on=later,
        terms=TERMS,
    )

    assert [one.told for one in entry.contacts] == ["评定费可以补贴", "缺户口本"]
    assert entry.contacts[-1].by == COUNTY_OFFICER.id
    assert (entry.reason, entry.needs) == ("documents_missing", ("long_term_care",))
    assert entry.next_contact_on == event.next_contact_on == later + timedelta(days=90)


def test_whoever_was_not_reached_is_tried_again_soon_and_nothing_else_changes() -> None:
    entry, _ = opened().record_contact(
        Report(channel=Channel.PHONE, outcome=ContactOutcome.NOT_REACHED), by=COMMISSIONER, on=MONDAY, terms=TERMS
    )

    assert (entry.reason, entry.stage) == ("cost", EntryStage.OPEN)
    assert entry.next_contact_on == MONDAY + timedelta(days=14)


def test_the_next_contact_may_be_sooner_and_never_later_than_the_rules_ask_for() -> None:
    soon = a_report(next_contact_on=MONDAY + timedelta(days=3))

    assert opened(report=soon).next_contact_on == MONDAY + timedelta(days=3)
    for day in (MONDAY + timedelta(days=91), MONDAY - timedelta(days=1)):
        with pytest.raises(ContactDayImpossible):
            opened(report=a_report(next_contact_on=day))


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)])
def test_a_contact_lies_between_the_entry_and_today(day: date) -> None:
    with pytest.raises(ContactDayImpossible):
        opened().record_contact(a_report(on=day), by=COMMISSIONER, on=MONDAY, terms=TERMS)


def test_a_contact_that_is_written_down_late_asks_for_no_day_that_has_passed() -> None:
    late = MONDAY + timedelta(days=200)

    entry, _ = opened().record_contact(a_report(on=MONDAY), by=COMMISSIONER, on=late, terms=TERMS)

    assert entry.next_contact_on == late
    assert entry.contacts[-1].on == MONDAY


def test_only_an_open_entry_is_overdue_and_not_on_the_last_day_itself() -> None:
    entry = opened()

    assert not entry.is_overdue(entry.next_contact_on)
    assert entry.is_overdue(entry.next_contact_on + timedelta(days=1))
    closed, _ = entry.close(ClosingGround.DECLINED, by=COMMISSIONER, on=MONDAY)
    assert not closed.is_overdue(date(2100, 1, 1))


def test_the_latest_contacts_are_kept() -> None:
    entry = replace(opened(), contacts=opened().contacts * MOST_CONTACTS)

    longer, _ = entry.record_contact(a_report(told="新的"), by=COMMISSIONER, on=MONDAY, terms=TERMS)

    assert len(longer.contacts) == MOST_CONTACTS
    assert longer.contacts[-1].told == "新的"


def test_it_is_closed_with_the_application_that_it_has_led_to() -> None:
    entry, event = opened().convert(APPLICATION_ID, by=COMMISSIONER, on=MONDAY)

    assert (entry.stage, entry.converted_to, entry.closed_on) == (EntryStage.CONVERTED, APPLICATION_ID, MONDAY)
    assert event.converted_on == MONDAY


@pytest.mark.parametrize("ground", ClosingGround)
def test_it_is_closed_otherwise_too(ground: ClosingGround) -> None:
    entry, event = opened().close(ground, by=COMMISSIONER, on=MONDAY)

    assert (entry.stage, entry.ground, event.ground) == (EntryStage.CLOSED, ground, ground)


@pytest.mark.parametrize("stage", [EntryStage.OPEN, EntryStage.CONVERTED, EntryStage.CLOSED])
def test_it_is_left_at_any_time_even_when_it_has_ended(stage: EntryStage) -> None:
    event = an_entry_at(stage).take_off(by=CITIZEN, on=MONDAY)

    assert event.facts() == {"entry_id": str(UUID(int=64)), "taken_off_on": str(MONDAY)}


@pytest.mark.parametrize("stage", EntryStage)
@pytest.mark.parametrize("role", Role)
def test_every_stage_role_and_action_is_as_the_table_says(stage: EntryStage, role: Role) -> None:
    answers = {one.action: one.allowed for one in an_entry_at(stage).allowed_actions(a_principal(role), on=MONDAY)}

    assert answers == {
        action.value: role in step.roles and stage in step.sources for action, step in LIFECYCLE.steps.items()
    }


def test_a_citizen_keeps_nothing_and_from_other_stages_nothing_else_is_open() -> None:
    with pytest.raises(NotYourFunction):
        an_entry_at(EntryStage.OPEN).close(ClosingGround.DECLINED, by=CITIZEN, on=MONDAY)
    for stage in (EntryStage.CONVERTED, EntryStage.CLOSED, EntryStage.TAKEN_OFF):
        with pytest.raises(IllegalTransition):
            an_entry_at(stage).convert(APPLICATION_ID, by=COMMISSIONER, on=MONDAY)
