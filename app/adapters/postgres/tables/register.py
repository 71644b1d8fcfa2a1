"""What another register says otherwise; the row and what is held are sealed."""

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, json, one_of, text
from app.domain.register import ImportStage


class RegisterImportRow(SQLModel, table=True):
    """A table of another register that a second person lets in: counts alone, and nobody's name."""

    __tablename__ = "register_import"
    __table_args__ = (
        one_of("stage", ImportStage),
        Index("ix_register_import_queue", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True, description="That of its job.")
    region_path: str = text()
    stage: str = text()
    asked_by: UUID
    approved_by: UUID | None = Field(default=None, description="Never who has asked.")
    refused_by: UUID | None = Field(default=None, description="Nor this one.")
    detail: dict[str, object] = json(description="The counts of the dry run, and who did what.")
    version: int


class RegisterImportNamedRow(SQLModel, table=True):
    """That an account stands in a table, itself or by one of its household: the gate alone writes and reads it."""

    __tablename__ = "register_import_named"

    job_id: UUID = Field(primary_key=True, foreign_key="job.id", ondelete="CASCADE")
    account_id: UUID = Field(primary_key=True)


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
