"""What people say of how they were served."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import json, text


class RatingRow(SQLModel, table=True):
    """One rating of one item; words and answer are sealed."""

    __tablename__ = "rating"
    __table_args__ = (
        Index("uq_rating_item", "application_id", "item", unique=True),
        Index("ix_rating_owner_id", "owner_id", "id"),
        Index("ix_rating_rated_on", "rated_on"),
    )

    id: UUID = Field(primary_key=True)
    application_id: UUID = Field(foreign_key="application.id")
    person_id: UUID = Field(foreign_key="person.id", index=True)
    region_path: str = text()
    item: str = text()
    owner_id: UUID = Field(foreign_key="organisation.id")
    satisfaction: str = text()
    is_bad: bool
    is_answered: bool
    rated_on: date
    detail: dict[str, object] = json(description="Who, the days that run, the rules, and what the unit found.")
    words_cipher: bytes | None = Field(default=None)
    answer_cipher: bytes | None = Field(default=None)
    version: int
