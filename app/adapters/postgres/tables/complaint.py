"""Complaints about services, sealed, which lie with the county; and the questions that providers answer."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, one_of, text
from app.domain.complaint import ComplaintStage, QuestionStage


class ComplaintRow(SQLModel, table=True):
    """A complaint about a service. Neither the provider nor the village reads it."""

    __tablename__ = "complaint"
    __table_args__ = (
        one_of("stage", ComplaintStage),
        Index("ix_complaint_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_complaint_person_id", "person_id", "id"),
        Index("ix_complaint_rises_after", "id", postgresql_where="rises_after IS NOT NULL"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text(description="The county whose federation handles it.")
    stage: str = text()
    filed_by: UUID
    close_by: date
    rises_after: date | None = Field(default=None, description="The last day before it rises; NULL where it does not.")
    detail_cipher: bytes = Field(description="The complaint whole, encrypted.")
    version: int


class ComplaintQuestionRow(SQLModel, table=True):
    """What a provider is asked about a complaint. It names no person."""

    __tablename__ = "complaint_question"
    __table_args__ = (
        one_of("stage", QuestionStage),
        Index("ix_complaint_question_provider_id", "provider_id", "id"),
        Index("ix_complaint_question_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    region_path: str = text(description="The county whose federation asks.")
    complaint_id: UUID = Field(foreign_key="complaint.id")
    provider_id: UUID
    stage: str = text()
    answer_by: date
    detail_cipher: bytes = Field(description="The question whole, encrypted.")
    version: int
