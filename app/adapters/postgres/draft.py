"""Drafts of the caller: rows to drafts and back; what they say is sealed, and forgotten once it is said elsewhere."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import DraftRow
from app.domain.application import Draft, DraftStage
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound, StaleVersion
from app.services.ports.draft import DraftContent, KeptDraft

_COLUMNS = """id, actor_id, client_id, person_id, package_code, region_path, stage, content_cipher, started_at,
    expires_on, version"""
_GET = f"SELECT {_COLUMNS} FROM draft WHERE id = $1"
_PAGE = f"""
SELECT {_COLUMNS} FROM draft
WHERE actor_id = $1 AND stage = 'draft' AND $2 <= expires_on AND ($3::uuid IS NULL OR id > $3)
ORDER BY id LIMIT $4
"""
_CONTENT = TypeAdapter(DraftContent)


class PostgresDrafts:
    """Drafts in PostgreSQL; the caller's own, and nobody else's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, draft_id: UUID, *, version: int | None = None) -> KeptDraft:
        """The draft with what it says."""
        row = await self._session.row(_GET, draft_id)
        if row is None:
            raise NotFound("You have no such draft. Check the id.")
        if version is not None and row["version"] != version:
            raise StaleVersion
        return self._to_kept(row)

    def add(self, draft: Draft, content: DraftContent) -> None:
        """Put a new one on record."""
        self._session.add(
            DraftRow,
            id=draft.id,
            actor_id=draft.actor_id,
            client_id=draft.client_id,
            person_id=draft.person_id,
            package_code=draft.package_code,
            region_path=draft.region,
            stage=draft.stage,
            content_cipher=self._sealed(draft, content),
            started_at=draft.started_at,
            expires_on=draft.expires_on,
            version=draft.version,
        )

    async def save(self, draft: Draft, content: DraftContent | None) -> Draft:
        """Write a changed one over the version that was read."""
        version = await self._session.save(
            DraftRow,
            draft.id,
            draft.version,
            stage=draft.stage,
            content_cipher=None if content is None else self._sealed(draft, content),
            expires_on=draft.expires_on,
        )
        return replace(draft, version=version)

    async def page(self, *, whose: Principal, on: date, after: UUID | None, limit: int) -> list[KeptDraft]:
        """Some of those that are begun and still kept."""
        return [self._to_kept(row) for row in await self._session.rows(_PAGE, whose.id, on, after, limit)]

    def _sealed(self, draft: Draft, content: DraftContent) -> bytes:
        written = _CONTENT.dump_json(content).decode()
        return self._session.cipher.encrypt(written, table="draft", column="content_cipher", row=draft.id)

    def _to_kept(self, row: Any) -> KeptDraft:
        sealed = row["content_cipher"]
        if sealed is None:
            return KeptDraft(_to_draft(row), None)
        opened = self._session.cipher.decrypt(sealed, table="draft", column="content_cipher", row=row["id"])
        return KeptDraft(_to_draft(row), _CONTENT.validate_json(opened))


def _to_draft(row: Any) -> Draft:
    return Draft(
        id=row["id"],
        actor_id=row["actor_id"],
        client_id=row["client_id"],
        person_id=row["person_id"],
        package_code=row["package_code"],
        region=row["region_path"],
        stage=DraftStage(row["stage"]),
        started_at=row["started_at"],
        expires_on=row["expires_on"],
        version=row["version"],
    )
