"""A row of the table of rights, and in which capacities somebody may do it for another person."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.shared.access import Acting, Role
from app.domain.shared.authz.scope import Scope


class Reach(StrEnum):
    """How far beyond the caller's own cases an operation looks; row-level security is told so."""

    CASES = "cases"
    """Only what the caller's areas and parties open."""
    INTAKE = "intake"
    """Also whether a person is on record already, so that nobody is registered twice; nothing of it is shown."""
    VERIFICATION = "verification"
    """Also the certificates of all, of which the answer shows the least."""
    REVIEW = "review"
    """Also the case and the application of a decision that the caller's body reviews: they follow what it decides."""
    CLOCKS = "clocks"
    """Only which limits are due, in all places; no operation of the API looks so. What follows is done in one place."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One row: an operation of the API, the scope that its token needs, the roles that may call it, and its reach."""

    scope: Scope
    roles: frozenset[Role]
    reach: Reach = Reach.CASES

    @property
    def is_read_only(self) -> bool:
        """Say whether nothing can be written: reference data names nobody, so not even a record of access."""
        return self.scope is Scope.REFERENCE_READ


_OF_AGENTS = frozenset(
    {
        Scope.REFERENCE_READ,
        Scope.APPLICATIONS_READ,
        Scope.APPLICATIONS_WRITE,
        Scope.CERTIFICATES_READ,
        Scope.BENEFITS_READ,
        Scope.DECISIONS_READ,
        Scope.REVIEWS_READ,
        Scope.REVIEWS_WRITE,
        Scope.EVIDENCE_READ,
        Scope.EVIDENCE_WRITE,
        Scope.EVENTS_READ,
        Scope.OFFERS_READ,
        Scope.OFFERS_WRITE,
    }
)
"""What an agent does for a person: apply, show, follow, and appeal. All else is the person's or a guardian's."""


def acting_in(operation: Operation) -> frozenset[Acting]:
    """In which capacities somebody may do an operation for another person, who might do it themself."""
    if Role.CITIZEN not in operation.roles:
        return frozenset()
    return frozenset(Acting) if operation.scope in _OF_AGENTS else frozenset({Acting.GUARDIAN})
