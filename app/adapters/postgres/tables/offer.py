"""Offers to people: what the rules find due; the reasons and the person's words are sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, text


class OfferRow(SQLModel, table=True):
    """An offer of one benefit to one person. Of a benefit, a person has one open at most."""

    __tablename__ = "offer"
    __table_args__ = (
        Index("uq_offer_open", "person_id", "item", unique=True, postgresql_where="stage IN ('made', 'sent')"),
        Index("ix_offer_person_id", "person_id", "id"),
        Index("ix_offer_queue", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_offer_due", "expires_on", "id", postgresql_where="stage IN ('made', 'sent')"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    item: str = text()
    stage: str = text()
    sent_on: date | None = Field(default=None, description="Before that the person is not shown it.")
    expires_on: date
    clock_id: UUID | None = Field(default=None)
    detail_cipher: bytes = Field(description="The offer whole, encrypted.")
    version: int
