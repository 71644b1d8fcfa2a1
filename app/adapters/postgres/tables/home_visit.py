"""Visits at home: what was seen, said and promised is sealed. No trace of where anybody was is kept."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, text


class HomeVisitRow(SQLModel, table=True):
    """A visit of one person, with all accounts that were given of it."""

    __tablename__ = "home_visit"
    __table_args__ = (
        Index("ix_home_visit_person_id", "person_id", "id"),
        Index("ix_home_visit_region_path", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    seen_on: date | None = Field(default=None, description="The latest day on which an account saw the person.")
    found_dead_on: date | None = Field(default=None, description="The day on which the person was told to have died.")
    next_due_on: date | None = Field(default=None, description="By when the first open promise is due.")
    is_in_conflict: bool
    detail_cipher: bytes = Field(description="The visit whole, encrypted.")
    version: int
