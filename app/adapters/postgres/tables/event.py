"""What has happened, who has seen whom, and which requests were answered: tables that only grow."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, Integer, SmallInteger
from sqlalchemy import text as sql
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import Xid8, json, text, texts


class EventRow(SQLModel, table=True):
    """A fact, in the past tense: timeline, audit trail and source of the outbox in one. Partitioned by month."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_application_id", "application_id", "position", postgresql_where="application_id IS NOT NULL"),
        Index("ix_event_subject_id", "subject_id", "position"),
        Index("ix_event_person_id", "person_id", "transaction_id", "position"),
        Index("ix_event_feed", "transaction_id", "position"),
        {"postgresql_partition_by": "RANGE (recorded_at)"},
    )

    position: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    recorded_at: datetime = Field(primary_key=True)
    id: UUID
    transaction_id: int = Field(sa_column=Column(Xid8, nullable=False, server_default=sql("pg_current_xact_id()")))
    name: str = text()
    subject_id: UUID
    subject_version: int
    application_id: UUID | None = Field(default=None)
    person_id: UUID | None = Field(default=None, description="Empty where it is about nobody alone.")
    region_path: str = text()
    effective_at: datetime
    actor_id: UUID
    client_id: UUID
    request_id: str = text()
    facts: dict[str, object] = json()


class LogLeafRow(SQLModel, table=True):
    """The leaf of the decision log for one event: a salted commitment, so that erasing the salt forgets the fact."""

    __tablename__ = "log_leaf"

    event_id: UUID = Field(primary_key=True)
    canonical: bytes
    salt: bytes
    commitment: bytes


class AccessRecordRow(SQLModel, table=True):
    """Who was shown whom, why, and what: one row a request names everyone shown. Partitioned by month."""

    __tablename__ = "access_record"
    __table_args__ = (
        Index("ix_access_record_person_ids", "person_ids", postgresql_using="gin"),
        {"postgresql_partition_by": "RANGE (recorded_at)"},
    )

    position: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    recorded_at: datetime = Field(primary_key=True)
    actor_id: UUID
    client_id: UUID
    operation: str = text()
    purpose: str | None = text(default=None, nullable=True)
    disclosed: list[str] = texts(description="Names of the groups of fields that were shown.")
    person_ids: list[UUID] = Field(sa_column=Column(postgresql.ARRAY(postgresql.UUID(as_uuid=True)), nullable=False))
    request_id: str = text()


class IdempotencyKeyRow(SQLModel, table=True):
    """A keyed request and the answer that it got, written in the transaction of its work."""

    __tablename__ = "idempotency_key"

    actor_id: UUID = Field(primary_key=True)
    client_id: UUID = Field(primary_key=True)
    key: str = text(primary_key=True)
    request_digest: bytes
    status: int | None = Field(default=None, sa_type=SmallInteger, nullable=True)
    headers: dict[str, str] | None = json(default=None, nullable=True)
    answer_cipher: bytes | None = Field(default=None)
    created_at: datetime = Field(index=True)
    replays: int = Field(sa_type=Integer)
    person_ids: list[UUID] | None = Field(
        default=None, sa_column=Column(postgresql.ARRAY(postgresql.UUID(as_uuid=True)), nullable=True)
    )
    disclosed: list[str] | None = texts(default=None, nullable=True, description="What the answer shows of them.")


class ReceiptRow(SQLModel, table=True):
    """A receipt that was given: what the person may keep, and whether it was withdrawn."""

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_withdrawn", "status_index", postgresql_where="withdrawn_at IS NOT NULL"),)

    id: UUID = Field(primary_key=True)
    subject_id: UUID = Field(index=True)
    kind: str = text()
    outcome: str = text()
    status_index: int = Field(sa_column=Column(BigInteger, Identity(always=True), unique=True, nullable=False))
    issued_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None = Field(default=None, description="Since when its bit in the status list is set.")
