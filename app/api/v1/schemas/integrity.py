"""Alarms of integrity, as they travel: figures first, and never a person."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.draw import Digest
from app.api.v1.schemas.types import Count, Input, LongText, Output, Version
from app.domain.integrity import (
    Alarm,
    AlarmKind,
    AlarmOutcome,
    AlarmStage,
    Compared,
    Files,
    Finding,
    Look,
    Lot,
    Method,
    Sample,
    Signal,
    SubjectKind,
)
from app.domain.shared.region import code_of
from app.services.read_models import View

DOCTOR = "01920000-0000-7000-8000-000000000901"
EXPLAINED = "From 2026-07-01 to 2026-09-30, 45 of 60 conclusions in one category found a severe grade."
Chance = Annotated[float, Field(ge=0, le=1, examples=[0.0021])]


class AlarmSubjectRead(Output):
    """Whom or what the figures are about."""

    kind: SubjectKind
    key: Annotated[
        str, Field(max_length=128, description="An account, an organisation, a path, a digest.", examples=[DOCTOR])
    ]


class ComparisonRead(Output):
    """With what a share was compared: Fisher's exact test has these four numbers and nothing else."""

    marked_elsewhere: Annotated[Count, Field(description="How many are so among all others.", examples=[180])]
    cases_elsewhere: Annotated[Count, Field(description="How many all others have.", examples=[600])]
    p_value: Annotated[Chance, Field(description="How likely so much or more is by chance, before it was corrected.")]
    among: Annotated[
        int, Field(ge=1, description="How many were looked at together: Holm corrects for all of them.", examples=[20])
    ]

    @classmethod
    def of(cls, beside: Compared) -> Self:
        """The comparison as it travels."""
        return cls(
            marked_elsewhere=beside.marked_elsewhere,
            cases_elsewhere=beside.cases_elsewhere,
            p_value=beside.p_value,
            among=beside.among,
        )


class AlarmFiguresRead(Output):
    """What was counted, and how it was judged."""

    within: Annotated[
        str, Field(max_length=64, description="Within which category or measure; empty for all.", examples=["hearing"])
    ]
    observed: Annotated[Count, Field(description="How many there were.", examples=[45])]
    expected: Annotated[
        float,
        Field(
            ge=0, description="How many were to be expected; of a count, the most that is no alarm.", examples=[18.0]
        ),
    ]
    cases: Annotated[Count, Field(description="How many cases it rests on.", examples=[60])]
    method: Annotated[Method, Field(description="How it was judged, with its version: see docs/integrity.md.")]
    p_value: Annotated[Chance | None, Field(description="Corrected by Holm; null where it was only counted.")]
    compared: Annotated[ComparisonRead | None, Field(description="Null where it was only counted.")]

    @classmethod
    def of(cls, signal: Signal) -> Self:
        """The figures as they travel."""
        return cls(
            within=signal.of,
            observed=signal.observed,
            expected=signal.expected,
            cases=signal.cases,
            method=signal.method,
            p_value=signal.p_value,
            compared=ComparisonRead.of(signal.beside) if signal.beside else None,
        )


class LotRead(Output):
    """What was drawn from one list."""

    files: Files
    total: Annotated[Count, Field(description="How long the list was.")]
    list_digest: Annotated[Digest, Field(description="SHA-256 of the list: the ids in order, a line each.")]
    key: Annotated[Digest, Field(description="What the files were ordered by: see docs/integrity.md.")]
    drawn: Annotated[list[UUID], Field(max_length=100_000)]

    @classmethod
    def of(cls, lot: Lot) -> Self:
        """The lot as it travels."""
        return cls(files=lot.files, total=lot.total, list_digest=lot.list_digest, key=lot.key, drawn=list(lot.drawn))


class SampleRead(Output):
    """How the lot of a month was drawn: all that it takes to draw again."""

    draw_id: Annotated[UUID, Field(description="The commitment of the office's series that was used.")]
    number: Annotated[int, Field(ge=1, description="Its place in that series.")]
    commitment: Annotated[Digest, Field(description="SHA-256 of the seed, as it was published beforehand.")]
    published_at: datetime
    drawn_at: datetime
    seed: Digest
    lots: Annotated[list[LotRead], Field(max_length=len(Files))]

    @classmethod
    def of(cls, sample: Sample) -> Self:
        """The draw as it travels."""
        return cls(
            draw_id=sample.draw_id,
            number=sample.number,
            commitment=sample.commitment,
            published_at=sample.published_at,
            drawn_at=sample.drawn_at,
            seed=sample.seed,
            lots=[LotRead.of(lot) for lot in sample.lots],
        )


