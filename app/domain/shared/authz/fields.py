"""What of a person each role is shown."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from app.domain.shared.access import BY_PARTY, Principal, Role
from app.domain.shared.authz.roles import STAFF
from app.domain.shared.region import contains


class PersonField(StrEnum):
    """A group of what is on record about a person; records of access name the groups that were shown."""

    NAME = "name"
    IDENTIFIERS = "identifiers"
    """Numbers of public registers, masked."""
    DEMOGRAPHICS = "demographics"
    """Date of birth and sex."""
    RESIDENCE = "residence"
    """Where the person lives and is registered."""
    CONTACTS = "contacts"
    PREFERENCES = "preferences"
    """Language and format of what the person is told."""
    ECONOMIC_STATUS = "economic_status"
    HOUSEHOLD = "household"
    """Who lives with the person, and who may act for the person."""
    BANK_ACCOUNTS = "bank_accounts"
    """Into which accounts the person is paid, by their last four digits."""


_ALL_FIELDS = frozenset(PersonField)
PERSON_FIELDS: Mapping[Role, frozenset[PersonField]] = MappingProxyType(
    {
        **dict.fromkeys(STAFF | {Role.CITIZEN}, _ALL_FIELDS),
        Role.COMMISSIONER: _ALL_FIELDS - {PersonField.BANK_ACCOUNTS},
        Role.EVALUATOR: frozenset({PersonField.NAME, PersonField.CONTACTS}),
        Role.PROVIDER: frozenset({PersonField.NAME, PersonField.CONTACTS}),
        Role.APPEAL_OFFICER: frozenset({PersonField.NAME, PersonField.CONTACTS}),
        Role.AUDITOR: frozenset({PersonField.NAME, PersonField.RESIDENCE}),
    }
)
"""What each role is shown of a person whom it may know of. Roles that are not named are shown nothing."""


def person_fields(
    whose: Principal, *, person_id: UUID, places: Collection[str], shared: frozenset[PersonField] | None = None
) -> frozenset[PersonField]:
    """What a caller is shown of a person: what the roles that reach this very person allow.

    `places` are all that the person belongs to. An appointment in another area adds nothing, a citizen's role counts
    for the own person and wards alone, and a role that reaches by party counts where no area has opened the person:
    there it must be the party that has. Where a provider is shown the person by consent, `shared` is all that it says.
    """
    is_own = whose.person_id == person_id or person_id in whose.acts_for
    own = {Role.CITIZEN} if is_own and whose.has(Role.CITIZEN) else set[Role]()
    by_area = {
        held.role
        for held in whose.memberships
        if held.role not in BY_PARTY and any(contains(held.region, place) for place in places)
    }
    by_party = {held.role for held in whose.memberships if held.role in BY_PARTY}
    reaching = own | (by_area or by_party)
    return frozenset[PersonField]().union(*(_fields_of(role, shared) for role in reaching))


def _fields_of(role: Role, shared: frozenset[PersonField] | None) -> frozenset[PersonField]:
    fields = PERSON_FIELDS.get(role, frozenset())
    return fields if shared is None or role is not Role.PROVIDER else fields & shared
