"""Places of services: what providers say of them, and how many referrals hold. No person stands here."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import one_of, text
from app.domain.capacity import CapacityUnit


class ServicePlaceRow(SQLModel, table=True):
    """The places of a service; `held` is counted by the database as referrals come to be under way, and end."""

    __tablename__ = "service_place"
    __table_args__ = (
        one_of("unit", CapacityUnit),
        CheckConstraint("held >= 0", name="held"),
        CheckConstraint("elsewhere BETWEEN 0 AND maximum", name="elsewhere"),
        CheckConstraint(
            "num_nulls(unit, maximum, elsewhere, stated_on, stated_at) IN (0, 5)",
            name="stated",
        ),
    )

    service_id: UUID = Field(primary_key=True, foreign_key="service.id")
    clock_id: UUID = Field(primary_key=True, description="The sandbox client's time; all zeros for real time.")
    held: int = Field(sa_column_kwargs={"server_default": "0"})
    unit: str | None = text(default=None, nullable=True)
    maximum: int | None = Field(default=None, description="Null where no provider has said it.")
    elsewhere: int | None = Field(default=None, description="Taken by people who came by other ways.")
    stated_on: date | None = Field(default=None)
    stated_at: datetime | None = Field(default=None)
