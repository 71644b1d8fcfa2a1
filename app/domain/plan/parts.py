"""The four parts that every individual plan has: needs assessment, service path, supervision, solution."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.shared.errors import Unprocessable


class PlanIncomplete(Unprocessable):
    """One of the four parts is missing."""

    code = "plan_incomplete"
    title = "The plan lacks a part"


class PeriodImpossible(Unprocessable):
    """Something ends before it begins."""

    code = "period_impossible"
    title = "The period cannot be right"


class Part(StrEnum):
    """The parts, in the words of the document that asks for them.

    Source: 昌市政办发〔2020〕53号 五(五)2.
    """

    NEEDS_ASSESSMENT = "needs_assessment"
    """服务需求评估"""
    SERVICE_PATH = "service_path"
    """服务对接路径"""
    SUPERVISION_MEASURES = "supervision_measures"
    """服务监督举措"""
    SPECIFIC_SOLUTION = "specific_solution"
    """具体解决方案"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathItem:
    """One step of the service path: which need is met by which kind of service, how much, by whom, and when.

    Raises:
        PeriodImpossible: it ends before it begins.
    """

    need_id: UUID
    service_code: str
    amount: int
    unit: str
    """What the amount counts: hours, visits, devices, fen."""
    responsible: str
    """Who sees to it: a post, never a person's name."""
    begins_on: date
    ends_on: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.ends_on < self.begins_on:
            raise PeriodImpossible("A step of the path ends before it begins. Put the days right.", pointer="/path")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionMeasure:
    """How it is watched that what was promised is done: what, by whom, how often in days."""

    text: str
    responsible: str
    every_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What shall be better, how one will see it, and by when."""

    text: str
    measure: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The content of a plan."""

    assessment_ids: tuple[UUID, ...] = ()
    path: tuple[PathItem, ...] = ()
    supervision: tuple[SupervisionMeasure, ...] = ()
    goals: tuple[Goal, ...] = ()
    review_on: date | None = None
    """When the plan is looked at again; a life event may make it earlier."""

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that are empty."""
        filled = {
            Part.NEEDS_ASSESSMENT: self.assessment_ids,
            Part.SERVICE_PATH: self.path,
            Part.SUPERVISION_MEASURES: self.supervision,
            Part.SPECIFIC_SOLUTION: self.goals,
        }
        return tuple(part for part, content in filled.items() if not content)

    def require_complete(self) -> None:
        """Hold the plan to its four parts.

        Source: 昌市政办发〔2020〕53号 五(五)2: assessment, path, supervision and a specific solution.

        Raises:
            PlanIncomplete: with the parts that are missing.
        """
        if self.missing:
            raise PlanIncomplete(
                f"The plan lacks: {', '.join(self.missing)}. Fill them in first.", missing=list(self.missing)
            )
