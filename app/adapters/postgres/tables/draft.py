"""Drafts: applications that are begun. What they say is encrypted and goes when they are submitted or thrown away."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import one_of, text
from app.domain.application import DraftStage


class DraftRow(SQLModel, table=True):
    """An application that is begun, of whoever began it."""

    __tablename__ = "draft"
    __table_args__ = (
        one_of("stage", DraftStage),
        Index("ix_draft_actor_id", "actor_id", "id", postgresql_where="stage = 'draft'"),
        Index("ix_draft_expires_on", "expires_on"),
    )

    id: UUID = Field(primary_key=True, description="Also the application's, once it is one.")
    actor_id: UUID = Field(description="Whose it is; nobody else sees it.")
    client_id: UUID
    person_id: UUID | None = Field(default=None, description="The citizen who began it.")
    package_code: str = text()
    region_path: str = text()
    stage: str = text()
    content_cipher: bytes | None = Field(default=None, description="What it says so far, encrypted.")
    started_at: datetime
    expires_on: date
    version: int
