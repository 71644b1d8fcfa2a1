"""What came before a draw: the choices for the same case that came to nothing, bound into the draw after them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One choice for the case that came to nothing."""

    round: int
    institution_id: UUID
    draw_id: UUID | None
    """The draw; None where an office had chosen by hand."""
    doctors: tuple[UUID, ...] = ()
    """The drawn doctors who have declined; empty where it was the whole institution, or nobody."""
    reason: str | None = None
    """The code of why it was declined; None where nobody has declined, and a review has sent the case back."""

    @property
    def line(self) -> str:
        """The turn as its digest reads it."""
        doctors = sorted(map(str, self.doctors))
        return " ".join(map(str, (self.round, self.draw_id or "-", self.institution_id, self.reason or "-", *doctors)))

    @property
    def declines_whole(self) -> bool:
        """Say whether the institution as such has declined."""
        return self.reason is not None and not self.doctors


def declined_by(turns: Sequence[Turn]) -> frozenset[UUID]:
    """The institutions and doctors who have declined, none of whom is drawn for the case again."""
    institutions = {turn.institution_id for turn in turns if turn.declines_whole}
    return frozenset(institutions.union(*(turn.doctors for turn in turns)))


def turns_digest(turns: Sequence[Turn]) -> str:
    """The digest of what came before: a line a turn, in the order of the rounds.

    >>> turns_digest([Turn(round=1, institution_id=UUID(int=1), draw_id=None, reason="no_capacity")])[:16]
    '58774684ec4133d5'
    """
    return hashlib.sha256("".join(f"{turn.line}\n" for turn in turns).encode()).hexdigest()
