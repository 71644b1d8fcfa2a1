"""A suspicion that somebody who cannot help themself is being harmed: reported at once, to the body that must act."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.harm_report import events
from app.domain.harm_report.stages import LIFECYCLE, HarmAction, HarmStage
from app.domain.harm_report.terms import AtRisk, HarmTerms
from app.domain.shared.access import Principal
from app.domain.shared.events import Unnamed
from app.domain.shared.transitions import Allowed, Done, OwnCase


class HarmKind(StrEnum):
    """What is suspected; no finding, and nobody is accused in the system."""

    VIOLENCE = "violence"
    """暴力伤害"""
    SEXUAL = "sexual"
    """性侵害"""
    NEGLECT = "neglect"
    """失于照料"""
    ABANDONMENT = "abandonment"
    """遗弃"""
    CONFINEMENT = "confinement"
    """非法拘禁"""
    EXPLOITATION = "exploitation"
    """胁迫乞讨、强迫劳动"""
    OTHER_DANGER = "other_danger"
    """其他危险情形"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """What somebody reports."""

    person_id: UUID
    kind: HarmKind
    words: str = field(repr=False)
    told_police: bool
    """Whether the police were called as well: in danger to life one calls 110 first, and writes afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmReport:
    """An urgent report of suspected harm (强制报告), with a clock of its own.

    It lies with the county's body and not in the village: neither colleagues of the reporter there nor the family read
    it. None of the steps touches `version`.

    Source: 未成年人保护法 (2020) art. 11 for minors; 反家庭暴力法 (2015) art. 14 for those without full capacity.
    """

    id: UUID
    person_id: UUID
    region: str
    """The county whose body acts."""
    kind: HarmKind
    at_risk: AtRisk
    words: str = field(repr=False)
    told_police: bool
    body_id: UUID
    """The organisation that must act."""
    reported_by: UUID
    reported_at: datetime
    receive_by: datetime
    """Until when it is taken in."""
    rule_versions: tuple[str, ...] = ()
    stage: HarmStage = HarmStage.REPORTED
    done: tuple[Done[HarmStage, HarmAction], ...] = ()
    raised_at: datetime | None = None
    """When it rose to the next level, because nobody had taken it in."""
    raised_to: UUID | None = None
    """The body of that level; None before, and where none is entered."""
    answer: str = field(default="", repr=False)
    """What the reporter is told of what was done."""
    version: int = 1

    @classmethod
    def report(
        cls,
        suspicion: Suspicion,
        *,
        report_id: UUID,
        body_id: UUID,
        region: str,
        by: Principal,
        at: datetime,
        terms: HarmTerms,
    ) -> tuple[Self, events.HarmReported]:
        """Report a suspicion to the body that must act for this person; nobody may be held back from it."""
        report = cls(
            id=report_id,
            person_id=suspicion.person_id,
            region=region,
            kind=suspicion.kind,
            at_risk=terms.at_risk,
            words=suspicion.words,
            told_police=suspicion.told_police,
            body_id=body_id,
            reported_by=by.id,
            reported_at=at,
            receive_by=at + timedelta(hours=terms.receive_within_hours.value),
            rule_versions=terms.references,
        )
        return report, events.HarmReported(
            report_id=report_id, at_risk=report.at_risk, body_id=body_id, receive_by=report.receive_by
        )

    @property
    def application_id(self) -> None:
        """A report belongs to no application."""

    @property
    def unnamed(self) -> Unnamed:
        """The report as its events know it."""
        return Unnamed(id=self.id, region=self.region, version=self.version)

    def is_overdue(self, at: datetime) -> bool:
        """Say whether it should have been taken in by now."""
        return self.stage is HarmStage.REPORTED and self.receive_by < at

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do to it and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def receive(self, *, by: Principal, on: date) -> tuple[Self, events.HarmReceived]:
        """Take it in: from now on the body acts."""
        step = self._step(HarmAction.RECEIVE, by=by, on=on)
        received = replace(self, stage=step.stage, done=(*self.done, step))
        return received, events.HarmReceived(report_id=self.id, received_by=by.id, received_on=on)

    def rise(self, *, to: UUID | None, at: datetime, terms: HarmTerms) -> tuple[Self, events.HarmRose] | None:
        """Have the body of the next level act too, with a clock of its own; None where that is not due, or was done.

        The county's body keeps it, and whoever is first takes it in. Nothing is added to what the report says.
        """
        if self.raised_at is not None or not self.is_overdue(at):
            return None
        until = at + timedelta(hours=terms.raised_within_hours.value)
        versions = (*self.rule_versions, terms.raised_within_hours.reference)
        risen = replace(self, raised_at=at, raised_to=to, receive_by=until, rule_versions=versions)
        return risen, events.HarmRose(report_id=self.id, body_id=to, receive_by=until)

    def close(self, answer: str, *, by: Principal, on: date) -> tuple[Self, events.HarmClosed]:
        """End it with what the reporter is told (以适当方式告知处理结果)."""
        step = self._step(HarmAction.CLOSE, by=by, on=on)
        closed = replace(self, stage=step.stage, done=(*self.done, step), answer=answer)
        return closed, events.HarmClosed(report_id=self.id, closed_by=by.id, closed_on=on)

    def _step(self, action: HarmAction, *, by: Principal, on: date) -> Done[HarmStage, HarmAction]:
        """The step, which nobody takes in the matter of the own family.

        Raises:
            OwnCase: the caller is concerned, or guardian of the person.
        """
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if by.is_concerned(self.person_id):
            raise OwnCase("Nobody handles a report about themselves or their own ward. Another officer must.")
        return step
