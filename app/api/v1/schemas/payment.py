"""Payment rolls, as they travel: sums that agree to the fen, what has changed since the roll before, and the lines."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.types import MOST_FEN, Code, Count, Input, LegalDate, LongText, Output, RegionCode, Version
from app.domain.benefit import Finding
from app.domain.payment import Change, PaymentRoll, RollStage, Sum, Totals
from app.domain.shared.region import code_of
from app.services.ports.payment import PaymentLine
from app.services.read_models import View

SignedFen = Annotated[
    int, Field(ge=-MOST_FEN, le=MOST_FEN, description="Amount in fen; below zero where it is claimed back.")
]


class PaymentRollCreate(Input):
    """Which roll is asked for: of a benefit, in a place, for a month."""

    benefit: Annotated[Code, Field(description="A benefit that is paid by the month, by its code.")]
    region_code: RegionCode
    month: Annotated[LegalDate, Field(description="Any day of the month.", examples=["2026-11-01"])]


class ObjectionCreate(Input):
    """What is wrong with a roll, in words."""

    text: LongText


class IdentifierForm(StrEnum):
    """How identity numbers are written out."""

    MASKED = "masked"
    FULL = "full"
    """Whole, for whoever pays by them."""


class PaymentExportCreate(Input):
    """How a roll is written out."""

    identifiers: Annotated[IdentifierForm, Field(description="How identity numbers are written.")] = (
        IdentifierForm.MASKED
    )


class SumRead(Output):
    """So many lines, and what they come to."""

    lines: Count
    amount_fen: SignedFen
    previous_fen: Annotated[SignedFen, Field(description="What the roll before holds in their place, in fen.")]

    @classmethod
    def of(cls, found: Sum) -> Self:
        """The sum as it travels."""
        return cls(lines=found.lines, amount_fen=found.amount_fen, previous_fen=found.previous_fen)


class DifferenceRead(Output):
    """A part of the difference to the roll before."""

    change: Change
    lines: Count
    difference_fen: SignedFen


class TotalsRead(Output):
    """What a roll comes to, and every fen of its difference to the roll before."""

    lines: Count
    persons: Annotated[Count, Field(description="How many people are on it.")]
    amount_fen: SignedFen
    by_change: Annotated[dict[str, SumRead], Field(description="By what the lines are against the roll before.")]
    by_township: Annotated[dict[str, SumRead], Field(description="By township, each by its code.")]
    by_reason: Annotated[dict[str, SumRead], Field(description="Of lines that were stopped or corrected, by reason.")]
    doubtful: Annotated[
        Count, Field(description="Lines of which the rules say that a condition is not met; a human looks at each.")
    ]
    before_fen: Annotated[SignedFen, Field(description="What the roll before came to; 0 where there is none.")]
    difference_fen: Annotated[SignedFen, Field(description="How much more this one is.")]
    differences: Annotated[
        list[DifferenceRead], Field(max_length=10, description="What the difference is made of, but for `ended_fen`.")
    ]
    ended_fen: Annotated[
        SignedFen, Field(description="What came once in the roll before, and is taken off: back payments, corrections.")
    ]

    @classmethod
    def of(cls, totals: Totals) -> Self:
        """The sums as they travel."""
        return cls(
            lines=totals.all.lines,
            persons=totals.persons,
            amount_fen=totals.all.amount_fen,
            by_change=_sums({change.value: found for change, found in totals.by_change.items()}),
            by_township=_sums({code_of(path): found for path, found in totals.by_township.items()}),
            by_reason=_sums(totals.by_reason),
            doubtful=totals.doubtful,
            before_fen=totals.before_fen,
            difference_fen=totals.difference_fen,
            differences=[
                DifferenceRead(change=change, lines=found.lines, difference_fen=totals.difference_by(change))
                for change, found in sorted(totals.by_change.items())
            ],
            ended_fen=totals.ended_fen,
        )


class PaymentRollSummary(Output):
    """A roll in a list."""

    id: UUID
    region_code: str
    benefit: Annotated[str, Field(max_length=64, description="The benefit, by its code.")]
    month: Annotated[date, Field(description="The first day of its month.")]
    stage: RollStage
    job_id: Annotated[UUID, Field(description="The job that draws it up; known to who ordered it.")]
    previous_id: Annotated[UUID | None, Field(description="The approved roll with which it is compared.")]
    version: Version

    @classmethod
    def of(cls, roll: PaymentRoll) -> Self:
        """The roll as a line."""
        return cls(
            id=roll.id,
            region_code=code_of(roll.region),
            benefit=roll.benefit,
            month=roll.month,
            stage=roll.stage,
            job_id=roll.job_id,
            previous_id=roll.previous_id,
            version=roll.version,
        )


class RollStepRead(Output):
    """A step that somebody took."""

    action: Annotated[str, Field(max_length=64)]
    on: date
    by: Annotated[UUID | None, Field(description="The account; null where the job did it.")]


class PaymentRollRead(PaymentRollSummary):
    """A roll with its sums and what the caller may do next. It says what is due, pays nothing, and names nobody."""

    ordered_by: Annotated[UUID, Field(description="The account that asked for it.")]
    totals: Annotated[TotalsRead | None, Field(description="Null while it is drawn up.")]
    steps: Annotated[list[RollStepRead], Field(max_length=10, description="Who did what, in order.")]
    objection: Annotated[str, Field(max_length=2000, description="What was found wrong; empty where nothing was.")]
    actions: Annotated[list[ActionRead], Field(max_length=20)]

    @classmethod
    def of_view(cls, view: View[PaymentRoll], teller: Teller) -> Self:
        """The roll as one caller sees it."""
        roll = view.of
        return cls(
            **dict(PaymentRollSummary.of(roll)),
            ordered_by=roll.ordered_by,
            totals=TotalsRead.of(roll.totals) if roll.totals else None,
            steps=[RollStepRead(action=step.action, on=step.on, by=step.by) for step in roll.done],
            objection=roll.objection,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )


class PaymentLineRead(Output):
    """A line: who is due how much for which month, what that is against the roll before, and what the rules say."""

    id: UUID
    case_id: UUID
    person_id: UUID
    region_code: str
    for_month: Annotated[date, Field(description="The first day of the month that it is for.")]
    amount_fen: SignedFen
    previous_fen: Annotated[SignedFen, Field(description="What the roll before holds in its place, in fen.")]
    change: Change
    reason: Annotated[str, Field(max_length=64, description="Why it was stopped or corrected; empty otherwise.")]
    rule: Annotated[str, Field(max_length=200, description="The rule that gives the amount.")]
    finding: Annotated[Finding, Field(description="What the rules say to the facts of the month; it stops nothing.")]
    unmet: Annotated[
        list[Annotated[str, Field(max_length=64)]], Field(max_length=50, description="Conditions that are not met.")
    ]
    channel: Annotated[str | None, Field(max_length=64, description="How the person wants to be paid, as a code.")]

    @classmethod
    def of(cls, line: PaymentLine) -> Self:
        """The line as it travels."""
        due = line.due
        return cls(
            id=line.id,
            case_id=line.case_id,
            person_id=line.person_id,
            region_code=code_of(line.region),
            for_month=due.for_month,
            amount_fen=due.amount_fen,
            previous_fen=due.previous_fen,
            change=due.change,
            reason=due.reason,
            rule=due.rule,
            finding=line.finding,
            unmet=list(line.unmet),
            channel=line.channel,
        )


def _sums(sums: Mapping[str, Sum]) -> dict[str, SumRead]:
    return {name: SumRead.of(found) for name, found in sorted(sums.items())}
