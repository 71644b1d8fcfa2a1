"""The review of a plan (复核): what calls for one, what was seen of each goal, and when somebody looks next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from app.domain.plan.content import PlanContent
from app.domain.shared.errors import Unprocessable
from app.domain.shared.events import Event, Rehearsed

DEATH = "death"
"""What makes somebody look again at a grant, and whether the plan still fits as well."""


class GoalsNotSeen(Unprocessable):
    """A review says something of each goal, once, and of nothing else."""

    code = "goals_not_seen"
    title = "Say of each goal what was seen"


class NextReviewImpossible(Unprocessable):
    """The next review would be on a day that has been, or after the plan has ended."""

    code = "next_review_impossible"
    title = "The next review cannot be on this day"


class Seen(StrEnum):
    """What was seen of a goal."""

    REACHED = "reached"
    """已达成"""
    PARTLY_REACHED = "partly_reached"
    """部分达成"""
    NOT_REACHED = "not_reached"
    """未达成"""
    CANNOT_TELL = "cannot_tell"
    """无法判断"""


class LifeEvent(StrEnum):
    """What in a person's life calls for a review before its day (生活变动)."""

    REGISTRATION_MOVED = "registration_moved"
    """户籍迁移"""
    RESIDENCE_MOVED = "residence_moved"
    """居住地变更"""
    HOUSEHOLD_CHANGED = "household_changed"
    """同住人员变动"""
    GUARDIANSHIP_CHANGED = "guardianship_changed"
    """监护变动"""
    ECONOMIC_STATUS_CHANGED = "economic_status_changed"
    """家庭经济状况变动"""
    CERTIFICATE_CHANGED = "certificate_changed"
    """残疾人证变动"""
    DIED = "died"
    """本人去世"""


_CALLS: Mapping[str, LifeEvent] = MappingProxyType(
    {
        "person.registration_moved": LifeEvent.REGISTRATION_MOVED,
        "person.residence_moved": LifeEvent.RESIDENCE_MOVED,
        "person.household_joined": LifeEvent.HOUSEHOLD_CHANGED,
        "person.household_parted": LifeEvent.HOUSEHOLD_CHANGED,
        "person.guardianship_recorded": LifeEvent.GUARDIANSHIP_CHANGED,
        "person.guardianship_ended": LifeEvent.GUARDIANSHIP_CHANGED,
        "person.economic_status_recorded": LifeEvent.ECONOMIC_STATUS_CHANGED,
        "certificate.first_issued": LifeEvent.CERTIFICATE_CHANGED,
        "certificate.replaced": LifeEvent.CERTIFICATE_CHANGED,
        "certificate.cancelled": LifeEvent.CERTIFICATE_CHANGED,
        "certificate.frozen": LifeEvent.CERTIFICATE_CHANGED,
        "certificate.restored": LifeEvent.CERTIFICATE_CHANGED,
    }
)
"""By the names of events of other contexts, which are known here by nothing else."""


def life_event_of(event: Event | Rehearsed) -> LifeEvent | None:
    """What of a person's life an event tells that calls for a review; a rehearsed one has not happened."""
    if isinstance(event, Rehearsed):
        return None
    if event.name == "recheck.opened" and event.facts()["trigger"] == DEATH:
        return LifeEvent.DIED
    return _CALLS.get(event.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was seen of one goal."""

    goal: int
    """Its place among the goals of the plan, counted from one."""
    seen: Seen
    words: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a review has found, and what follows: another look on a day, or a new revision."""

    observations: tuple[Observation, ...]
    next_review_on: date | None
    """None where the plan no longer fits, and another revision is to be drawn up."""
    words: str | None = field(default=None, repr=False)

    def require_fitting(self, content: PlanContent, *, on: date) -> None:
        """Hold the findings to the plan that they are about.

        Raises:
            GoalsNotSeen: a goal is left out, or named twice, or is none of the plan's.
            NextReviewImpossible: the next day is not one to come within the plan's.
        """
        if sorted(one.goal for one in self.observations) != list(range(1, len(content.goals) + 1)):
            raise GoalsNotSeen(
                f"The plan has {len(content.goals)} goals. Say of each what was seen, once.", pointer="/observations"
            )
        if self.next_review_on is not None and not on < self.next_review_on <= content.ends_on:
            raise NextReviewImpossible(
                f"Choose a day after today, by {content.ends_on} at the latest; or leave it out, and draw up another "
                "revision.",
                pointer="/next_review_on",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review, as it stays with the plan."""

    by: UUID
    on: date
    called_for: tuple[LifeEvent, ...]
    """What called for it; empty where its day had come, or somebody looked of their own accord."""
    findings: Findings
