"""The limits that run for cases; `clock` is another thing, the time of a sandbox client."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import json, text


class CaseClockRow(SQLModel, table=True):
    """One limit that runs for one case."""

    __tablename__ = "case_clock"
    __table_args__ = (
        Index("ix_case_clock_due", "clock_id", "due_on", postgresql_where="state = 'running'"),
        Index("ix_case_clock_edition", "region_path", "edition", postgresql_where="state IN ('running', 'paused')"),
        Index("ix_case_clock_queue", "state", "region_path", "id"),
        Index("uq_case_clock_unstopped", "case_id", "kind", "code", unique=True, postgresql_where="state <> 'stopped'"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID | None = Field(default=None, foreign_key="application.id", index=True)
    case_id: UUID = Field(index=True)
    code: str = text(description="The limit, as the rules name it.")
    kind: str = text(description="Whether the law has set it or an office has promised it.")
    state: str = text()
    due_on: date | None = Field(default=None, description="The last day, as it was last reckoned.")
    edition: str = text(description="The announcements of days off that the last day was reckoned by.")
    clock_id: UUID | None = Field(default=None, description="The sandbox client's time, by which it is due.")
    detail: dict[str, object] = json(description="The limit, pauses, extension, and when it started and stopped.")
    version: int
