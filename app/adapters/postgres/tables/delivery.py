"""Records of deliveries, flat so that they can be held to one another, and what was found not to fit."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, one_of, text
from app.domain.delivery_finding import DeliveryFindingKind, DeliveryFindingStage


class DeliveryRow(SQLModel, table=True):
    """What was done for a person on a day, as the referral says it; the referral is where it is read."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_person_times", "person_id", "starts_at"),
        Index("ix_delivery_worker_times", "provider_id", "worker", "starts_at", postgresql_where="worker IS NOT NULL"),
        Index("ix_delivery_unchecked", "referral_id", postgresql_where="NOT is_checked"),
        Index("ix_delivery_month", "region_path", "delivered_on", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    referral_id: UUID = Field(foreign_key="referral.id")
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    service_id: UUID
    provider_id: UUID
    delivered_on: date
    amount: int = Field(sa_type=BigInteger)
    unit: str = text()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    worker: str | None = text(default=None, description="The provider's own code for who came; no name.")
    is_checked: bool = Field(default=False, description="Whether it was held to the others, to the plan and to pauses.")


class DeliveryFindingRow(SQLModel, table=True):
    """What does not fit in the records of one referral. The provider does not see it."""

    __tablename__ = "delivery_finding"
    __table_args__ = (
        one_of("stage", DeliveryFindingStage),
        one_of("kind", DeliveryFindingKind),
        Index("ix_delivery_finding_worklist", "stage", "region_path", "id", postgresql_ops=BYTES),
        Index("ix_delivery_finding_referral_id", "referral_id"),
        Index("ix_delivery_finding_person_id", "person_id"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    region_path: str = text()
    referral_id: UUID = Field(foreign_key="referral.id")
    kind: str = text()
    stage: str = text()
    detail_cipher: bytes = Field(description="The finding whole, encrypted.")
    version: int
