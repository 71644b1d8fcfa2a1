"""How the institution that evaluates was chosen: drawn, as a rule, or by hand for a reason; and who was in vain."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.certificate.decline import DeclineReason, DeclineWord
from app.domain.shared.errors import Conflict, Unprocessable


class HandReason(StrEnum):
    """Why an office has chosen by hand (人工指定)."""

    ONLY_ONE_ELIGIBLE = "only_one_eligible"
    NONE_ELIGIBLE = "none_eligible"
    CANNOT_TRAVEL = "cannot_travel"
    """The person can reach this institution and none that might be drawn."""
    OTHER = "other"


class HandReasonNotSo(Unprocessable):
    """The registers say otherwise than the reason for which an institution is chosen by hand."""

    code = "hand_reason_not_so"
    title = "The reason for choosing by hand is not so"


class InstitutionConcerned(Conflict):
    """The person, or a guardian of theirs, serves at the institution."""

    code = "institution_concerned"
    title = "The institution is in conflict with the person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How the institution was chosen."""

    draw_id: UUID | None = None
    """The draw; None where an office has chosen by hand."""
    doctors: tuple[UUID, ...] = ()
    """The doctors who were drawn with it; by hand nobody is named."""
    reason: HandReason | None = None
    text: str = ""
    """The reason in words, where it was chosen by hand."""
    taken_over_from: UUID | None = None
    """The earlier case of the same person for which the draw was taken, where it is kept for this one."""
    instead_of: UUID | None = None
    """The draw of that case, where it would have been kept and another was drawn or chosen after all."""
    rule_versions: tuple[str, ...] = ()
    """The rules by which an earlier draw was kept, or would have been."""

    @classmethod
    def by_hand(cls, institution_id: UUID, reason: HandReason, text: str, *, eligible: Collection[UUID]) -> Self:
        """Choose one without a draw, for a reason that is held to the list which a draw would have had.

        Raises:
            HandReasonNotSo: more are eligible than the reason says, or another.
        """
        only = {HandReason.ONLY_ONE_ELIGIBLE: {institution_id}, HandReason.NONE_ELIGIBLE: set[UUID]()}
        if set(eligible) != only.get(reason, set(eligible)):
            raise HandReasonNotSo(
                f"{len(eligible)} institutions are eligible. Let one be drawn, or give the true reason.",
                pointer="/by_hand/reason",
                eligible=len(eligible),
            )
        return cls(reason=reason, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsedChoice:
    """A choice that came to nothing: declined, or sent back by a review."""

    round: int
    institution_id: UUID
    draw_id: UUID | None
    """The draw; None where an office had chosen by hand."""
    ended_on: date
    doctors: tuple[UUID, ...] = ()
    """The drawn doctors who have declined; empty where the whole institution has."""
    reason: DeclineReason | None = None
    """None where a review has sent the case back."""
    is_excused: bool = True
    by: UUID | None = None
    """The account that has said so."""
    said_by: UUID | None = None
    """The account that had said so before, where it takes two."""
    word: DeclineWord = DeclineWord.INSTITUTION
    """Whose word it is; until doctors had to say so themselves it was the institution's, whoever entered it."""

    @property
    def declines_whole(self) -> bool:
        """Say whether the institution as such has declined, and evaluates nothing of this case any more."""
        return self.reason is not None and not self.doctors
