"""How a job goes: its states, and the steps of its owner and of the worker between them."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class JobState(StrEnum):
    """How a job stands."""

    AWAITING_INPUT = "awaiting_input"
    """It is ordered, and its table has not come yet."""
    AWAITING_APPROVAL = "awaiting_approval"
    """Its table has come, and a second person has not let it in yet."""
    QUEUED = "queued"
    """It waits for its turn."""
    RUNNING = "running"
    PAUSED = "paused"
    """It rests where it was, until it is resumed."""
    CANCELLED = "cancelled"
    """It was given up; what was done stays done."""
    FINISHED = "finished"
    """Every row has its result."""


class JobAction(StrEnum):
    """What may be done to a job."""

    SUPPLY = "supply"
    """Hand in its table."""
    HOLD = "hold"
    """What the kind of work does to others takes a second person's word first."""
    APPROVE = "approve"
    """The second person has given it."""
    BEGIN = "begin"
    """The worker has done its first chunk."""
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    FINISH = "finish"
    """The worker has done its last chunk."""


LIFECYCLE: Lifecycle[JobState, JobAction] = Lifecycle(
    noun="job",
    start=JobState.AWAITING_INPUT,
    steps={
        JobAction.SUPPLY: Transition.through(
            "supply_job_input", sources=[JobState.AWAITING_INPUT], target=JobState.QUEUED
        ),
        JobAction.HOLD: Transition(sources=frozenset({JobState.QUEUED}), target=JobState.AWAITING_APPROVAL),
        JobAction.APPROVE: Transition.through(
            "approve_register_import", sources=[JobState.AWAITING_APPROVAL], target=JobState.QUEUED
        ),
        JobAction.BEGIN: Transition(sources=frozenset({JobState.QUEUED}), target=JobState.RUNNING),
        JobAction.PAUSE: Transition.through(
            "pause_job", sources=[JobState.QUEUED, JobState.RUNNING], target=JobState.PAUSED
        ),
        JobAction.RESUME: Transition.through("resume_job", sources=[JobState.PAUSED], target=JobState.QUEUED),
        JobAction.CANCEL: Transition.through(
            "cancel_job",
            sources=[
                JobState.AWAITING_INPUT,
                JobState.AWAITING_APPROVAL,
                JobState.QUEUED,
                JobState.RUNNING,
                JobState.PAUSED,
            ],
            target=JobState.CANCELLED,
        ),
        JobAction.FINISH: Transition(sources=frozenset({JobState.RUNNING, JobState.PAUSED}), target=JobState.FINISHED),
    },
)
"""Whose a job is decides who may do these: the owner alone, whatever the role; the worker does the rest.

To approve is the one step that the owner may not do: the register import says who may."""
