"""A complaint goes to the county with a clock; the provider is asked, unread and unblamed until it was heard."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.domain.complaint import (
    Answer,
    Complaint,
    ComplaintOutcome,
    ComplaintQuestion,
    ComplaintStage,
    ComplaintTerms,
    NotTheOneAsked,
    OwnWork,
    ProviderNotHeard,
    QuestionStage,
)
from app.domain.shared.access import Membership, Principal, Role
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import StepTakenBefore
from app.domain.shared.voice import Capacity, NotThePerson, Word
from tests.builders import CITIZEN, COUNTY, MONDAY, PERSON_ID, WEEKDAYS, a_principal
from tests.builders.people import GUARDIAN, GUARDIAN_ID, NOW, SOMEBODY_ELSE
from tests.builders.report import a_complaint_at, a_question_at
from tests.builders.rules import BOOK

OFFICER = a_principal(Role.COUNTY_OFFICER, region=COUNTY)
TERMS = ComplaintTerms.of(BOOK.at(COUNTY, MONDAY))
UPHELD = Answer(outcome=ComplaintOutcome.UPHELD, words="属实，已责令补足")
RECEIVED = a_complaint_at(ComplaintStage.RECEIVED)


def filed(by: Principal = CITIZEN) -> Complaint:
    wrong = a_complaint_at(ComplaintStage.FILED).wrong
    return Complaint.file(
        wrong, Word(Capacity.PERSON), complaint_id=UUID(int=9), by=by, at=NOW, on=MONDAY, terms=TERMS, calendar=WEEKDAYS
    )[0]


def asked(complaint: Complaint = RECEIVED) -> tuple[Complaint, ComplaintQuestion]:
    put, question, _ = complaint.ask(
        "请说明", question_id=UUID(int=7), by=OFFICER, at=NOW, on=MONDAY, answer_by=date(2026, 11, 23)
    )
    return put, question


def test_it_is_taken_in_within_five_working_days_and_closed_within_twenty() -> None:
    complaint = filed()

    assert (complaint.receive_by, complaint.close_by) == (date(2026, 11, 23), date(2026, 12, 14))
    assert not complaint.is_overdue(complaint.receive_by)
    assert complaint.is_overdue(complaint.receive_by + timedelta(days=1))
    assert complaint.rule_versions == ("complaint.receive@CN#1", "complaint.close@CN#1")


def test_what_nobody_takes_in_rises_once_and_stays_with_the_county_too() -> None:
    late = date(2026, 11, 24)
    above = UUID(int=3)

    assert filed().rise(to=above, on=filed().receive_by, terms=TERMS, calendar=WEEKDAYS) is None
    risen = filed().rise(to=above, on=late, terms=TERMS, calendar=WEEKDAYS)
    assert risen
    complaint, event = risen
    assert (complaint.rose_on, complaint.rose_to, complaint.act_by) == (late, above, date(2026, 12, 8))
    assert (complaint.stage, complaint.region, event.act_by) == (ComplaintStage.FILED, COUNTY, complaint.act_by)
    assert not complaint.is_overdue(date(2026, 12, 8))
    assert complaint.is_overdue(date(2026, 12, 9))
    assert complaint.rise(to=above, on=date(2027, 1, 1), terms=TERMS, calendar=WEEKDAYS) is None
    assert complaint.receive(by=OFFICER, on=late)[0].due_on == date(2026, 12, 8)


def test_what_is_not_answered_in_time_rises_and_what_has_ended_does_not() -> None:
    received = filed().receive(by=OFFICER, on=MONDAY)[0]

    assert received.rise(to=None, on=received.close_by, terms=TERMS, calendar=WEEKDAYS) is None
    assert received.rise(to=None, on=received.close_by + timedelta(days=1), terms=TERMS, calendar=WEEKDAYS)
    for stage in (ComplaintStage.CLOSED, ComplaintStage.WITHDRAWN):
        ended = a_complaint_at(stage)
        assert ended.due_on is None
        assert ended.rise(to=None, on=date(2027, 11, 1), terms=TERMS, calendar=WEEKDAYS) is None


def test_what_was_said_stays_out_of_events_and_logs() -> None:
    complaint, event = filed().receive(by=OFFICER, on=MONDAY)

    assert complaint.stage is ComplaintStage.RECEIVED
    assert "半小时" not in repr(complaint) + str(event.facts())


def test_the_question_names_the_referral_only_where_the_person_agrees() -> None:
    named = replace(RECEIVED, wrong=replace(RECEIVED.wrong, is_anonymous=False))

    assert asked()[1].referral_id is None
    assert asked(named)[1].referral_id == RECEIVED.wrong.referral_id
    assert str(PERSON_ID) not in repr(asked()[1])


def test_the_provider_is_asked_once() -> None:
    with pytest.raises(StepTakenBefore):
        asked(asked()[0])


def test_nothing_is_held_against_a_provider_that_was_not_heard_or_still_has_time() -> None:
    complaint, question = asked()

    with pytest.raises(ProviderNotHeard):
        RECEIVED.close(UPHELD, None, by=OFFICER, on=MONDAY)
    with pytest.raises(ProviderNotHeard):
        complaint.close(UPHELD, question, by=OFFICER, on=question.answer_by)
    late, _ = complaint.close(UPHELD, question, by=OFFICER, on=question.answer_by + timedelta(days=1))
    heard, event = complaint.close(UPHELD, replace(question, stage=QuestionStage.ANSWERED), by=OFFICER, on=MONDAY)
    assert late.stage is heard.stage is ComplaintStage.CLOSED
    assert event.facts()["outcome"] == "upheld"


def test_what_blames_nobody_needs_no_question_and_the_person_is_told_something() -> None:
    settled = Answer(outcome=ComplaintOutcome.SETTLED, words="已协商")

    assert RECEIVED.close(settled, None, by=OFFICER, on=MONDAY)[0].answer == settled
    with pytest.raises(ReasonMissing):
        replace(settled, words=" ")


def test_whoever_filed_it_for_the_person_does_not_close_it() -> None:
    own = replace(filed(by=OFFICER), stage=ComplaintStage.RECEIVED)

    with pytest.raises(DutiesNotSeparated):
        own.close(Answer(outcome=ComplaintOutcome.NOT_UPHELD, words="不属实"), None, by=OFFICER, on=MONDAY)


def test_nobody_handles_a_complaint_about_where_they_serve() -> None:
    serves = Membership(
        organisation_id=RECEIVED.wrong.provider_id, role=Role.COUNTY_OFFICER, region=COUNTY, valid_from=date(2020, 1, 1)
    )
    with pytest.raises(OwnWork):
        filed().receive(by=replace(OFFICER, memberships=(serves,)), on=MONDAY)


def test_the_person_or_a_guardian_takes_it_back_and_nobody_else() -> None:
    assert filed().withdraw(by=CITIZEN, on=MONDAY, guardians=())[0].stage is ComplaintStage.WITHDRAWN
    assert filed().withdraw(by=GUARDIAN, on=MONDAY, guardians={GUARDIAN_ID})[0].stage is ComplaintStage.WITHDRAWN
    with pytest.raises(NotThePerson):
        filed().withdraw(by=SOMEBODY_ELSE, on=MONDAY, guardians=())


def test_another_provider_does_not_answer() -> None:
    elsewhere = Membership(
        organisation_id=UUID(int=0xBAD), role=Role.PROVIDER, region=COUNTY, valid_from=date(2020, 1, 1)
    )
    with pytest.raises(NotTheOneAsked):
        a_question_at(QuestionStage.ASKED).say(
            "已补足", by=a_principal(Role.PROVIDER, memberships=(elsewhere,)), on=MONDAY
        )
