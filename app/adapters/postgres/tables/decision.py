"""Decisions: a table that only grows; what tells of the person is sealed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, json, text, texts


class DecisionRow(SQLModel, table=True):
    """A decision as it was made; one that takes its place is another row, which names it."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("ix_decision_case_id", "case_id", "id"),
        Index("ix_decision_person_id", "person_id", "id"),
        Index("ix_decision_area", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_decision_replaces", "replaces", postgresql_where="replaces IS NOT NULL"),
        Index("ix_decision_application_id", "application_id", "id", postgresql_where="application_id IS NOT NULL"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID | None = Field(default=None)
    matter: str = text()
    case_id: UUID = Field(description="The case, or the plan, that was decided.")
    item: str | None = text(default=None, nullable=True)
    outcome: str = text()
    decided_on: date
    decided_at: datetime
    decided_by: UUID | None = Field(default=None, description="The account; empty where it followed from a day.")
    role: str | None = text(default=None, nullable=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    rule_versions: list[str] = texts()
    remedy: dict[str, object] | None = json(default=None, nullable=True)
    replaces: UUID | None = Field(default=None, foreign_key="decision.id")
    language: str = text()
    content_cipher: bytes = Field(description="Grounds, facts and words, encrypted.")
    version: int
