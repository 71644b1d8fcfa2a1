"""Counts of quotas that processes share; unlogged, for they are worth an hour at most."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Integer
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import text


class QuotaCountRow(SQLModel, table=True):
    """So many of a member, counted for a key in a window."""

    __tablename__ = "quota_count"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    quota: str = text(primary_key=True)
    key: UUID = Field(primary_key=True)
    period: int = Field(primary_key=True, sa_type=BigInteger)
    member: int = Field(primary_key=True, sa_type=BigInteger)
    ends_at: datetime
    count: int = Field(sa_type=Integer)


class QuotaBreadthRow(SQLModel, table=True):
    """How many different members were counted for a key in a window."""

    __tablename__ = "quota_breadth"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    quota: str = text(primary_key=True)
    key: UUID = Field(primary_key=True)
    period: int = Field(primary_key=True, sa_type=BigInteger)
    ends_at: datetime
    members: int = Field(sa_type=BigInteger)
