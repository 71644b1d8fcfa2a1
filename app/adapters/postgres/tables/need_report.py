"""Reports of needs that a village cannot meet: what was tried is sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, one_of, text
from app.domain.need_report import NeedReportStage


class NeedReportRow(SQLModel, table=True):
    """A report of one need of a person, who has one open at most of each."""

    __tablename__ = "need_report"
    __table_args__ = (
        one_of("stage", NeedReportStage),
        Index("uq_need_report_open", "person_id", "need", unique=True, postgresql_where="stage <> 'answered'"),
        Index("ix_need_report_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    need: str = text(description="The need by its code.")
    stage: str = text()
    due_on: date
    detail_cipher: bytes = Field(description="The report whole, encrypted.")
    version: int
