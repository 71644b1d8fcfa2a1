"""An alarm is a question: raised by figures, taken up and closed by a human who is not in it, and it moves no case."""

import hmac
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.draw import Draw, SeedNotCommitted
from app.domain.integrity import (
    Alarm,
    AlarmKind,
    AlarmOutcome,
    AlarmStage,
    Files,
    Look,
    NamedInAlarm,
    NothingLookedInto,
    Sample,
    Sampling,
    Subject,
    SubjectKind,
    drawn,
    sampled,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction
from tests.builders import COUNTY, MONDAY, a_principal
from tests.builders.integrity import FINDING, NAMED_DOCTOR, QUARTER, a_signal, an_alarm, an_alarm_at

REVIEWER = a_principal(Role.COUNTY_REVIEWER)
SEED = bytes(range(32))
SEALED_AT = datetime(2026, 10, 30, tzinfo=UTC)
DRAWN_AT = datetime(2026, 11, 1, tzinfo=UTC)
CASES = [UUID(int=number) for number in range(1, 201)]
SHARES = {Files.CONCLUSIONS: Sampling(per_mille=20, at_least=1), Files.GRANTS: Sampling(per_mille=5, at_least=1)}
STEPS: list[Callable[[Alarm, Principal], tuple[Alarm, object]]] = [
    lambda alarm, by: alarm.take_up(by=by, on=MONDAY),
    lambda alarm, by: replace(alarm, stage=AlarmStage.TAKEN_UP).close(FINDING, by=by, on=MONDAY),
]


def a_commitment() -> Draw:
    return Draw.publish(SEED, draw_id=UUID(int=5), organisation_id=UUID(int=6), region=COUNTY, number=3, at=SEALED_AT)[
        0
    ]


def a_sample(seed: bytes = SEED, at: datetime = DRAWN_AT, cases: list[UUID] | None = None) -> Sample:
    lists = {Files.CONCLUSIONS: CASES if cases is None else cases, Files.GRANTS: CASES[:50]}
    return Sample.draw(a_commitment(), seed, region=COUNTY, month=QUARTER, lists=lists, shares=SHARES, at=at)


def test_it_is_raised_by_nobody_and_its_event_names_nobody() -> None:
    alarm, event = Alarm.raise_for(
        a_signal(),
        alarm_id=UUID(int=1),
        region=COUNTY,
        period=QUARTER,
        at=DRAWN_AT,
        on=MONDAY,
        rule_versions=("a",),
        named=(NAMED_DOCTOR,),
    )

    assert (alarm.stage, alarm.person_id, alarm.application_id) == (AlarmStage.RAISED, None, None)
    assert str(NAMED_DOCTOR) not in str(event.facts())
    assert event.facts()["period_first"] == "2026-07-01"


def test_a_reviewer_takes_it_up_and_closes_it_with_what_was_found() -> None:
    taken, taken_up = an_alarm().take_up(by=REVIEWER, on=MONDAY)
    closed, event = taken.close(FINDING, by=REVIEWER, on=MONDAY)

    assert (taken.stage, taken_up.taken_up_by) == (AlarmStage.TAKEN_UP, REVIEWER.id)
    assert (closed.stage, closed.finding) == (AlarmStage.CLOSED, FINDING)
    assert (event.outcome, event.looked_into) == (AlarmOutcome.EXPLAINED, (Look.PAPERS,))
    assert FINDING.words not in str(event.facts()) + repr(closed)


@pytest.mark.parametrize("outcome", AlarmOutcome)
def test_whatever_was_found_only_the_alarm_changes(outcome: AlarmOutcome) -> None:
    before = an_alarm_at(AlarmStage.TAKEN_UP)

    closed, _ = before.close(replace(FINDING, outcome=outcome), by=REVIEWER, on=MONDAY)

    changed = {one.name for one in fields(Alarm) if getattr(before, one.name) != getattr(closed, one.name)}
    assert changed == {"stage", "done", "finding"}


@pytest.mark.parametrize("step", STEPS)
def test_whoever_is_named_neither_takes_it_up_nor_closes_it(
    step: Callable[[Alarm, Principal], tuple[Alarm, object]],
) -> None:
    human, institution = UUID(int=0x902), next(iter(REVIEWER.organisation_ids))
    same_account = an_alarm(named=(REVIEWER.id,))
    same_human = an_alarm(named=(NAMED_DOCTOR, human))
    own_institution = an_alarm(named=(institution,))

    for alarm, by in (
        (same_account, REVIEWER),
        (same_human, replace(REVIEWER, person_id=human)),
        (own_institution, REVIEWER),
    ):
        with pytest.raises(NamedInAlarm):
            step(alarm, by)
    assert step(an_alarm(), replace(REVIEWER, person_id=human))


def test_the_answer_says_to_whoever_is_named_why_not() -> None:
    answers = an_alarm(named=(REVIEWER.id,)).allowed_actions(REVIEWER, on=MONDAY)

    assert [(one.action, one.allowed, one.reason_code) for one in answers] == [
        ("take_up", False, "named_in_alarm"),
        ("close", False, "illegal_transition"),
    ]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTY_REVIEWER}))
