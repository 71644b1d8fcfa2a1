"""Who is asking: roles, memberships and the principal whose rights were confirmed for this transaction."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody may be in this system. One account may hold several, each for a region and a period."""

    PORTAL = "portal"
    CITIZEN = "citizen"
    COMMISSIONER = "commissioner"
    TOWNSHIP_OFFICER = "township_officer"
    COUNTY_OFFICER = "county_officer"
    COUNTY_REVIEWER = "county_reviewer"
    COUNTY_APPROVER = "county_approver"
    CIVIL_AFFAIRS = "civil_affairs"
    EVALUATOR = "evaluator"
    PROVIDER = "provider"
    APPEAL_OFFICER = "appeal_officer"
    """复议、复核承办人: serves a body that hears reviews, and sees what was put before it."""
    AUDITOR = "auditor"
    ADMIN = "admin"


BY_PARTY = frozenset({Role.PORTAL, Role.CITIZEN, Role.EVALUATOR, Role.PROVIDER, Role.APPEAL_OFFICER})
"""Roles that reach a case because they are a party to it; all others reach by the area of their membership."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One appointment: an account serves an organisation in a role, for a region and a period."""

    organisation_id: UUID
    role: Role
    region: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """The caller, as the token claims and the database has confirmed in this very transaction."""

    id: UUID
    client_id: UUID
    roles: frozenset[Role]
    scopes: frozenset[str]
    memberships: tuple[Membership, ...] = ()
    person_id: UUID | None = None
    purpose: str | None = None

    def has(self, *roles: Role) -> bool:
        """Say whether the caller holds one of the roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def areas(self) -> tuple[str, ...]:
        """The paths of the areas that the caller's appointments open."""
        return tuple(own.region for own in self.memberships if own.role not in BY_PARTY)

    @property
    def parties(self) -> tuple[UUID, ...]:
        """As whom the caller may be a party to a case: the own account, the own person, the own organisations."""
        organisations = (own.organisation_id for own in self.memberships if own.role in BY_PARTY)
        own = (self.id, self.person_id) if self.person_id else (self.id,)
        return (*own, *organisations)

    @property
    def organisation_ids(self) -> frozenset[UUID]:
        """All organisations for which the caller acts."""
        return frozenset(membership.organisation_id for membership in self.memberships)
