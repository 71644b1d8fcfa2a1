"""What the matcher looks at: services, flat and ready to be compared, and the person's side of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason


@dataclass(frozen=True, slots=True)
class Ratings:
    """What those who had a service said of it, together: how many gave a rating from one to five, and their sum."""

    count: int = 0
    total: int = 0

    @property
    def tenths(self) -> int:
        """The average in tenths, rounded down.

        >>> Ratings(count=6, total=28).tenths
        46
        """
        return 10 * self.total // self.count


UNRATED = Ratings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A service as one organisation offers it, as far as matching goes. A store keeps thousands of them at hand."""

    service_id: UUID
    organisation_id: UUID
    code: str
    """Which service of the catalogue it is; who is entitled is said for the code."""
    meets: frozenset[str]
    mode: str
    """`at_place`, `at_home` or `remote`."""
    regions: tuple[str, ...] = ()
    """Paths of the places where it is offered."""
    serves: tuple[str, ...] = ()
    """Paths of the areas whose residents it takes; anybody's where there are none."""
    languages: frozenset[str] = frozenset({"zh-CN"})
    features: frozenset[str] = frozenset()
    """What makes its places accessible."""
    has_place: bool = True
    waiting_days: int | None = None
    ratings: Ratings = UNRATED
    is_confirmed: bool = True
    """Whether its provider stands by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The person's side: where, in which language, with what accessibility, and whom the person knows or prefers."""

    residence: str
    """Path of the village or township in which the person lives."""
    languages: frozenset[str] = frozenset({"zh-CN"})
    features: frozenset[str] = frozenset()
    """What a place must have so that the person can use it."""
    other_needs: frozenset[str] = frozenset()
    """The person's other confirmed needs."""
    known_providers: frozenset[UUID] = frozenset()
    """Organisations that serve the person already, or have."""
    preferred_providers: tuple[UUID, ...] = ()
    """In the person's own order, the dearest first."""


class Verdict(Protocol):
    """What the rules say of the person's entitlement to a service, and why."""

    @property
    def finding(self) -> Finding:
        """Whether the person is entitled."""
        ...

    @property
    def reasons(self) -> Sequence[Reason]:
        """The facts that decide it."""
        ...

    @property
    def remedies(self) -> Sequence[Reason]:
        """What would turn it."""
        ...

    @property
    def citation(self) -> str:
        """The law that says so."""
        ...
