"""Rounds of the survey and their people."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, json, text


class SurveyRoundRow(SQLModel, table=True):
    """A round of one place and population, of which one is open at most."""

    __tablename__ = "survey_round"
    __table_args__ = (
        Index("uq_survey_round_open", "region_path", "population", unique=True, postgresql_where="stage = 'open'"),
        Index("ix_survey_round_place", "region_path", "population", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    region_path: str = text()
    population: str = text()
    stage: str = text()
    opens_on: date
    detail: dict[str, object] = json()
    version: int


class SurveyEntryRow(SQLModel, table=True):
    """One person of a round."""

    __tablename__ = "survey_entry"
    __table_args__ = (
        Index("uq_survey_entry_person", "round_id", "person_id", unique=True),
        Index("ix_survey_entry_person_id", "person_id"),
        Index("ix_survey_entry_worklist", "round_id", "stage", "id"),
    )

    id: UUID = Field(primary_key=True)
    round_id: UUID = Field(foreign_key="survey_round.id")
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    population: str = text()
    owner_id: UUID | None = Field(default=None, foreign_key="organisation.id", description="Who surveys the person.")
    stage: str = text()
    difference: str | None = text(
        default=None, nullable=True, description="What is otherwise than in the round before."
    )
    detail: dict[str, object] = json()
    version: int
