"""Keyed requests: the key is claimed at the start of the transaction, and the answer kept at its end."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from app.adapters.postgres.session import Session
from app.domain.shared.errors import NotFound
from app.services.ports.caller import Answer, Caller, Keyed, KeyInProgress, KeyReused


class Place(TypedDict):
    """Where something sealed is kept; it opens nowhere else."""

    table: str
    column: str
    row: UUID


_CLAIM = """
WITH lock AS (SELECT pg_try_advisory_xact_lock($1) AS is_ours),
claim AS (
    INSERT INTO idempotency_key (actor_id, client_id, key, request_digest, created_at, replays)
    SELECT $2, $3, $4, $5, $6, 0 FROM lock WHERE is_ours
    ON CONFLICT (actor_id, client_id, key) DO UPDATE SET replays = idempotency_key.replays + 1
    RETURNING request_digest, status, headers, answer_cipher, person_ids, disclosed
)
SELECT lock.is_ours, claim.* FROM lock LEFT JOIN claim ON true
"""
# The update on a replay makes it wait for the standby: a plain read could acknowledge what a failover then loses.

_KEEP = """
UPDATE idempotency_key SET status = $4::smallint, headers = $5::jsonb, answer_cipher = $6::bytea,
    person_ids = $7::uuid[], disclosed = $8::text[]
WHERE actor_id = $1::uuid AND client_id = $2::uuid AND key = $3::text
"""


_HIDDEN = """
SELECT count(*) AS hidden FROM unnest($1::uuid[]) AS shown (id)
WHERE NOT EXISTS (SELECT FROM person p WHERE p.id = shown.id)
  AND NOT EXISTS (SELECT FROM event e WHERE e.person_id = shown.id)
"""
# Behind the walls: a portal follows what happens to a person whom it may not look up.


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer that a key has got, and whom it shows."""

    answer: Answer
    person_ids: list[UUID]
    disclosed: list[str]


async def claim(session: Session, caller: Caller, *, at: datetime) -> Kept | None:
    """Take the key for this transaction; gives the answer if the request was answered before.

    Raises:
        KeyInProgress: another transaction holds it.
        KeyReused: it belongs to a request with other content.
        NotFound: the answer shows somebody of whom the caller may not know any more.
    """
    key = _keyed(caller)
    row = await session.row(_CLAIM, _lock_number(caller, key), *_owner(caller), key.key, key.digest, at)
    if row is None or not row["is_ours"]:
        raise KeyInProgress("The first request with this Idempotency-Key is still running. Ask again in a second.")
    if row["request_digest"] != key.digest:
        raise KeyReused("This Idempotency-Key came with another request before. Use a new key for a new request.")
    if row["status"] is None:
        return None
    person_ids, disclosed = row["person_ids"] or [], row["disclosed"] or []
    hidden = await session.row(_HIDDEN, person_ids) if person_ids else None
    if hidden is not None and hidden["hidden"]:
        raise NotFound("What was answered under this key is not yours to see any more.")
    body = session.cipher.decrypt(row["answer_cipher"], **_place(caller, key))
    return Kept(Answer(row["status"], row["headers"], body.encode()), person_ids, disclosed)


def keep(session: Session, caller: Caller, result: object, *, person_ids: list[UUID], disclosed: list[str]) -> None:
    """Write down what is answered and whom it shows, so that the same request gets the same answer."""
    key = _keyed(caller)
    answer = key.render(result)
    sealed = session.cipher.encrypt(answer.body.decode(), **_place(caller, key))
    kept = (answer.status, answer.headers, sealed, person_ids, disclosed)
    session.finally_run(_KEEP, *_owner(caller), key.key, *kept)


def _keyed(caller: Caller) -> Keyed:
    assert caller.key  # the unit of work asks for it before it comes here
    return caller.key


def _owner(caller: Caller) -> tuple[UUID, UUID]:
    """Whose a key is: the same account may call from two systems, and neither knows the other's keys."""
    return caller.subject, caller.client_id


def _place(caller: Caller, key: Keyed) -> Place:
    return {"table": "idempotency_key", "column": f"{caller.client_id}/{key.key}", "row": caller.subject}


def _lock_number(caller: Caller, key: Keyed) -> int:
    digest = hashlib.sha256(caller.subject.bytes + caller.client_id.bytes + key.key.encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
