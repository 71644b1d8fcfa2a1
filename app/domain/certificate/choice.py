"""How the institution that evaluates was chosen: drawn, as a rule, or by hand, with a reason that stays."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

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
