"""Evidence and the requests for it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Uuid
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import json, one_of, text
from app.domain.evidence import UploadStage


class EvidenceRow(SQLModel, table=True):
    """A piece of evidence, used for every item and application of the person while it is valid."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_person_id", "person_id", "kind", "id"),
        Index("ix_evidence_supersedes", "supersedes", postgresql_where="supersedes IS NOT NULL"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID | None = Field(default=None, foreign_key="application.id", index=True)
    kind: str = text()
    assurance: str = text()
    valid_until: date | None = Field(default=None)
    fact_id: UUID | None = Field(default=None, description="The fact of one of our registers that it stands for.")
    supersedes: UUID | None = Field(default=None, foreign_key="evidence.id")
    recorded_by: UUID | None = Field(default=None, description="Empty where it appeared by itself.")
    detail: dict[str, object] = json(description="Origin, content, who has verified it.")
    version: int


class EvidenceRequestRow(SQLModel, table=True):
    """A request that something be shown, once for all items of an application that need it."""

    __tablename__ = "evidence_request"
    __table_args__ = (
        Index("ix_evidence_request_application_id", "application_id", "id"),
        Index("ix_evidence_request_person_id", "person_id", "kind", "id"),
        Index(
            "uq_evidence_request_standing",
            "application_id",
            "kind",
            unique=True,
            postgresql_where="stage IN ('open', 'refused')",
        ),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID = Field(foreign_key="application.id")
    kind: str = text()
    stage: str = text()
    evidence_id: UUID | None = Field(
        default=None,
        sa_column=Column(
            Uuid,
            # What settles a request is often inserted in the statement after the one that says so.
            ForeignKey("evidence.id", deferrable=True, initially="DEFERRED"),
            nullable=True,
        ),
    )
    detail: dict[str, object] = json(description="Items, source, reason, who asked, who refused.")
    version: int


class UploadRow(SQLModel, table=True):
    """A file on its way to becoming evidence; the file itself lies in the store of files."""

    __tablename__ = "upload"
    __table_args__ = (
        one_of("stage", UploadStage),
        Index("ix_upload_expires_at", "expires_at", postgresql_where="stage <> 'used'"),
        Index("ix_upload_quarantined", "announced_at", postgresql_where="stage = 'quarantined'"),
        Index(
            "uq_upload_waiting",
            "actor_id",
            "client_id",
            "digest",
            unique=True,
            postgresql_where="stage IN ('announced', 'quarantined', 'ready')",
        ),
    )

    id: UUID = Field(primary_key=True)
    actor_id: UUID
    client_id: UUID
    purpose: str = text()
    digest: bytes = Field(description="SHA-256 of the content.")
    size: int = Field(sa_type=BigInteger)
    media_type: str = text()
    stage: str = text()
    announced_at: datetime
    expires_at: datetime = Field(description="When it is removed if nothing has used it.")
    version: int
