"""Groups of roles that have a right together."""

from app.domain.shared.access import Role

TOWNSHIP = frozenset({Role.COMMISSIONER, Role.TOWNSHIP_OFFICER})
COUNTY = frozenset({Role.COUNTY_OFFICER, Role.COUNTY_REVIEWER, Role.COUNTY_APPROVER})
WINDOW = frozenset({Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER})
FRONT = frozenset({Role.PORTAL, Role.CITIZEN}) | WINDOW | {Role.COMMISSIONER}
STAFF = TOWNSHIP | COUNTY | {Role.CIVIL_AFFAIRS}
VERIFIERS = frozenset({Role.PORTAL, Role.PROVIDER, Role.CIVIL_AFFAIRS}) | WINDOW
SECONDS = WINDOW | {Role.CITIZEN, Role.COMMISSIONER}
"""Who says a second person's word: that person, with a token of their own, or whoever takes it down."""
LEDGER = WINDOW | {Role.COMMISSIONER}
"""Who keeps the ledger of those without a certificate, and sees who is on it."""
EVERYONE = frozenset(Role)
