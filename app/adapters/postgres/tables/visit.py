"""The ways that people had for their applications: a table that only grows."""

from datetime import date
from uuid import UUID

from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import text


class VisitRow(SQLModel, table=True):
    """That a person was there for an application, or was visited at home, as somebody saw it."""

    __tablename__ = "visit"

    id: UUID = Field(primary_key=True)
    application_id: UUID = Field(foreign_key="application.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    region_path: str = text()
    item: str | None = text(default=None, nullable=True)
    purpose: str = text()
    place: str = text()
    visited_on: date
    is_counted: bool
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    recorded_by: UUID
    version: int
