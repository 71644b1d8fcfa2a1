"""What a plan says: its four parts, each checked against the others."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.shared.errors import Unprocessable
from app.domain.shared.quantity import Quantity


class PlanInconsistent(Unprocessable):
    """The parts of the plan do not fit together."""

    code = "plan_inconsistent"
    title = "The parts of the plan do not fit together"


class NeedNotConfirmed(Unprocessable):
    """The plan promises a service for a need that nobody has confirmed."""

    code = "need_not_confirmed"
    title = "Nobody has confirmed this need"


class Part(StrEnum):
    """The parts that a plan must have. Source: 昌市政办发〔2020〕53号 五(五)2."""

    NEEDS_ASSESSMENT = "needs_assessment"
    """需求评估"""
    SERVICE_PATH = "service_path"
    """服务路径"""
    SUPERVISION_MEASURES = "supervision_measures"
    """监督措施"""
    SPECIFIC_SOLUTION = "specific_solution"
    """具体解决方案"""


class Rhythm(StrEnum):
    """How a quantity is spread over the period of an item."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    AS_AGREED = "as_agreed"


class SupervisionKind(StrEnum):
    """How it is watched that the plan is kept."""

    VISIT = "visit"
    """走访"""
    PHONE_CALL = "phone_call"
    """电话回访"""
    DELIVERY_CHECK = "delivery_check"
    """服务核查"""
    SATISFACTION_SURVEY = "satisfaction_survey"
    """满意度调查"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who does what by when."""

    organisation_id: UUID
    what: str = field(repr=False)
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PathItem:
    """One step of the service path: a service for a need, how much of it over which days, and whose duty it is."""

    id: UUID
    need_id: UUID
    service_id: UUID
    quantity: Quantity
    """In all, over the whole period."""
    rhythm: Rhythm
    starts_on: date
    ends_on: date
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """One measure of supervision: of what kind, whose duty it is, and how often."""

    kind: SupervisionKind
    organisation_id: UUID
    first_on: date
    every_months: int | None = None
    """None for once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the plan wants to reach for the person, how that will be seen, by when, and with which items."""

    statement: str = field(repr=False)
    measure: str = field(repr=False)
    due_on: date
    item_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """What a plan says. A draft may lack parts; nobody can agree to it before they are there."""

    starts_on: date
    ends_on: date
    review_on: date
    """The day on which it is seen whether the plan helps."""
    assessment_ids: tuple[UUID, ...] = ()
    path: tuple[PathItem, ...] = ()
    supervision: tuple[Supervision, ...] = ()
    goals: tuple[Goal, ...] = ()

    @property
    def parts(self) -> frozenset[Part]:
        """The parts that are there."""
        filled = {
            Part.NEEDS_ASSESSMENT: self.assessment_ids,
            Part.SERVICE_PATH: self.path,
            Part.SUPERVISION_MEASURES: self.supervision,
            Part.SPECIFIC_SOLUTION: self.goals,
        }
        return frozenset(part for part, entries in filled.items() if entries)

    def item(self, item_id: UUID) -> PathItem | None:
        """One step of the path."""
        return next((item for item in self.path if item.id == item_id), None)

    def require_consistency(self, *, confirmed_needs: Collection[UUID]) -> None:
        """Refuse what does not fit together.

        Raises:
            PlanInconsistent: days, items and goals do not fit.
            NeedNotConfirmed: an item is for a need that nobody has confirmed.
        """
        for pointer, complaint in self._complaints():
            raise PlanInconsistent(complaint, pointer=pointer)
        for place, item in enumerate(self.path):
            if item.need_id not in confirmed_needs:
                raise NeedNotConfirmed(
                    "Nobody has confirmed this need. Have it confirmed before you plan for it.",
                    pointer=f"/path/{place}/need_id",
                )

    def _complaints(self) -> Iterator[tuple[str, str]]:
        if not self.starts_on <= self.review_on <= self.ends_on:
            yield "/review_on", "The plan begins, is reviewed and ends, in this order. Put its days in order."
        ids = [item.id for item in self.path]
        if len(set(ids)) < len(ids):
            yield "/path", "Two items have one id. Give each its own."
        for place, item in enumerate(self.path):
            yield from ((f"/path/{place}{where}", complaint) for where, complaint in self._complaints_of(item))
        for place, goal in enumerate(self.goals):
            if not goal.item_ids or not set(goal.item_ids) <= set(ids):
                yield f"/goals/{place}/item_ids", "A goal is reached with items of the path. Name those it needs."

    def _complaints_of(self, item: PathItem) -> Iterable[tuple[str, str]]:
        if not self.starts_on <= item.starts_on <= item.ends_on <= self.ends_on:
            yield "/starts_on", "The days of an item lie within those of the plan. Put them in order."
        if not item.duties:
            yield "/duties", "Somebody must see to the item. Say who does what by when."
