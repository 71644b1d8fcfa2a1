"""Reviews of decisions; what the person and the body say is sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, text


class ReviewRow(SQLModel, table=True):
    """A review of one decision. A decision has one at most that was heard or still may be."""

    __tablename__ = "review"
    __table_args__ = (
        Index("ix_review_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_review_body_id", "body_id", "id"),
        Index("ix_review_person_id", "person_id", "id"),
        Index("ix_review_case_id", "case_id"),
        Index(
            "uq_review_decision",
            "decision_id",
            unique=True,
            postgresql_where="stage NOT IN ('not_accepted', 'withdrawn')",
        ),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    application_id: UUID | None = Field(default=None, index=True)
    decision_id: UUID = Field(foreign_key="decision.id")
    case_id: UUID = Field(description="The case that was decided in the first place.")
    body_id: UUID = Field(foreign_key="organisation.id")
    stage: str = text()
    filed_at: datetime
    detail_cipher: bytes = Field(description="The review whole, encrypted.")
    version: int
