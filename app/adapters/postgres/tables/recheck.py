"""Looks again at running grants; what people have said is sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import text


class RecheckRow(SQLModel, table=True):
    """Somebody is to look again at a grant for one reason; for one reason at a time."""

    __tablename__ = "recheck"
    __table_args__ = (
        Index("ix_recheck_queue", "stage", "region_path", "id"),
        Index("ix_recheck_person_id", "person_id", "id"),
        Index("ix_recheck_case_id", "case_id"),
        Index("uq_recheck_open", "case_id", "trigger", unique=True, postgresql_where="stage = 'open'"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID
    case_id: UUID = Field(foreign_key="benefit_case.id")
    trigger: str = text()
    stage: str = text()
    due_on: date
    looked_on: date = Field(description="When it was decided; of an open one, when it was opened.")
    detail_cipher: bytes = Field(description="The recheck whole, encrypted.")
    version: int
