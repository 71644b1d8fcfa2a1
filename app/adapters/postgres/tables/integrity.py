"""Alarms of integrity and which periods were looked at; what is found and whom it is about is sealed or kept apart."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, Index, Uuid
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, text


class IntegrityAlarmRow(SQLModel, table=True):
    """A question that figures of a period ask. The same one is raised once."""

    __tablename__ = "integrity_alarm"
    __table_args__ = (
        Index(
            "uq_integrity_alarm_finding",
            *("region_path", "kind", "subject_kind", "subject_key", "compared_within", "period_first"),
            unique=True,
        ),
        Index("ix_integrity_alarm_queue", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    region_path: str = text()
    kind: str = text()
    subject_kind: str = text()
    subject_key: str = text()
    compared_within: str = text(description="A category or a measure; empty for all.")
    period_first: date
    period_last: date
    named: list[UUID] = Field(sa_type=ARRAY(Uuid), description="Whom it is about: not one of them sees it.")
    stage: str = text()
    detail_cipher: bytes = Field(description="The alarm whole, encrypted.")
    version: int


class IntegrityLookRow(SQLModel, table=True):
    """That the figures of an area and a period were looked at: once, whatever was found."""

    __tablename__ = "integrity_look"

    region_path: str = text(primary_key=True)
    period_first: date = Field(primary_key=True)
    period_last: date
    looked_at: datetime
    alarms: int
