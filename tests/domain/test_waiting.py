"""Waiting lists: who comes first, that nobody starves, what is told, and how somebody leaves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.flag import Flag
from app.domain.shared.access import Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.transitions import NotYourFunction
from app.domain.shared.voice import NotThePerson, Voice, WordMissing
from app.domain.waiting import (
    OthersWait,
    Queue,
    RemovalReason,
    Urgency,
    WaitingEntry,
    WaitingRules,
    WaitingStage,
    outlook,
)
from tests.builders import MONDAY, PERSON_ID, VILLAGE, a_principal
from tests.builders.people import ANOTHER_OFFICER, COMMISSIONER, GUARDIAN, GUARDIAN_ID, SOMEBODY_ELSE
from tests.builders.referral import a_waiting_entry_at
from tests.builders.rules import HERE

RULES = WaitingRules.of(HERE)
THE_PERSON = a_principal(Role.CITIZEN, number=0xB0, memberships=(), person_id=PERSON_ID)
OWN, NEAR, FAR = UUID(int=1), UUID(int=2), UUID(int=3)
FLAGS = st.sets(st.sampled_from([flag.value for flag in Flag]))


def waiting(**changes: Any) -> WaitingEntry:
    return replace(a_waiting_entry_at(WaitingStage.WAITING), **changes)


def joined(*flags: str, urgency: Urgency = Urgency.ROUTINE, since: date = MONDAY) -> WaitingEntry:
    asked = waiting(urgency=urgency, since=since)
    return WaitingEntry.join(asked, flags=flags, by=COMMISSIONER, on=MONDAY, rules=RULES)[0]


def a_queue(service_id: UUID = OWN, **changes: Any) -> Queue:
    settings: dict[str, Any] = {"service_id": service_id, "ahead": 4, "placed": 6, "free": 0}
    return Queue(**(settings | changes))


def test_special_difficulty_and_urgency_count_like_days_of_waiting() -> None:
    special, urgent = joined("severe", "poor"), joined(urgency=Urgency.URGENT)

    assert special.counts_from == MONDAY - timedelta(days=RULES.special_days)
    assert urgent.counts_from == MONDAY - timedelta(days=RULES.urgency_days[Urgency.URGENT])
    assert special.counts_from < urgent.counts_from < joined().counts_from
    assert special.special == ("poor", "severe")


@given(older=FLAGS, newer=FLAGS, urgencies=st.tuples(st.sampled_from(Urgency), st.sampled_from(Urgency)))
def test_whoever_waits_longer_than_all_head_starts_comes_before_everybody_new(
    older: set[str], newer: set[str], urgencies: tuple[Urgency, Urgency]
) -> None:
    first = joined(*older, urgency=urgencies[0], since=MONDAY - timedelta(days=RULES.longest + 1))
    second = joined(*newer, urgency=urgencies[1])

    assert first.counts_from < second.counts_from


@given(
    crowd=st.lists(st.tuples(st.sampled_from(Urgency), st.booleans()), min_size=1, max_size=20),
    before=st.integers(0, 30),
)
def test_nobody_starves_however_many_with_head_starts_come_after(
    crowd: list[tuple[Urgency, bool]], before: int
) -> None:
    """A place a day, and somebody new with a head start a day, for ever: the wait is bounded all the same."""
    head_starts = [RULES.head_start_of(["severe"] * is_special, urgency) for urgency, is_special in crowd]
    mine = (0, 0)
    queue = [mine, *((0, number - before) for number in range(before))]
    for day in range(RULES.longest + before + 1):
        queue.append((day - head_starts[day % len(crowd)], day + 1))
        queue.sort()
        if queue.pop(0) == mine:
            return
    pytest.fail("somebody waits longer than all head starts together, and everybody before")


def test_the_day_since_which_a_need_waits_stays_when_its_place_is_found_anew() -> None:
    entry = joined(since=MONDAY - timedelta(days=40))

    anew, event = entry.reassess(Urgency.SOON, flags={"severe"}, by=ANOTHER_OFFICER, on=MONDAY, rules=RULES)

    assert (anew.since, anew.urgency, anew.special) == (entry.since, Urgency.SOON, ("severe",))
    assert anew.head_start_days == RULES.special_days + RULES.urgency_days[Urgency.SOON]
    assert (event.name, event.entry_id) == ("waiting_entry.reassessed", entry.id)


def test_a_need_never_waits_since_a_day_to_come() -> None:
    assert joined(since=MONDAY + timedelta(days=3)).since == MONDAY


def test_a_place_may_come_after_as_many_days_as_places_came_before() -> None:
    told = outlook(waiting(), a_queue(ahead=4, placed=6), (), on=MONDAY, rules=RULES)

    days = 5 * RULES.window_days // 6
    assert (told.place, told.days, told.expected_on) == (5, days, MONDAY + timedelta(days=days))
    assert (told.when.code, told.standing.parameters["ahead"]) == ("waiting.expected", 4)


def test_where_too_few_places_came_nobody_says_when() -> None:
    told = outlook(waiting(), a_queue(placed=RULES.fewest_placed - 1), (), on=MONDAY, rules=RULES)

    assert (told.days, told.expected_on, told.when.code) == (None, None, "waiting.unknown")


def test_where_nobody_got_a_place_nobody_says_when_however_few_the_rules_ask_for() -> None:
    assert a_queue(placed=0).expected_days(replace(RULES, fewest_placed=0)) is None


@pytest.mark.parametrize(("free", "is_now"), [(0, False), (4, False), (5, True), (None, True)])
def test_a_place_is_free_for_whom_no_more_stand_before_than_are_free(free: int | None, *, is_now: bool) -> None:
    told = outlook(waiting(), a_queue(ahead=4, free=free), (), on=MONDAY, rules=RULES)

    assert (told.days == 0) is is_now


def test_places_that_are_free_already_are_not_waited_for() -> None:
    assert a_queue(ahead=4, free=3).expected_days(RULES) == 2 * RULES.window_days // 6


def test_what_would_be_sooner_is_named_the_soonest_first() -> None:
    others = (a_queue(FAR, ahead=1), a_queue(NEAR, ahead=0, free=2), a_queue(UUID(int=9), ahead=90))

    told = outlook(waiting(), a_queue(), others, on=MONDAY, rules=RULES)

    assert [one.service_id for one in told.sooner] == [NEAR, FAR]
    assert [one.reason.code for one in told.sooner] == ["waiting.sooner.now", "waiting.sooner.days"]


def test_a_service_of_which_nobody_knows_when_is_not_named_as_sooner() -> None:
    assert outlook(waiting(), a_queue(), (a_queue(NEAR, ahead=0, placed=0),), on=MONDAY, rules=RULES).sooner == ()


def test_a_newcomer_gets_no_place_that_others_wait_for() -> None:
    a_queue(ahead=2).require_open_to_newcomers(free=3)
    with pytest.raises(OthersWait):
        a_queue(ahead=2).require_open_to_newcomers(free=2)


@pytest.mark.parametrize(("by", "said_by"), [(THE_PERSON, None), (GUARDIAN, None), (COMMISSIONER, Voice.PERSON)])
def test_the_person_a_guardian_or_an_officer_on_their_word_leaves_the_list(by: Any, said_by: Voice | None) -> None:
    left, event = waiting().withdraw(by=by, on=MONDAY, guardians=(GUARDIAN_ID,), said_by=said_by)

    assert (left.stage, left.left_on, event.name) == (WaitingStage.WITHDRAWN, MONDAY, "waiting_entry.withdrawn")


def test_nobody_else_takes_a_person_off_by_word() -> None:
    with pytest.raises(NotThePerson):
        waiting().withdraw(by=SOMEBODY_ELSE, on=MONDAY, guardians=(), said_by=None)
    with pytest.raises(WordMissing):
        waiting().withdraw(by=COMMISSIONER, on=MONDAY, guardians=(), said_by=None)


def test_only_an_officer_removes_somebody_and_says_why() -> None:
    removed, event = waiting().remove(RemovalReason.MOVED_AWAY, "已迁往外地", by=ANOTHER_OFFICER, on=MONDAY)

    assert (removed.stage, removed.removal, event.reason) == (WaitingStage.REMOVED, "moved_away", "moved_away")
    assert (removed.words, removed.left_on, event.removed_on) == ("已迁往外地", MONDAY, MONDAY)
    with pytest.raises(NotYourFunction):
        waiting().remove(RemovalReason.DIED, "本人去世", by=COMMISSIONER, on=MONDAY)


def test_only_who_keeps_lists_here_puts_somebody_on_one_and_nobody_themselves() -> None:
    concerned = replace(COMMISSIONER, person_id=PERSON_ID)

    with pytest.raises(NotYourFunction):
        WaitingEntry.join(waiting(), flags=(), by=a_principal(Role.PROVIDER, region=VILLAGE), on=MONDAY, rules=RULES)
    with pytest.raises(DutiesNotSeparated):
        WaitingEntry.join(waiting(), flags=(), by=concerned, on=MONDAY, rules=RULES)


@pytest.mark.parametrize("stage", [stage for stage in WaitingStage if stage is not WaitingStage.WAITING])
def test_who_has_left_a_list_does_not_leave_it_again(stage: WaitingStage) -> None:
    entry = a_waiting_entry_at(stage)
    steps: Sequence[Any] = (
        lambda: entry.withdraw(by=THE_PERSON, on=MONDAY, guardians=(), said_by=None),
        lambda: entry.remove(RemovalReason.DIED, "x", by=ANOTHER_OFFICER, on=MONDAY),
        lambda: entry.reassess(Urgency.SOON, flags=(), by=ANOTHER_OFFICER, on=MONDAY, rules=RULES),
    )

    for step in steps:
        with pytest.raises(IllegalTransition):
            step()
