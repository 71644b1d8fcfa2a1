"""What may not fit, and what a human may find of it."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class DeliveryFindingKind(StrEnum):
    """What does not fit."""

    OVERLAP_PERSON = "overlap_person"
    """同一人服务时间重叠"""
    OVERLAP_WORKER = "overlap_worker"
    """同一服务人员时间重叠"""
    MORE_THAN_PLANNED = "more_than_planned"
    """超出计划数量"""
    OUTSIDE_PERIOD = "outside_period"
    """不在计划期间"""
    WHILE_PAUSED = "while_paused"
    """暂停期间仍有服务记录"""


class DeliveryFindingOutcome(StrEnum):
    """What a human has found."""

    EXPLAINED = "explained"
    """情况合理"""
    RECORDED_WRONGLY = "recorded_wrongly"
    """记录有误"""
    NOT_DELIVERED = "not_delivered"
    """未实际提供"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What was noticed, about which records, and by which figures."""

    kind: DeliveryFindingKind
    deliveries: tuple[UUID, ...]
    """Records of this referral."""
    others: tuple[UUID, ...] = ()
    """Records, of whichever referral, that these overlap with."""
    planned: int | None = None
    delivered: int | None = None
