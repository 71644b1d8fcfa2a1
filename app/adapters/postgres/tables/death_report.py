"""Reports of deaths that an officer has found to be wrong; how that is known is sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Column, Index, Uuid
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import text


class DeathTakenBackRow(SQLModel, table=True):
    """That a report was taken back: which records are wrong as far as they say so. It never changes."""

    __tablename__ = "death_taken_back"
    __table_args__ = (Index("ix_death_taken_back_person_id", "person_id", "id"),)

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    region_path: str = text()
    records: list[UUID] = Field(sa_column=Column(ARRAY(Uuid()), nullable=False))
    taken_back_on: date
    detail_cipher: bytes = Field(description="The whole, encrypted.")
    version: int
