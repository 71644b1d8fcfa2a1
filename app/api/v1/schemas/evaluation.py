"""Who is asked to evaluate a certificate case, and who declines, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Input, LongText, Output
from app.domain.certificate import (
    CertificateCase,
    Choice,
    ConclusionSigned,
    DeclineReason,
    DeclineSaid,
    DeclineWord,
    HandReason,
)
from app.services.certificate.evaluation import ByHand


class AssignmentRead(Output):
    """How the institution was chosen: drawn, or by hand with the reason."""

    draw_id: Annotated[UUID | None, Field(description="The draw, with its proof; null where it was chosen by hand.")]
    doctors: Annotated[list[UUID], Field(max_length=20, description="The doctors who were drawn with it.")]
    by_hand: Annotated[HandReason | None, Field(description="Why it was chosen by hand; null where it was drawn.")]
    text: Annotated[str, Field(max_length=2000, description="That reason in words.")]
    taken_over_from: Annotated[
        UUID | None, Field(description="The person's earlier case, whose draw is kept for this one; null elsewhere.")
    ]
    instead_of: Annotated[
        UUID | None, Field(description="The earlier draw that could not be kept, or was not; null elsewhere.")
    ]

    @classmethod
    def of(cls, choice: Choice) -> Self:
        """The choice as it travels."""
        return cls(
            draw_id=choice.draw_id,
            doctors=list(choice.doctors),
            by_hand=choice.reason,
            text=choice.text,
            taken_over_from=choice.taken_over_from,
            instead_of=choice.instead_of,
        )


class DeclineRead(Output):
    """Who was asked to evaluate and did not."""

    institution_id: UUID
    draw_id: Annotated[UUID | None, Field(description="The draw; null where it had been chosen by hand.")]
    doctors: Annotated[list[UUID], Field(max_length=20, description="Empty where the whole institution has declined.")]
    reason: DeclineReason
    word: Annotated[DeclineWord, Field(description="Whose word it is: the drawn doctor's own, or the institution's.")]
    is_excused: Annotated[bool, Field(description="In time, and for a reason that the place excuses.")]
    declined_on: date

    @classmethod
    def of_turns(cls, case: CertificateCase) -> list[Self]:
        """All who have declined a case, in that order."""
        return [
            cls(
                institution_id=turn.institution_id,
                draw_id=turn.draw_id,
                doctors=list(turn.doctors),
                reason=turn.reason,
                word=turn.word,
                is_excused=turn.is_excused,
                declined_on=turn.ended_on,
            )
            for turn in case.turns
            if turn.reason is not None
        ]


class DeclineSaidRead(Output):
    """What one person of the institution has said of who was drawn, and another must say as well before it counts."""

    reason: DeclineReason
    doctors: Annotated[list[UUID], Field(max_length=20, description="Empty where the whole institution would decline.")]
    said_on: Annotated[date, Field(description="When it was said.")]

    @classmethod
    def of(cls, said: DeclineSaid) -> Self:
        """The first word as it travels."""
        return cls(reason=said.reason, doctors=list(said.doctors), said_on=said.on)


class EvaluationSignedRead(Output):
    """Who of the doctors has signed a conclusion that counts once all of them have signed the same."""

    by: Annotated[list[UUID], Field(max_length=20, description="The accounts that have signed.")]
    missing: Annotated[list[UUID], Field(max_length=20, description="The doctors who have not.")]

    @classmethod
    def of(cls, signed: ConclusionSigned) -> Self:
        """The signatures as they travel; what was concluded is not told before it counts."""
        return cls(by=list(signed.by), missing=list(signed.missing))


class HandChoice(Input):
    """An institution that is chosen by hand, and why none is drawn."""

    institution_id: UUID
    reason: Annotated[HandReason, Field(description="Held to the list that a draw would have.")]
    text: Annotated[LongText, Field(description="The reason in words; it stays with the case.")]


class AssignmentCreate(Input):
    """Who shall evaluate: one is drawn, unless an institution is chosen by hand."""

    by_hand: Annotated[HandChoice | None, Field(description="Left out, an institution is drawn.")] = None

    def to_choice(self) -> ByHand | None:
        """The choice in the words of the use case."""
        if self.by_hand is None:
            return None
        chosen = self.by_hand
        return ByHand(institution_id=chosen.institution_id, reason=chosen.reason, text=chosen.text)


class DeclineCreate(Input):
    """That the caller's institution, or doctors of it who were drawn, do not evaluate."""

    reason: Annotated[DeclineReason, Field(description="Which of them are excused is said by a rule of the place.")]
    doctors: Annotated[
        list[UUID],
        Field(
            max_length=10,
            description="The caller's own account, or doctors who are absent; left out, the institution declines.",
        ),
    ] = Field(default_factory=list)
