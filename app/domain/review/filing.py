"""Filing a review: against what, and what was decided in the first place."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.shared.errors import AlreadyExists, Conflict


class NoAppealOpen(Conflict):
    """No law opens an appeal against this decision; or the body that made it had the last word."""

    code = "no_appeal_open"
    title = "No appeal is open against this decision"


class ReviewUnderWay(AlreadyExists):
    """The decision is under review, or was reviewed before."""

    code = "review_under_way"
    title = "A review of this decision was asked for already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What was decided in the first place, and by whom so far, through however many reviews."""

    matter: str
    case_id: UUID
    item: str | None
    deciders: frozenset[UUID]
    """Accounts that have decided it, or heard a review of it, before."""
    instance: int = 1
    """Which review of it this is."""