@pytest.mark.parametrize("step", STEPS)
def test_nobody_else_answers_an_alarm(step: Callable[[Alarm, Principal], tuple[Alarm, object]], role: Role) -> None:
    with pytest.raises(NotYourFunction):
        step(an_alarm(), a_principal(role))


@pytest.mark.parametrize("stage", [AlarmStage.TAKEN_UP, AlarmStage.CLOSED])
def test_it_is_taken_up_once(stage: AlarmStage) -> None:
    with pytest.raises(IllegalTransition):
        an_alarm_at(stage).take_up(by=REVIEWER, on=MONDAY)


@pytest.mark.parametrize("stage", [AlarmStage.RAISED, AlarmStage.CLOSED])
def test_it_is_closed_once_and_only_by_whoever_has_it_taken_up(stage: AlarmStage) -> None:
    with pytest.raises(IllegalTransition):
        an_alarm_at(stage).close(FINDING, by=REVIEWER, on=MONDAY)


def test_it_is_not_closed_without_looking_nor_without_words() -> None:
    taken = an_alarm_at(AlarmStage.TAKEN_UP)

    with pytest.raises(NothingLookedInto):
        taken.close(replace(FINDING, looked_into=frozenset()), by=REVIEWER, on=MONDAY)
    with pytest.raises(ReasonMissing):
        taken.close(replace(FINDING, words="  "), by=REVIEWER, on=MONDAY)


def test_a_lot_is_drawn_with_a_seed_that_was_sealed_before() -> None:
    sample = a_sample()

    assert (len(sample.of(Files.CONCLUSIONS)), len(sample.of(Files.GRANTS))) == (4, 1)
    assert (sample.seed, sample.number, sample.published_at) == (SEED.hex(), 3, SEALED_AT)
    with pytest.raises(SeedNotCommitted):
        a_sample(seed=bytes(32))
    with pytest.raises(SeedNotCommitted):
        a_sample(at=SEALED_AT)


@given(st.permutations(CASES[:60]))
def test_the_order_of_a_list_changes_nothing_and_another_list_changes_the_key(cases: list[UUID]) -> None:
    assert a_sample(cases=cases) == a_sample(cases=CASES[:60])
    assert a_sample(cases=cases[1:]).lots[0].key != a_sample(cases=cases).lots[0].key


def test_whoever_has_the_key_draws_the_same_again() -> None:
    lot = a_sample().lots[0]

    assert drawn(CASES, key=lot.key, sampling=SHARES[Files.CONCLUSIONS]) == lot.drawn
    assert lot.total == len(CASES)


def test_the_guide_says_how_the_key_follows_from_the_seed() -> None:
    sample = a_sample()
    digest = sha256("".join(f"{case}\n" for case in CASES).encode()).hexdigest()
    bound = ("yian-sample-1", sample.draw_id, sample.number, COUNTY, "2026-07-01", digest, "conclusions", 0)

    key = hmac.digest(SEED, "\n".join(map(str, bound)).encode(), "sha256").hex()

    assert (sample.lots[0].list_digest, sample.lots[0].key) == (digest, key)


def test_a_lot_is_about_a_place_and_nobody_in_it() -> None:
    signal = sampled(COUNTY, a_sample())

    assert (signal.kind, signal.subject) == (AlarmKind.RANDOM_SAMPLE, Subject(SubjectKind.PLACE, COUNTY))
    assert (signal.observed, signal.cases, signal.p_value) == (5, 250, None)
