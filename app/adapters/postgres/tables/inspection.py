"""Random inspections of deliveries, which providers do not see."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, one_of, text
from app.domain.inspection import InspectionStage


class InspectionRow(SQLModel, table=True):
    """That the lot fell on a record of a delivery, and what was found."""

    __tablename__ = "inspection"
    __table_args__ = (
        one_of("stage", InspectionStage),
        Index("uq_inspection_delivery_id", "delivery_id", unique=True),
        Index("ix_inspection_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_inspection_person_id", "person_id"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    delivery_id: UUID = Field(foreign_key="delivery.id")
    stage: str = text()
    due_on: date
    detail_cipher: bytes = Field(description="The inspection whole, encrypted.")
    version: int
