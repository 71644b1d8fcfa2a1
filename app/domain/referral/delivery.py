"""What a provider delivers, and what the person, or somebody in the person's place, says to it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.shared.errors import Unprocessable
from app.domain.shared.quantity import Quantity
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.voice import Voice

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
    """One record: what was done on a day, and how much of it."""

    on: date
    quantity: Quantity
    note: DeliveryNote = DeliveryNote.AS_PLANNED


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
        if not self.words.strip():
            raise ReasonMissing("Say in words why you confirm in place of the person.", pointer="/words")
