"""Jobs: work over many rows, ordered by somebody, done in chunks of which each is one checkpoint."""

from app.domain.job.job import CHUNK_ROWS, Job, Owner, Parameter, PauseReason, Progress
from app.domain.job.kinds import WORKS, Column, JobKind, Work
from app.domain.job.stages import LIFECYCLE, JobAction, JobState

__all__ = [
    "CHUNK_ROWS",
    "LIFECYCLE",
    "WORKS",
    "Column",
    "Job",
    "JobAction",
    "JobKind",
    "JobState",
    "Owner",
    "Parameter",
    "PauseReason",
    "Progress",
    "Work",
]
