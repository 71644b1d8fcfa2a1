"""Rules as dated data: valid time by recorded time, append-only."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Identity
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import json, text


class RuleRow(SQLModel, table=True):
    """One value of law for a subject, a region and a time, with its source. Overlaps are refused by the database."""

    __tablename__ = "rule"

    id: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    subject: str = text()
    region_path: str = text()
    value: object = json()
    unit: str = text()
    source: str = text()
    confidence: str = text()
    version: int
    supersedes: int | None = Field(
        default=None, description="The version that this one replaces where both would hold."
    )
    note: str | None = text(default=None, nullable=True)
    valid_from: date
    valid_to: date | None = Field(default=None)
    recorded_at: datetime
    superseded_at: datetime | None = Field(default=None)
