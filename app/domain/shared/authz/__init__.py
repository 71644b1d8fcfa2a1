"""Who may do what: one row an operation. Guards, the schema, the docs and the authorisation tests are made from it.

Where a role reaches by area, an operation reaches the caller's own areas and below; where it reaches by party, only
what the caller is a party to. Outside of that nothing exists (404); inside, what is not one's function is refused
(403).
"""

from app.domain.shared.authz.applying import APPLYING
from app.domain.shared.authz.caring import CARING
from app.domain.shared.authz.common import COMMON
from app.domain.shared.authz.fields import PERSON_FIELDS, PersonField, person_fields
from app.domain.shared.authz.operation import Operation, Reach, acting_in
from app.domain.shared.authz.registers import REGISTERS
from app.domain.shared.authz.scope import Scope

__all__ = [
    "OPERATIONS",
    "PERSON_FIELDS",
    "Operation",
    "PersonField",
    "Reach",
    "Scope",
    "acting_in",
    "person_fields",
]

OPERATIONS: dict[str, Operation] = {**COMMON, **REGISTERS, **APPLYING, **CARING}
"""Every operation that needs a token. What is not here has no token: health, documents, the token endpoint itself."""
