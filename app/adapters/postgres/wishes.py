"""How people want to be told, as far as the caller is shown it."""

from collections.abc import Collection
from uuid import UUID

from app.adapters.postgres.session import Session
from app.domain.person import Language, Preferences, PreferredFormat
from app.domain.shared.access import Principal
from app.domain.shared.authz import PERSON_FIELDS, PersonField, person_fields
from app.services.ports.wishes import Wishes

_WISHES = """
SELECT id, region_path, registration_path, preferred_format, preferred_language FROM person WHERE id = ANY($1::uuid[])
"""


async def wishes_of(session: Session, whose: Principal, person_ids: Collection[UUID]) -> Wishes:
    """Read behind the walls; what a role is not shown of a person is left out. Nothing is read for roles shown none."""
    if not any(PersonField.PREFERENCES in PERSON_FIELDS.get(role, ()) for role in whose.roles):
        return {}
    return {
        row["id"]: Preferences(
            format=PreferredFormat(row["preferred_format"]), language=Language(row["preferred_language"])
        )
        for row in await session.rows(_WISHES, list(person_ids))
        if PersonField.PREFERENCES
        in person_fields(whose, person_id=row["id"], places=(row["region_path"], row["registration_path"]))
    }
