"""Uploads: rows to aggregates and back, for their owners, and for the worker that scans and removes what is left."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from app.adapters.postgres import gate
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import UploadRow
from app.adapters.postgres.transaction import transaction
from app.domain.evidence import Announcement, Upload, UploadPurpose, UploadStage
from app.domain.shared.errors import NotFound
from app.services.ports.caller import Caller

_COLUMNS = "id, actor_id, client_id, purpose, digest, size, media_type, stage, announced_at, expires_at, version"
_OWN = f"SELECT {_COLUMNS} FROM upload WHERE actor_id = $1 AND client_id = $2"
_ONE = f"{_OWN} AND id = $3"
_WAITING = f"{_OWN} AND digest = $3 AND stage IN ('announced', 'quarantined', 'ready')"
_QUARANTINED = f"SELECT {_COLUMNS} FROM upload WHERE stage = 'quarantined' ORDER BY announced_at LIMIT $1"
_EXPIRED = f"""
UPDATE upload SET stage = 'expired', version = version + 1 WHERE id IN (
    SELECT id FROM upload WHERE expires_at < $1 AND stage <> 'used' ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING {_COLUMNS}
"""
# One that is expired already comes again: a worker was killed between this and the removal of the file.
_JUDGED = "UPDATE upload SET stage = $3, version = version + 1 WHERE id = $1 AND version = $2"
_FORGOTTEN = "DELETE FROM upload WHERE id = $1 AND stage = 'expired'"


class PostgresUploads:
    """The uploads of one account through one client."""

    def __init__(self, session: Session, caller: Caller) -> None:
        self._session = session
        self._owner = (caller.subject, caller.client_id)

    async def get(self, upload_id: UUID) -> Upload:
        """One of the caller's own; another's is not there."""
        row = await self._session.row(_ONE, *self._owner, upload_id)
        if row is None:
            raise NotFound("There is no such upload of yours. Check the id.")
        return _to_upload(row)

    async def waiting(self, digest: str) -> Upload | None:
        """The one of this content that nothing has used yet."""
        row = await self._session.row(_WAITING, *self._owner, bytes.fromhex(digest))
        return _to_upload(row) if row else None

    def add(self, upload: Upload) -> None:
        """Insert a new one."""
        told = upload.announcement
        self._session.add(
            UploadRow,
            id=upload.id,
            actor_id=upload.actor_id,
            client_id=upload.client_id,
            purpose=told.purpose,
            digest=bytes.fromhex(told.digest),
            size=told.size,
            media_type=told.media_type,
            stage=upload.stage,
            announced_at=upload.announced_at,
            expires_at=upload.expires_at,
            version=upload.version,
        )

    async def save(self, upload: Upload) -> Upload:
        """Write a changed stage over the version that was read."""
        version = await self._session.save(UploadRow, upload.id, upload.version, stage=upload.stage)
        return replace(upload, version=version)


class PostgresLeftUploads:
    """Everybody's uploads as the worker sees them; it says that it is upkeep, in its own transactions."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def quarantined(self, *, limit: int) -> list[Upload]:
        """Some that wait for the scanner."""
        return [_to_upload(row) for row in await self._run(_QUARANTINED, limit)]

    async def expired(self, *, at: datetime, limit: int) -> list[Upload]:
        """Some whose time is over, marked so that nothing can use them any more."""
        return [_to_upload(row) for row in await self._run(_EXPIRED, at, limit)]

    async def save(self, upload: Upload) -> None:
        """Write what the scanner has found."""
        await self._run(_JUDGED, upload.id, upload.version, upload.stage)

    async def forget(self, upload: Upload) -> None:
        """Delete the row of one whose file is gone."""
        await self._run(_FORGOTTEN, upload.id)

    async def _run(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        async with transaction(self._pool) as connection:
            await gate.step_in(connection, reach="upkeep")
            found: list[asyncpg.Record] = await connection.fetch(sql, *arguments)
        return found


def _to_upload(row: Any) -> Upload:
    return Upload(
        id=row["id"],
        actor_id=row["actor_id"],
        client_id=row["client_id"],
        announcement=Announcement(
            purpose=UploadPurpose(row["purpose"]),
            digest=row["digest"].hex(),
            size=row["size"],
            media_type=row["media_type"],
        ),
        announced_at=row["announced_at"],
        expires_at=row["expires_at"],
        stage=UploadStage(row["stage"]),
        version=row["version"],
    )
