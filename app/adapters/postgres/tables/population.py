"""The facts of many people side by side, as rules ask for them: one row a person, as of a day."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, SmallInteger
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, json, text, texts


class PersonFactsRow(SQLModel, table=True):
    """What was known of a person on a day, for one question about all. It is made of other tables, and made anew."""

    __tablename__ = "person_facts"
    __table_args__ = (Index("ix_person_facts_region_path", "region_path", postgresql_ops=BYTES),)

    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    region_path: str = text()
    registration_path: str = text()
    clock_id: UUID | None = Field(default=None)
    known_on: date
    birth_date: date | None = Field(default=None)
    has_certificate: bool | None = Field(default=None)
    categories: int = Field(sa_type=SmallInteger, description="One bit a category; 0 where none is known.")
    grade: int | None = Field(default=None, sa_type=SmallInteger, description="Of the heaviest component.")
    economic_status: str | None = text(default=None, nullable=True)
    diagnosed: int = Field(sa_type=SmallInteger, description="One bit a category.")
    not_diagnosed: int = Field(sa_type=SmallInteger, description="One bit a category.")
    needs: list[str] = texts(description="What is confirmed.")
    no_needs: list[str] = texts(description="What is known not to be there; what is in neither is not known.")
    receiving: list[str] = texts()
    no_receiving: list[str] = texts()
    flags: list[str] = texts()
    no_flags: list[str] = texts()
    places: list[str] = texts()
    no_places: list[str] = texts()
    last_received: dict[str, Any] = json(description="The day by code; null for never.")
