"""What is due by the month: rolls and their lines. Lines only grow; nobody's name stands in them."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import json, text, texts


class PaymentRollRow(SQLModel, table=True):
    """The roll of a month for one benefit and place; the database holds that one at most is on its way."""

    __tablename__ = "payment_roll"
    __table_args__ = (
        Index("ix_payment_roll_queue", "stage", "region_path", "id"),
        Index(
            "uq_payment_roll_month",
            "benefit",
            "region_path",
            "month",
            unique=True,
            postgresql_where="stage <> 'rejected'",
        ),
        Index(
            "uq_payment_roll_open",
            "benefit",
            "region_path",
            unique=True,
            postgresql_where="stage IN ('drafting', 'drafted', 'checked')",
        ),
    )

    id: UUID = Field(primary_key=True)
    region_path: str = text()
    benefit: str = text()
    month: date
    stage: str = text()
    detail: dict[str, object] = json(description="Who did what, the sums, and what was found wrong.")
    version: int


class PaymentLineRow(SQLModel, table=True):
    """Who is due how much for which month, and what that is against the roll before."""

    __tablename__ = "payment_line"
    __table_args__ = (
        Index("ix_payment_line_roll_id", "roll_id", "id"),
        Index("ix_payment_line_case_id", "case_id", "for_month"),
    )

    id: UUID = Field(primary_key=True)
    roll_id: UUID = Field(foreign_key="payment_roll.id")
    case_id: UUID = Field(foreign_key="benefit_case.id")
    person_id: UUID
    region_path: str = text()
    for_month: date
    amount_fen: int = Field(sa_type=BigInteger)
    previous_fen: int = Field(sa_type=BigInteger)
    change: str = text()
    reason: str = text()
    rule: str = text()
    finding: str = text()
    unmet: list[str] = texts()
    channel: str | None = text(default=None, nullable=True)
