"""Why a referral rests, ends early or moves to another provider, and what moves with it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.referral.refusals import PauseImpossible

ReasonT = TypeVar("ReasonT", bound=StrEnum)


class PauseReason(StrEnum):
    """Why a service rests for a while."""

    IN_HOSPITAL = "in_hospital"
    """住院"""
    AWAY = "away"
    """外出"""
    PERSON_WISHES = "person_wishes"
    """本人要求"""
    PROVIDER_UNABLE = "provider_unable"
    """机构暂时无法服务"""
    OTHER = "other"


class RevokeReason(StrEnum):
    """Why a referral ends before it was confirmed (撤销转介)."""

    PERSON_WISHES = "person_wishes"
    """本人要求"""
    NO_LONGER_NEEDED = "no_longer_needed"
    """不再需要"""
    PERSON_MOVED = "person_moved"
    """本人迁出"""
    PERSON_DIED = "person_died"
    """本人去世"""
    PROVIDER_FAILED = "provider_failed"
    """机构未履行"""
    MADE_IN_ERROR = "made_in_error"
    """转介有误"""
    OTHER = "other"


class TransferReason(StrEnum):
    """Why another provider takes over (转接)."""

    PROVIDER_UNABLE = "provider_unable"
    """机构无法继续"""
    PERSON_WISHES = "person_wishes"
    """本人要求更换"""
    PERSON_MOVED = "person_moved"
    """本人搬迁"""
    PROVIDER_FAILED = "provider_failed"
    """机构未履行"""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned(Generic[ReasonT]):
    """A reason as a code and, where there is more to say, in words."""

    reason: ReasonT
    words: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """That a service rests: why, since when, and until when it is thought to.

    Raises:
        PauseImpossible: it would be over before it begins.
    """

    reason: PauseReason
    since: date
    expected_until: date | None = None
    words: str | None = field(default=None, repr=False)
    resumed_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse an end before the begin."""
        if self.expected_until is not None and self.expected_until < self.since:
            raise PauseImpossible("A pause ends today or later. Enter the day, or none.", pointer="/expected_until")

    def covers(self, day: date) -> bool:
        """Say whether the service rested on a whole day; on the days of its begin and end something may be done.

        >>> rested = Pause(reason=PauseReason.AWAY, since=date(2026, 11, 2), resumed_on=date(2026, 11, 4))
        >>> [rested.covers(date(2026, 11, day)) for day in (2, 3, 4)]
        [False, True, False]
        """
        return self.since < day and (self.resumed_on is None or day < self.resumed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What the plan lays on the provider until a day; it moves with the referral while that day has not passed."""

    what: str = field(repr=False)
    due_on: date
