"""Corrections: what an office misses in a case; what is said and answered is sealed."""

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import text


class CorrectionRow(SQLModel, table=True):
    """A correction of one case. A case has one at most that still may be answered."""

    __tablename__ = "correction"
    __table_args__ = (
        Index("ix_correction_person_id", "person_id"),
        Index("uq_correction_open", "case_id", unique=True, postgresql_where="stage IN ('asked', 'lapsed')"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID = Field(foreign_key="application.id", index=True)
    case_id: UUID = Field(description="The case in which something is missing.")
    stage: str = text()
    detail_cipher: bytes = Field(description="The correction whole, encrypted.")
    version: int
