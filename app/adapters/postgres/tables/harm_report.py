"""Reports of suspected harm: what was seen is sealed, and the row lies with the county that acts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, one_of, text
from app.domain.harm_report import HarmStage


class HarmReportRow(SQLModel, table=True):
    """A report of suspected harm to one person. Neither the person's village nor the family sees it."""

    __tablename__ = "harm_report"
    __table_args__ = (
        one_of("stage", HarmStage),
        Index("ix_harm_report_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text(description="The county whose body acts.")
    stage: str = text()
    reported_by: UUID
    receive_by: datetime
    raised_at: datetime | None = Field(default=None, description="When it rose to the next level, if it did.")
    detail_cipher: bytes = Field(description="The report whole, encrypted.")
    version: int
