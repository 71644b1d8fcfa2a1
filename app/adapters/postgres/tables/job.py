"""Work over many rows: what was ordered, what was handed in, and what came out. Input and output are encrypted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import json, one_of, text
from app.domain.job import JobState


class JobRow(SQLModel, table=True):
    """A job of one owner: what was ordered, how far it has come, and whose turn it is."""

    __tablename__ = "job"
    __table_args__ = (
        one_of("state", JobState),
        Index("ix_job_actor_id", "actor_id", "id"),
        Index("ix_job_turn", sql("served_at NULLS FIRST"), "id", postgresql_where="state IN ('queued', 'running')"),
        Index("ix_job_finished_at", "finished_at", postgresql_where="finished_at IS NOT NULL"),
    )

    id: UUID = Field(primary_key=True)
    actor_id: UUID = Field(description="Whose it is; nobody else sees it.")
    client_id: UUID
    kind: str = text()
    state: str = text()
    reason: str | None = text(default=None, nullable=True)
    detail: dict[str, object] = json(description="The order: rights of its token, parameters, how its table is read.")
    created_at: datetime
    started_at: datetime | None = Field(default=None)
    finished_at: datetime | None = Field(default=None)
    chunks: int = Field(description="How many chunks are done; the checkpoint.")
    position: str = text(description="Where the next chunk begins.")
    line: int = Field(sa_type=BigInteger)
    rows: int = Field(sa_type=BigInteger)
    problems: int = Field(sa_type=BigInteger)
    done: int = Field(sa_type=BigInteger)
    total: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    upload_id: UUID | None = Field(default=None, description="The upload whose pieces are taken.")
    served_at: datetime | None = Field(default=None, description="When a chunk of it was last done.")
    leased_until: datetime | None = Field(default=None, description="Until when a worker has it, by real time.")
    attempts: int = Field(description="How often its next chunk was begun.")


class JobInputRow(SQLModel, table=True):
    """A piece of what was handed in, as it came."""

    __tablename__ = "job_input"

    job_id: UUID = Field(primary_key=True, foreign_key="job.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    content_cipher: bytes


class JobResultRow(SQLModel, table=True):
    """What came of one chunk: a line of JSON for each of its rows."""

    __tablename__ = "job_result"
    __table_args__ = (Index("ix_job_result_last_line", "job_id", "last_line"),)

    job_id: UUID = Field(primary_key=True, foreign_key="job.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    follows_line: int = Field(sa_type=BigInteger)
    last_line: int = Field(sa_type=BigInteger)
    rows: int
    problems: int
    begins_at: int = Field(sa_type=BigInteger)
    ends_at: int = Field(sa_type=BigInteger)
    content_cipher: bytes
