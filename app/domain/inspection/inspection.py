"""An inspection of one record of a delivery, on which the lot of a month fell: a named human says how it was."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.inspection.events import InspectionDone, InspectionOpened
from app.domain.shared.access import Principal
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.quantity import Quantity
from app.domain.shared.refusal import require_words
from app.domain.shared.transitions import Allowed, Done, Lifecycle, Transition


class NotIndependent(DutiesNotSeparated):
    """Whoever referred the person, or serves the provider, would say whether the delivery was right."""

    code = "not_independent"
    title = "Somebody else must look into this"


class InspectionStage(StrEnum):
    """Where an inspection stands."""

    OPEN = "open"
    DONE = "done"


class InspectionAction(StrEnum):
    """What may be done to an inspection."""

    RECORD = "record"
    """登记抽查结果"""


class InspectionMethod(StrEnum):
    """How it was looked into."""

    VISIT = "visit"
    """入户核实"""
    PHONE = "phone"
    """电话回访"""
    PAPERS = "papers"
    """查阅记录"""


class InspectionOutcome(StrEnum):
    """What was found."""

    AS_RECORDED = "as_recorded"
    """与记录相符"""
    DIFFERS = "differs"
    """与记录不符"""
    NOT_DELIVERED = "not_delivered"
    """未实际提供"""
    NOT_REACHED = "not_reached"
    """无法核实"""


InspectionStep: TypeAlias = Done[InspectionStage, InspectionAction]
LIFECYCLE: Lifecycle[InspectionStage, InspectionAction] = Lifecycle(
    noun="inspection",
    start=InspectionStage.OPEN,
    steps={
        InspectionAction.RECORD: Transition.through(
            "record_inspection", sources=(InspectionStage.OPEN,), target=InspectionStage.DONE
        ),
    },
    apart=frozenset(InspectionAction),
)
"""The table of inspections: the lot opens one, a named human ends it, and no record changes by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """The record on which the lot fell."""

    delivery_id: UUID
    referral_id: UUID
    person_id: UUID
    region: str
    service_id: UUID
    provider_id: UUID
    offered_by: UUID | None
    """Who referred the person, and so does not inspect."""
    delivered_on: date
    quantity: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was found, how, and why one thinks so.

    Raises:
        ReasonMissing: there are no words.
    """

    method: InspectionMethod
    outcome: InspectionOutcome
    words: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a result that nobody could follow."""
        require_words(self.words, "Say what was seen or said, so that others can follow it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A random inspection of a delivery (随机抽查). The provider does not know of it before.

    None of the steps touches `version`.

    Source: 昌市政办发〔2020〕53号 五(五)2: delivery is supervised.
    """

    id: UUID
    person_id: UUID
    region: str
    draw_id: UUID
    """The draw by which it can be checked that the lot fell here."""
    inspected: Inspected
    opened_at: datetime
    due_on: date
    stage: InspectionStage = InspectionStage.OPEN
    done: tuple[InspectionStep, ...] = ()
    result: Result | None = None
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    @classmethod
    def open(
        cls,
        inspected: Inspected,
        *,
        inspection_id: UUID,
        draw_id: UUID,
        at: datetime,
        due_on: date,
        rule_versions: tuple[str, ...],
    ) -> tuple[Self, InspectionOpened]:
        """Ask an officer to look. Nobody does this: the lot fell on it."""
        opened = cls(
            id=inspection_id,
            person_id=inspected.person_id,
            region=inspected.region,
            draw_id=draw_id,
            inspected=inspected,
            opened_at=at,
            due_on=due_on,
            rule_versions=rule_versions,
        )
        return opened, InspectionOpened(inspection_id=inspection_id, due_on=due_on)

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def record(self, result: Result, *, by: Principal, on: date) -> tuple[Self, InspectionDone]:
        """Say what was found (登记抽查结果).

        Raises:
            OwnCase: it is about the caller, or the caller's ward.
            NotIndependent: the caller has referred the person, or serves the provider.
        """
        step = self._step(InspectionAction.RECORD, by=by, on=on)
        ended = replace(self, stage=step.stage, done=(*self.done, step), result=result)
        return ended, InspectionDone(
            inspection_id=self.id, outcome=result.outcome.value, inspected_by=by.id, inspected_on=on
        )

    def _step(self, action: InspectionAction, *, by: Principal, on: date) -> InspectionStep:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if by.id == self.inspected.offered_by or self.inspected.provider_id in by.organisation_ids:
            raise NotIndependent("Whoever referred the person or serves the provider does not inspect. Pass it on.")
        return step
