"""What another register says otherwise; the row and what is held are sealed."""

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, text


class RegisterDiscrepancyRow(SQLModel, table=True):
    """One row of another register that says otherwise about one person. It is asked about once."""

    __tablename__ = "register_discrepancy"
    __table_args__ = (
        Index("uq_register_discrepancy_entry", "person_id", "entry_index", unique=True),
        Index("ix_register_discrepancy_queue", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    job_id: UUID
    stage: str = text()
    entry_index: bytes = Field(description="Keyed digest of the row and of what it was compared with.")
    detail_cipher: bytes = Field(description="The discrepancy whole, encrypted.")
    version: int
