"""Counts of quotas that processes share; unlogged, for they are worth a day at most."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import text


class QuotaTallyRow(SQLModel, table=True):
    """What one process has counted of one key within about a second: the members, and how often each."""

    __tablename__ = "quota_tally"
    __table_args__ = (Index(None, "key", "quota", "period", "id"), {"prefixes": ["UNLOGGED"]})

    id: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    quota: str = text()
    key: UUID
    period: int = Field(sa_type=BigInteger)
    ends_at: datetime
    members: bytes
    times: bytes
