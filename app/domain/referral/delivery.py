"""What a provider delivers, and what the person, or somebody in the person's place, says to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.referral.refusals import DeliveryImpossible
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Unprocessable
from app.domain.shared.quantity import Quantity
from app.domain.shared.refusal import require_words
from app.domain.shared.voice import Voice

LONGEST = timedelta(days=1)
LOWEST, HIGHEST = 1, 5
"""The ratings: one for very dissatisfied, five for very satisfied (好差评)."""


class InvalidRating(Unprocessable):
    """The scale of satisfaction has no such rating."""

    code = "invalid_rating"
    title = "The scale has no such rating"


class DeclineReason(StrEnum):
    """Why a provider does not take a referral."""

    NO_CAPACITY = "no_capacity"
    """名额已满"""
    OUTSIDE_AREA = "outside_area"
    """不在服务区域"""
    NOT_SUITABLE = "not_suitable"
    """服务与需求不符"""
    PERSON_NOT_REACHED = "person_not_reached"
    """联系不上本人"""
    OTHER = "other"


class DeliveryNote(StrEnum):
    """What is to be said of a delivery."""

    AS_PLANNED = "as_planned"
    """按计划完成"""
    SHORTENED = "shortened"
    """缩短"""
    ON_ANOTHER_DAY = "on_another_day"
    """改期完成"""
    HANDED_TO_CARER = "handed_to_carer"
    """交由照料者"""


class OverrideReason(StrEnum):
    """Why an officer closes a referral in place of the person."""

    PERSON_DIED = "person_died"
    """本人去世"""
    PERSON_MOVED = "person_moved"
    """本人迁出"""
    PERSON_NOT_REACHED = "person_not_reached"
    """多次联系不上"""
    SEEN_ON_SITE = "seen_on_site"
    """现场核实: an officer has seen that it was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One record: what was done on a day, how much of it and, where it is known, from when to when and by whom.

    Raises:
        DeliveryImpossible: it ended before it began, or took longer than a day.
    """

    on: date
    quantity: Quantity
    note: DeliveryNote = DeliveryNote.AS_PLANNED
    id: UUID | None = None
    """None in records from before they had one."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    worker: str | None = None
    """The provider's own code for who came; no name."""

    def __post_init__(self) -> None:
        """Refuse times that cannot be."""
        if (self.starts_at is None) != (self.ends_at is None):
            raise DeliveryImpossible("Say from when to when, or neither.", pointer="/deliveries")
        if self.starts_at and self.ends_at and not timedelta() < self.ends_at - self.starts_at <= LONGEST:
            raise DeliveryImpossible("A delivery ends after it begins, within a day.", pointer="/deliveries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The word of the person, or of a guardian, that it was done. No rating is owed.

    Raises:
        InvalidRating: the scale has no such rating.
    """

    by: UUID
    voice: Voice
    on: date
    satisfaction: int | None = None
    words: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse a rating that the scale does not have."""
        if self.satisfaction is not None and not LOWEST <= self.satisfaction <= HIGHEST:
            raise InvalidRating(f"A rating is {LOWEST} to {HIGHEST}, or none.", pointer="/satisfaction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Why an officer closed the referral in place of the person, as a code and in words.

    Raises:
        ReasonMissing: there are no words.
    """

    reason: OverrideReason
    words: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse an override without words."""
        require_words(self.words, "Say in words why you confirm in place of the person.", pointer="/words")


def require_possible(
    deliveries: Sequence[Delivery],
    *,
    after: Sequence[Delivery],
    planned: Quantity | None,
    since: date,
    on: date,
    calendar: WorkingCalendar,
) -> None:
    """Hold what a provider says it did to what can have been; whatever else does not fit is a finding for a human.

    Raises:
        DeliveryImpossible: nothing was done, not between acceptance and today, or it is counted in another unit.
    """
    if not deliveries or not all(since <= record.on <= on for record in deliveries):
        raise DeliveryImpossible(f"Name what was done, each with its day, from {since} to {on}.", pointer="/deliveries")
    if any(record.starts_at and calendar.date_of(record.starts_at) != record.on for record in deliveries):
        raise DeliveryImpossible("A delivery begins on its day. Compare the two.", pointer="/deliveries")
    units = {record.quantity.unit for record in (*after, *deliveries)}
    if planned is not None and units != {planned.unit}:
        raise DeliveryImpossible(
            f"The plan counts in {planned.unit}. Count the deliveries so too.", pointer="/deliveries"
        )
