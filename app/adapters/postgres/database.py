"""The pool of connections and what every unit of work over it shares."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from app.adapters.crypto import BlindIndex, FieldCipher
from app.adapters.postgres.reference import ReferenceData
from app.adapters.postgres.shelf import Shelf
from app.adapters.quotas import Quotas
from app.services.ports.texts import Texts


class Json(str):
    """Text that is JSON already."""

    __slots__ = ()


class Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg publishes no types
    """A connection that needs no cleaning between uses: all our settings are local to a transaction."""

    def get_reset_query(self) -> str:
        """Nothing to reset; the usual four statements would cost as much as a read."""
        return ""


@dataclass(frozen=True, slots=True)
class Database:
    """One process's way to the database, with the keys for what is encrypted in it."""

    pool: asyncpg.Pool
    cipher: FieldCipher
    index: BlindIndex
    reference: ReferenceData
    real_time: Callable[[], datetime]
    new_id: Callable[[], UUID]
    quotas: Quotas
    texts: Texts
    beside_the_register: Mapping[bytes, Mapping[str, Any]]
    """Certificates that only a sandbox knows, by the digest of their number; where real people apply there are none."""
    shelf: Shelf = field(default_factory=Shelf)


async def open_pool(dsn: str, *, size: int, name: str, statement_timeout_seconds: int = 10) -> asyncpg.Pool:
    """Open a pool whose connections give up rather than wait for ever."""
    return await asyncpg.create_pool(
        dsn,
        min_size=min(2, size),
        max_size=size,
        connection_class=Connection,
        statement_cache_size=512,
        max_inactive_connection_lifetime=300,
        timeout=5,
        command_timeout=statement_timeout_seconds + 5,
        init=_prepare,
        server_settings={
            "application_name": name,
            "timezone": "UTC",
            "statement_timeout": f"{statement_timeout_seconds}s",
            "lock_timeout": "5s",
            "idle_in_transaction_session_timeout": "15s",
            "jit": "off",
        },
    )


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=_to_json, decoder=json.loads, format="text")


def _to_json(value: object) -> str:
    if isinstance(value, Json):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
