"""Who of those at work on what is about a person is related to that person: asked of the gate, and kept nowhere."""

from collections.abc import Sequence
from uuid import UUID

from app.adapters.postgres.parties import TODAY
from app.adapters.postgres.session import Session
from app.domain.shared.relations import Relations

_ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
_RELATED = f"""
SELECT caller, related_accounts($1, array_append($2, caller), {TODAY}) AS related FROM {_ACTOR} AS _ (caller)
"""
_COLLEAGUES = f"""
SELECT all_of_them, related_accounts($2, all_of_them, {TODAY}) AS related
FROM colleagues_of({_ACTOR}, $1) AS _ (all_of_them)
"""


async def relations_to(person_id: UUID, *, region: str, accounts: Sequence[UUID] = (), session: Session) -> Relations:
    """Of the caller and some accounts those who are; and if the caller is, to whom the case may be passed on."""
    row = await session.row(_RELATED, person_id, list(accounts))
    assert row  # a function answers
    related = frozenset(row["related"])
    is_related = row["caller"] in related
    return Relations(
        accounts=related,
        colleagues=await _colleagues(person_id, region=region, session=session) if is_related else (),
    )


async def _colleagues(person_id: UUID, *, region: str, session: Session) -> tuple[UUID, ...]:
    """Of the same organisation and role as the caller, those who are not related to the person."""
    row = await session.row(_COLLEAGUES, region, person_id)
    return tuple(sorted(set(row["all_of_them"]) - set(row["related"]))) if row else ()
