"""The ledger of disabled people without a certificate: what is said of a person is sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, text


class UncertifiedEntryRow(SQLModel, table=True):
    """An entry of one person, who has one open at most. At the person's word the row is erased."""

    __tablename__ = "uncertified_entry"
    __table_args__ = (
        Index("uq_uncertified_entry_open", "person_id", unique=True, postgresql_where="stage = 'open'"),
        Index("ix_uncertified_entry_person_id", "person_id", "id"),
        Index("ix_uncertified_entry_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_uncertified_entry_owner_id", "owner_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    owner_id: UUID = Field(foreign_key="organisation.id", description="The organisation that answers for it.")
    reason: str = text(description="Why there is no certificate, by its code.")
    stage: str = text()
    opened_on: date
    next_contact_on: date
    closed_on: date | None = Field(default=None)
    detail_cipher: bytes = Field(description="The entry whole, encrypted.")
    version: int
