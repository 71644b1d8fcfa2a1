"""A need that the village cannot meet, on its way to whoever can; with the least that this takes."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self
from uuid import UUID

from app.domain.need_report.stages import LIFECYCLE, NeedReportAction, NeedReportStage
from app.domain.shared.access import Principal, has_function
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import AlreadyExists
from app.domain.shared.events import Event
from app.domain.shared.rulebook import Ruled, RulesInForce
from app.domain.shared.transitions import Allowed, Done

AT_TOWNSHIP, AT_CITY = "need_report.township_within", "need_report.city_within"


class NeedReportOpen(AlreadyExists):
    """The same need of the person is on its way already."""

    code = "need_report_open"
    title = "This need is reported already"


class NeedReportOutcome(StrEnum):
    """What came of it."""

    MET = "met"
    """已解决"""
    ARRANGED = "arranged"
    """已安排: it will be met, and the answer says when."""
    NOT_POSSIBLE = "not_possible"
    """暂不能解决: with the reason, and nothing is refused by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedReported(Event):
    """A need was reported to the township."""

    name: ClassVar[str] = "need_report.reported"

    report_id: UUID
    need: str
    due_on: date
    reported_by: UUID
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedEscalated(Event):
    """The township cannot meet it, and has passed it on to the city."""

    name: ClassVar[str] = "need_report.escalated"

    report_id: UUID
    need: str
    due_on: date
    escalated_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRose(Event):
    """The township has not answered in time, and the city has it now."""

    name: ClassVar[str] = "need_report.rose"

    report_id: UUID
    need: str
    due_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAnswered(Event):
    """It was answered."""

    name: ClassVar[str] = "need_report.answered"

    report_id: UUID
    need: str
    outcome: NeedReportOutcome
    answered_by: UUID
    answered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedReportTerms:
    """How long each has."""

    township_within: Ruled[int]
    city_within: Ruled[int]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(township_within=rules.working_days(AT_TOWNSHIP), city_within=rules.working_days(AT_CITY))


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedReport:
    """A report of a need (需求上报). It names the need by its code and the person by an id: who must know more asks.

    None of the steps touches `version`.

    Source: R30 of the operational requirements; 个人信息保护法 (2021) art. 6 for the least data.
    """

    id: UUID
    person_id: UUID
    region: str
    need: str
    words: str = field(repr=False)
    """What is needed and was tried; no diagnosis."""
    reported_by: UUID
    reported_on: date
    due_on: date
    """The last day for whoever has it now."""
    rule_versions: tuple[str, ...] = ()
    stage: NeedReportStage = NeedReportStage.AT_TOWNSHIP
    done: tuple[Done[NeedReportStage, NeedReportAction], ...] = ()
    outcome: NeedReportOutcome | None = None
    answer: str = field(default="", repr=False)
    """What the person is told."""
    version: int = 1

    @classmethod
    def report(cls, report: Self, *, terms: NeedReportTerms, calendar: WorkingCalendar) -> tuple[Self, NeedReported]:
        """Report it to the township, with the township's clock."""
        within = terms.township_within
        reported = replace(
            report,
            due_on=calendar.last_day_of(within.value, after=report.reported_on),
            rule_versions=(within.reference,),
        )
        return reported, NeedReported(
            report_id=reported.id,
            need=reported.need,
            due_on=reported.due_on,
            reported_by=reported.reported_by,
            rule_versions=reported.rule_versions,
        )

    @property
    def application_id(self) -> None:
        """A need belongs to no application."""

    def is_overdue(self, on: date) -> bool:
        """Say whether whoever has it should have answered."""
        return self.stage is not NeedReportStage.ANSWERED and self.due_on < on

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do with it and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on))

    def escalate(
        self, *, by: Principal, on: date, terms: NeedReportTerms, calendar: WorkingCalendar
    ) -> tuple[Self, NeedEscalated]:
        """Pass on to the city what the township cannot meet, with the city's clock."""
        step = LIFECYCLE.step(self, NeedReportAction.ESCALATE, by=by, on=on)
        within = terms.city_within
        passed = replace(
            self,
            stage=step.stage,
            done=(*self.done, step),
            due_on=calendar.last_day_of(within.value, after=on),
            rule_versions=(*self.rule_versions, within.reference),
        )
        return passed, NeedEscalated(report_id=self.id, need=self.need, due_on=passed.due_on, escalated_by=by.id)

    def rise(self, *, on: date, terms: NeedReportTerms, calendar: WorkingCalendar) -> tuple[Self, NeedRose] | None:
        """Let it go to the city when the township's days have passed, with the city's clock; None before that.

        Nothing is added to what it says: the city has the same least data that the township had.
        """
        if self.stage is not NeedReportStage.AT_TOWNSHIP or not self.is_overdue(on):
            return None
        step = LIFECYCLE.step_by_itself(self, NeedReportAction.RISE, on=on)
        within = terms.city_within
        risen = replace(
            self,
            stage=step.stage,
            done=(*self.done, step),
            due_on=calendar.last_day_of(within.value, after=on),
            rule_versions=(*self.rule_versions, within.reference),
        )
        return risen, NeedRose(
            report_id=self.id, need=self.need, due_on=risen.due_on, rule_versions=(within.reference,)
        )

    def answer_with(
        self, outcome: NeedReportOutcome, answer: str, *, by: Principal, on: date
    ) -> tuple[Self, NeedAnswered]:
        """End it with what came of it and what the person is told."""
        step = LIFECYCLE.step(self, self._answer_of(by), by=by, on=on)
        answered = replace(self, stage=step.stage, done=(*self.done, step), outcome=outcome, answer=answer)
        return answered, NeedAnswered(
            report_id=self.id, need=self.need, outcome=outcome, answered_by=by.id, answered_on=on
        )

    def _answer_of(self, by: Principal) -> NeedReportAction:
        """The answer that is the caller's to give here; of several the one that is open."""
        steps = LIFECYCLE.steps
        own = [action for action in _ANSWERS if has_function(by, steps[action].roles, region=self.region)]
        is_open = [action for action in own if self.stage in steps[action].sources]
        return next(iter((*is_open, *own, *_ANSWERS)))


_ANSWERS = (NeedReportAction.ANSWER_AT_TOWNSHIP, NeedReportAction.ANSWER_AT_CITY)
