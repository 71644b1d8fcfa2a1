"""A reported death: which words hold, in any order, and how an officer takes them back."""

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from app.domain.death_report import (
    DeathReport,
    DeathReportChanged,
    NoDeathReported,
    Told,
    ToldBy,
    WordsTakenBack,
    asked_among,
    reported,
    take_back,
)
from app.domain.shared.access import Role
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import OwnCase
from tests.builders import MONDAY, PERSON_ID, VILLAGE
from tests.builders.people import a_principal

OFFICER = a_principal(Role.COUNTY_OFFICER)
RECHECK, ENTRY, VISIT, RETRACTION = (UUID(int=number) for number in range(1, 5))


def told(record: UUID = RECHECK, *, days: int = 0, is_dead: bool = True, by: ToldBy = ToldBy.RECHECK) -> Told:
    return Told(by=by, record_id=record, on=MONDAY + timedelta(days=days), is_dead=is_dead)


def taken_back(*records: UUID, days: int = 0) -> Told:
    on = MONDAY + timedelta(days=days)
    return Told(by=ToldBy.OFFICER, record_id=RETRACTION, on=on, is_dead=False, took_back=frozenset(records))


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ([], None),
        ([told()], 0),
        ([told(is_dead=False)], None),
        ([told(), told(ENTRY, days=1)], 0),
        ([told(), told(ENTRY, days=1, is_dead=False)], None),
        ([told(), told(ENTRY, is_dead=False)], 0),
        ([told(), told(ENTRY, days=1, is_dead=False), told(VISIT, days=2)], 2),
        ([told(), taken_back(RECHECK)], None),
        ([told(), taken_back(RECHECK), told(ENTRY)], 0),
        ([told(days=1), taken_back(ENTRY)], 1),
        ([told(days=1), taken_back(RECHECK)], 1),
        ([told(days=-1), taken_back(ENTRY)], None),
    ],
    ids=[
        "nobody says anything",
        "it is told",
        "somebody was seen",
        "it is told since the first word",
        "the latest word counts",
        "of one day the one that says so",
        "it is told anew",
        "an officer has found otherwise on the same day",
        "another record tells it on that day",
        "what is told after something else was taken back",
        "a record that says so again on a later day",
        "what comes late was told before an officer looked",
    ],
)
def test_the_latest_word_that_nobody_has_taken_back_counts_in_whatever_order_words_come(
    words: list[Told], since: int | None
) -> None:
    for order in permutations(words):
        report = reported(order)
        assert (report and report.since) == (None if since is None else MONDAY + timedelta(days=since))


def wrong(*records: UUID, **changes: Any) -> WordsTakenBack:
    settings: dict[str, Any] = {
        "id": RETRACTION,
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "records": records,
        "by": OFFICER.id,
        "on": MONDAY,
        "words": "本人到窗口办事",
    }
    return WordsTakenBack(**(settings | changes))


def a_report() -> DeathReport:
    report = reported([told(), told(ENTRY, by=ToldBy.SURVEY)])
    assert report is not None
    return report


def test_an_officer_takes_back_just_what_was_read_and_the_event_says_neither_why_nor_by_which_record() -> None:
    event = take_back(a_report(), wrong(ENTRY, RECHECK), by=OFFICER)

    assert (event.name, event.records, event.taken_back_by) == ("person.death_report_taken_back", 2, OFFICER.id)
    assert "窗口" not in str(event.facts()) + repr(wrong(RECHECK))


def test_what_the_officer_has_not_read_is_not_taken_back() -> None:
    for records in ((RECHECK,), (RECHECK, ENTRY, VISIT), (VISIT,)):
        with pytest.raises(DeathReportChanged):
            take_back(a_report(), wrong(*records), by=OFFICER)
    with pytest.raises(NoDeathReported):
        take_back(None, wrong(RECHECK), by=OFFICER)


def test_it_is_said_how_that_is_known() -> None:
    with pytest.raises(ReasonMissing):
        take_back(a_report(), wrong(RECHECK, ENTRY, words="  "), by=OFFICER)


def test_nobody_says_it_of_themselves_of_a_ward_or_of_somebody_close() -> None:
    own = a_principal(Role.COUNTY_OFFICER, person_id=PERSON_ID)
    guardian = a_principal(Role.COUNTY_OFFICER, wards=frozenset({PERSON_ID}))
    for officer, close in ((own, frozenset()), (guardian, frozenset()), (OFFICER, frozenset({PERSON_ID}))):
        with pytest.raises(OwnCase):
            take_back(a_report(), wrong(RECHECK, ENTRY), close=close, by=officer)


def test_each_person_falls_to_one_officer_and_only_a_leavers_people_change_hands() -> None:
    officers = [UUID(int=number) for number in range(100, 104)]
    people = [UUID(int=number) for number in range(1000, 1400)]
    before = {one: asked_among(officers, about=one) for one in people}

    after = {one: asked_among(reversed(officers[1:]), about=one) for one in people}

    assert all(after[one] == before[one] for one in people if before[one] != officers[0])
    assert {list(before.values()).count(one) > len(people) // 8 for one in officers} == {True}
