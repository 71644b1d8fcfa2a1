"""Findings about the data of surveys; what a human has found is sealed."""

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, one_of, text
from app.domain.survey_finding import FindingStage


class SurveyFindingRow(SQLModel, table=True):
    """One finding about what one person of a round has answered. Each check finds it once."""

    __tablename__ = "survey_finding"
    __table_args__ = (
        one_of("stage", FindingStage),
        Index("uq_survey_finding_check", "entry_id", "check_code", unique=True),
        Index("ix_survey_finding_person_id", "person_id"),
        Index("ix_survey_finding_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    round_id: UUID = Field(foreign_key="survey_round.id")
    entry_id: UUID = Field(foreign_key="survey_entry.id")
    check_code: str = text(description="The check by its code in the rules.")
    kind: str = text()
    owner_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    assignee_id: UUID | None = Field(default=None, foreign_key="account.id", description="Who was asked by name.")
    stage: str = text()
    detail_cipher: bytes = Field(description="The finding whole, encrypted.")
    version: int
