"""An earlier draw that a new application keeps: whoever withdraws and applies again is not drawn for anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from app.domain.draw.eligible import Candidate, DrawRules, Wanted
from app.domain.shared.rulebook import Ruled, RulesInForce
from app.domain.shared.span import months_after

KEPT = "certificate.draw_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeoverRules:
    """For how long a draw is kept, as dated data of the place."""

    kept: Ruled[int]
    """Months after the day on which the earlier case has ended without a certificate."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: it is missing for the region and the day.
        """
        return cls(kept=rules.months(KEPT))

    @property
    def references(self) -> tuple[str, ...]:
        """What a case stores to name the rules."""
        return (self.kept.reference,)

    def since(self, on: date) -> date:
        """The earliest day on which a case may have ended whose draw is kept on a day."""
        return months_after(on, -self.kept.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDraw:
    """Who was drawn for a case of the same person, of any business, that has ended without a certificate."""

    draw_id: UUID
    case_id: UUID
    institution_id: UUID
    doctors: tuple[UUID, ...]
    """The doctors who were to evaluate when it ended."""
    declined: frozenset[UUID] = frozenset()
    """The doctors who had declined that case."""

    def is_kept(self, candidates: Sequence[Candidate], rules: DrawRules) -> bool:
        """Say whether all of them may still evaluate, by the list that a draw of today would have.

        Who had declined was not stood in for yet where the case ended before: then they are too few.
        """
        free = {one.institution_id: set(one.doctors) for one in candidates}
        return len(self.doctors) >= rules.minimum_doctors.value and free.get(self.institution_id, set()).issuperset(
            self.doctors
        )

    def narrowed(self, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The list for drawing anew: the institution alone, where it still has enough who may, and all where not."""
        own = tuple(one for one in candidates if one.institution_id == self.institution_id)
        return own or candidates

    def barring(self, wanted: Wanted) -> Wanted:
        """What is asked of who evaluates, without those who have declined the same person before."""
        return replace(wanted, barred=wanted.barred | self.declined)


def kept(earlier: Sequence[EarlierDraw], candidates: Sequence[Candidate], rules: DrawRules) -> EarlierDraw | None:
    """The latest draw that can be kept: whoever has applied elsewhere in between is not drawn for anew here."""
    return next((one for one in earlier if one.is_kept(candidates, rules)), None)


def nearest(earlier: Sequence[EarlierDraw], candidates: Sequence[Candidate]) -> EarlierDraw | None:
    """Where none can be kept: the latest draw whose institution may still evaluate, else the latest; None of none."""
    listed = {one.institution_id for one in candidates}
    return next((one for one in earlier if one.institution_id in listed), next(iter(earlier), None))
