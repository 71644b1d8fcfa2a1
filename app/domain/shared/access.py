"""Who is asking: roles, memberships, the principal whose rights were confirmed for this transaction, and its posts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.shared.region import contains


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


class Acting(StrEnum):
    """In which capacity somebody acts for another person, with a token of their own."""

    GUARDIAN = "guardian"
    """监护人: in all that the person could do. Source: 民法典 arts. 23, 34."""
    AGENT = "agent"
    """委托代理人: applies and follows what was applied for, and no more. Source: 民法典 arts. 161-165."""


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
    wards: frozenset[UUID] = frozenset()
    """For whom the caller's person is guardian or agent today, whatever the operation."""
    acts_for: frozenset[UUID] = frozenset()
    """Those of them for whom the caller may do this very operation, as they might themselves."""

    def has(self, *roles: Role) -> bool:
        """Say whether the caller holds one of the roles."""
        return not self.roles.isdisjoint(roles)

    def is_concerned(self, person_id: UUID | None) -> bool:
        """Say whether a person's matter is the caller's own, or that of somebody whom the caller answers for."""
        return person_id is not None and (person_id == self.person_id or person_id in self.wards)

    @property
    def areas(self) -> tuple[str, ...]:
        """The paths of the areas that the caller's appointments open."""
        return tuple(own.region for own in self.memberships if own.role not in BY_PARTY)

    @property
    def parties(self) -> tuple[UUID, ...]:
        """As whom the caller may be a party to a case: the own account and person, wards, the own organisations."""
        organisations = (own.organisation_id for own in self.memberships if own.role in BY_PARTY)
        own = (self.id, self.person_id) if self.person_id else (self.id,)
        return (*own, *sorted(self.acts_for), *organisations)

    @property
    def organisation_ids(self) -> frozenset[UUID]:
        """All organisations for which the caller acts."""
        return frozenset(membership.organisation_id for membership in self.memberships)


def post_of(principal: Principal, roles: frozenset[Role], *, region: str) -> Membership | None:
    """The appointment by which the caller acts in one of the roles: one to this place, else one as a party."""
    usable = roles & principal.roles
    held = [own for own in principal.memberships if own.role in usable]
    local = (own for own in held if own.role not in BY_PARTY and contains(own.region, region))
    party = (own for own in held if own.role in BY_PARTY)
    return next(local, None) or next(party, None)


def organisation_of(principal: Principal, roles: frozenset[Role], *, region: str) -> UUID | None:
    """The organisation for which the caller acts in one of the roles."""
    post = post_of(principal, roles, region=region)
    return post.organisation_id if post else None


def has_function(principal: Principal, roles: frozenset[Role], *, region: str) -> bool:
    """Say whether one of the roles is the caller's in this place.

    A role that reaches by party needs no appointment to the place: that the caller is a party was settled when the case
    was found.
    """
    usable = roles & principal.roles
    return bool(usable & BY_PARTY) or any(
        own.role in usable and contains(own.region, region) for own in principal.memberships
    )