class AlarmFindingRead(Output):
    """What a human has found."""

    outcome: AlarmOutcome
    looked_into: Annotated[list[Look], Field(max_length=len(Look))]
    text: Annotated[str, Field(max_length=2000)]

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """The finding as it travels."""
        return cls(outcome=finding.outcome, looked_into=sorted(finding.looked_into), text=finding.words)


class IntegrityAlarmSummary(Output):
    """An alarm in a list."""

    id: UUID
    region_code: Annotated[
        str, Field(description="The county, or what lies around it, in which all its cases lie.", examples=["652301"])
    ]
    kind: AlarmKind
    subject: AlarmSubjectRead
    period_first: Annotated[date, Field(description="The first day of the period that was looked at.")]
    period_last: date
    stage: AlarmStage
    raised_on: date
    version: Version

    @classmethod
    def of(cls, alarm: Alarm) -> Self:
        """The alarm as a line."""
        about = alarm.signal.subject
        return cls(
            id=alarm.id,
            region_code=code_of(alarm.region),
            kind=alarm.kind,
            subject=AlarmSubjectRead(kind=about.kind, key=about.key),
            period_first=alarm.period.first,
            period_last=alarm.period.last,
            stage=alarm.stage,
            raised_on=alarm.raised_on,
            version=alarm.version,
        )


class IntegrityAlarmRead(IntegrityAlarmSummary):
    """A question that figures ask, with all that it rests on. It says nothing of guilt."""

    explanation: Annotated[str, Field(description="Why it was raised, in plain words.", examples=[EXPLAINED])]
    figures: AlarmFiguresRead
    rule_versions: Annotated[list[str], Field(max_length=50, description="The dated rules that have judged.")]
    may_look_into: Annotated[list[Look], Field(max_length=len(Look), description="What it lets a human look into.")]
    case_ids: Annotated[list[UUID], Field(max_length=100_000, description="Certificate cases to begin with.")]
    sample: Annotated[SampleRead | None, Field(description="How the lot was drawn, where one was.")]
    finding: Annotated[AlarmFindingRead | None, Field(description="What was found; null until it is closed.")]
    actions: Annotated[list[ActionRead], Field(max_length=20)]

    @classmethod
    def of_view(cls, view: View[Alarm], teller: Teller) -> Self:
        """The alarm as one caller sees it."""
        alarm = view.of
        return cls(
            **dict(IntegrityAlarmSummary.of(alarm)),
            explanation=_explained(alarm, teller),
            figures=AlarmFiguresRead.of(alarm.signal),
            rule_versions=list(alarm.rule_versions),
            may_look_into=list(Look),
            case_ids=list(alarm.cases),
            sample=SampleRead.of(alarm.sample) if alarm.sample else None,
            finding=AlarmFindingRead.of(alarm.finding) if alarm.finding else None,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )


class AlarmFindingCreate(Input):
    """What was looked into, and what came of it."""

    outcome: Annotated[AlarmOutcome, Field(description="What lies behind the figures.")]
    looked_into: Annotated[
        list[Look], Field(min_length=1, max_length=len(Look), description="Papers, doctors or both; never a person.")
    ]
    text: Annotated[LongText, Field(description="What was found and why, so that others can follow it.")]

    def to_finding(self) -> Finding:
        """The finding in the domain's words."""
        return Finding(outcome=self.outcome, looked_into=frozenset(self.looked_into), words=self.text)


def _explained(alarm: Alarm, teller: Teller) -> str:
    """Why it was raised, with its own figures."""
    signal = alarm.signal
    return teller.say(
        f"integrity_alarm.{alarm.kind}",
        {
            "observed": signal.observed,
            "expected": round(signal.expected, 1),
            "cases": signal.cases,
            "first": str(alarm.period.first),
            "last": str(alarm.period.last),
        },
    )
