"""Keyed requests: the key is claimed at the start of the transaction, and the answer kept at its end."""

import hashlib
from datetime import datetime

from app.adapters.postgres.session import Session
from app.services.ports.caller import Answer, Caller, Keyed, KeyInProgress, KeyReused, Replayed

_CLAIM = """
WITH lock AS (SELECT pg_try_advisory_xact_lock($1) AS is_ours),
claim AS (
    INSERT INTO idempotency_key (actor_id, key, request_digest, created_at, replays)
    SELECT $2, $3, $4, $5, 0 FROM lock WHERE is_ours
    ON CONFLICT (actor_id, key) DO UPDATE SET replays = idempotency_key.replays + 1
    RETURNING request_digest, status, headers, answer_cipher
)
SELECT lock.is_ours, claim.* FROM lock LEFT JOIN claim ON true
"""
# The update on a replay makes it wait for the standby: a plain read could acknowledge what a failover then loses.

_KEEP = """
UPDATE idempotency_key SET status = $3::smallint, headers = $4::jsonb, answer_cipher = $5::bytea
WHERE actor_id = $1::uuid AND key = $2::text
"""


async def claim(session: Session, caller: Caller, *, at: datetime) -> None:
    """Take the key for this transaction.

    Raises:
        KeyInProgress: another transaction holds it.
        KeyReused: it belongs to a request with other content.
        Replayed: the request was answered before; the caller of the unit of work sends that answer.
    """
    key = _keyed(caller)
    row = await session.row(_CLAIM, _lock_number(caller, key), caller.subject, key.key, key.digest, at)
    if row is None or not row["is_ours"]:
        raise KeyInProgress("The first request with this Idempotency-Key is still running. Ask again in a second.")
    if row["request_digest"] != key.digest:
        raise KeyReused("This Idempotency-Key came with another request before. Use a new key for a new request.")
    if row["status"] is not None:
        body = session.cipher.decrypt(row["answer_cipher"], table="idempotency_key", column=key.key, row=caller.subject)
        raise Replayed(Answer(row["status"], row["headers"], body.encode()))


def keep(session: Session, caller: Caller, result: object) -> None:
    """Write down what is answered, so that the same request gets the same answer."""
    key = _keyed(caller)
    answer = key.render(result)
    sealed = session.cipher.encrypt(answer.body.decode(), table="idempotency_key", column=key.key, row=caller.subject)
    session.finally_run(_KEEP, caller.subject, key.key, answer.status, answer.headers, sealed)


def _keyed(caller: Caller) -> Keyed:
    assert caller.key  # the unit of work asks for it before it comes here
    return caller.key


def _lock_number(caller: Caller, key: Keyed) -> int:
    digest = hashlib.sha256(caller.subject.bytes + key.key.encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
