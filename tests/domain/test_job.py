"""A job goes from its order to its end in checkpoints; its owner may let it rest, go on, or give it up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.domain.job import LIFECYCLE, Job, JobAction, JobKind, JobState, Owner, PauseReason, Progress
from app.domain.job.reading import Encoding, InputFormat, Table
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
TABLE = Table(format=InputFormat.CSV, encoding=Encoding.UTF_8, begins_at=12, head_lines=1, head=("number",))
OWNER = Owner(
    subject=UUID(int=1),
    client_id=UUID(int=2),
    roles=frozenset({Role.PORTAL}),
    scopes=frozenset({"certificates.verify"}),
    token_id="t",
)


def a_job(state: JobState = JobState.AWAITING_INPUT) -> Job:
    ordered = Job.order(JobKind.CERTIFICATE_VERIFICATION, job_id=UUID(int=3), owner=OWNER, at=AT)
    return replace(ordered, state=state)


def test_a_job_waits_for_its_table_and_then_for_its_turn() -> None:
    job = a_job()

    supplied = job.supply(TABLE, size=100)

    assert (job.state, supplied.state) == (JobState.AWAITING_INPUT, JobState.QUEUED)
    assert (supplied.progress.position, supplied.progress.line, supplied.progress.total) == ("12", 1, 100)


def test_a_table_that_puts_certificates_in_force_waits_for_a_second_person_unless_it_is_run_dry() -> None:
    ordered = Job.order(JobKind.REGISTER_IMPORT, job_id=UUID(int=3), owner=OWNER, at=AT)

    held = ordered.supply(TABLE, size=100, fingerprint="f")
    dry = replace(ordered, is_dry_run=True).supply(TABLE, size=100, fingerprint="f")

    assert (held.state, dry.state) == (JobState.AWAITING_APPROVAL, JobState.QUEUED)
    assert {one.action: one.reason_code for one in held.allowed_actions()}["approve"] == "duties_not_separated"
    assert "approve" not in {one.action for one in dry.allowed_actions()}


def test_only_a_finished_dry_run_of_the_very_table_counts() -> None:
    ordered = Job.order(JobKind.REGISTER_IMPORT, job_id=UUID(int=3), owner=OWNER, at=AT)
    held = ordered.supply(TABLE, size=100, fingerprint="f")
    dry = replace(held, is_dry_run=True, state=JobState.FINISHED)

    assert dry.is_dry_run_of(held)
    assert not replace(dry, state=JobState.RUNNING).is_dry_run_of(held)
    assert not replace(dry, is_dry_run=False).is_dry_run_of(held)
    assert not replace(dry, fingerprint="g").is_dry_run_of(held)
    assert not replace(dry, table=replace(TABLE, head=("name",))).is_dry_run_of(held)


def test_the_first_chunk_begins_it_and_the_last_one_ends_it() -> None:
    begun = a_job(JobState.QUEUED).advance(Progress(chunks=1, done=50, total=100), at=AT)
    ended = begun.finish(at=AT)

    assert (begun.state, begun.started_at, begun.progress.share) == (JobState.RUNNING, AT, 0.5)
    assert (ended.state, ended.finished_at) == (JobState.FINISHED, AT)


def test_a_job_that_was_told_to_rest_keeps_what_its_last_chunk_has_done() -> None:
    rested = a_job(JobState.RUNNING).pause().advance(Progress(chunks=2), at=AT)

    assert (rested.state, rested.reason, rested.progress.chunks) == (JobState.PAUSED, PauseReason.BY_OWNER, 2)
    assert (rested.resume().state, rested.resume().reason) == (JobState.QUEUED, None)


@pytest.mark.parametrize("state", JobState)
def test_the_owner_may_do_what_the_table_says_and_nothing_else(state: JobState) -> None:
    job = a_job(state)
    steps: dict[JobAction, Callable[[], Job]] = {
        JobAction.SUPPLY: lambda: job.supply(TABLE, size=1),
        JobAction.PAUSE: job.pause,
        JobAction.RESUME: job.resume,
        JobAction.CANCEL: lambda: job.cancel(at=AT),
        JobAction.FINISH: lambda: job.finish(at=AT),
    }
    for action, step in steps.items():
        if state in LIFECYCLE.steps[action].sources:
            assert step().state is LIFECYCLE.steps[action].target
        else:
            with pytest.raises(IllegalTransition):
                step()


@pytest.mark.parametrize("state", JobState)
def test_what_is_said_to_be_allowed_is_what_the_table_says(state: JobState) -> None:
    allowed = {answer.action for answer in a_job(state).allowed_actions() if answer.allowed}

    of_people = {action for action in LIFECYCLE.open_from(state) if LIFECYCLE.steps[action].operation}
    assert allowed == of_people - {JobAction.APPROVE}


def test_the_part_that_is_done_is_never_more_than_all() -> None:
    assert [Progress(done=done, total=total).share for done, total in ((0, None), (5, 0), (1, 4), (9, 4))] == [
        0.0,
        0.0,
        0.25,
        1.0,
    ]
