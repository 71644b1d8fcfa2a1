"""Draws: what was committed to beforehand, and what came of it. Neither is ever changed; a commitment is taken once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import json, text


class DrawCommitmentRow(SQLModel, table=True):
    """The commitment to a seed, which everybody may read, beside the seed, which is sealed."""

    __tablename__ = "draw_commitment"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number", name="uq_draw_commitment_number"),
        Index(
            "ix_draw_commitment_left", "organisation_id", "number", unique=False, postgresql_where="taken_at IS NULL"
        ),
    )

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id")
    region_path: str = text()
    number: int
    commitment: str = text()
    published_at: datetime
    seed_cipher: bytes = Field(description="The seed, encrypted.")
    taken_at: datetime | None = Field(default=None, description="When it was taken for a case, once and for all.")


class DrawRow(SQLModel, table=True):
    """A draw for a case, by the id of its commitment: a seed draws once, and a choice of a case is drawn once."""

    __tablename__ = "draw"
    __table_args__ = (
        UniqueConstraint("case_id", "round", name="uq_draw_case_round"),
        Index("ix_draw_person_id", "person_id"),
    )

    id: UUID = Field(primary_key=True, foreign_key="draw_commitment.id")
    case_id: UUID
    round: int = Field(description="The how manieth choice of the case.")
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID | None = Field(default=None)
    detail: dict[str, object] = json(description="The draw whole: the list, the seed, and who was drawn.")
    version: int


class DrawTakeoverRow(SQLModel, table=True):
    """That a case keeps a draw of an earlier one of the same person: a function of the gate adds it."""

    __tablename__ = "draw_takeover"
    __table_args__ = (Index("ix_draw_takeover_draw_id", "draw_id"),)

    case_id: UUID = Field(primary_key=True, description="The later case.")
    draw_id: UUID = Field(primary_key=True, foreign_key="draw.id")
    earlier_id: UUID = Field(description="The case that it takes them from.")
    taken_at: datetime
