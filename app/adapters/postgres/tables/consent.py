"""Consents: who may be told what of a person, for which purpose, from when to when."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import json, text


class ConsentRow(SQLModel, table=True):
    """A person's consent to one sharing. The database holds that one at most is in force on a day."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_sharing", "person_id", "receiver_id", "purpose"),
        Index("ix_consent_receiver_id", "receiver_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    receiver_id: UUID = Field(foreign_key="organisation.id")
    purpose: str = text()
    stage: str = text()
    valid_from: date
    valid_to: date
    detail: dict[str, object] = json()
    version: int
