"""Confirmations: the second person's word that a case waits for; whose it is, and for whom, is sealed."""

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import one_of, text
from app.domain.confirmation import ConfirmationStage


class ConfirmationRow(SQLModel, table=True):
    """A confirmation of one case. A household member who is asked is a party to it, and to nothing else."""

    __tablename__ = "confirmation"
    __table_args__ = (
        Index("ix_confirmation_person_id", "person_id", "id"),
        Index("ix_confirmation_queue", "stage", "region_path", "id"),
        Index("uq_confirmation_open", "case_id", unique=True, postgresql_where="stage IN ('asked', 'lapsed')"),
        one_of("stage", ConfirmationStage),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID = Field(foreign_key="application.id", index=True)
    case_id: UUID = Field(description="The case that waits for it.")
    stage: str = text()
    detail_cipher: bytes = Field(description="The confirmation whole, encrypted.")
    version: int
