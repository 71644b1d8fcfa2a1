"""Waiting lists: which need waits for which service, and in which order."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, one_of, text
from app.domain.waiting import WaitingStage


class WaitingEntryRow(SQLModel, table=True):
    """A need on the list of a service; it stands on each list once at most."""

    __tablename__ = "waiting_entry"
    __table_args__ = (
        one_of("stage", WaitingStage),
        Index("uq_waiting_entry_open", "need_id", "service_id", unique=True, postgresql_where="stage = 'waiting'"),
        Index("ix_waiting_entry_queue", "service_id", "stage", "counts_from", "id"),
        Index("ix_waiting_entry_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_waiting_entry_person_id", "person_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    need_id: UUID = Field(foreign_key="need.id")
    service_id: UUID = Field(foreign_key="service.id")
    clock_id: UUID | None = Field(default=None, description="The sandbox client's time; null for real time.")
    since: date = Field(description="The day since which the need waits.")
    counts_from: date = Field(description="That day less the head start: the order of the list.")
    stage: str = text(description="A referral moves it too: accepted, or confirmed for the same need.")
    left_on: date | None = Field(default=None)
    detail_cipher: bytes = Field(description="The entry whole, encrypted: flags and words tell of a situation.")
    version: int
