"""The roster: everybody whom the commissioners answer for, kept by the registers themselves; and the groups."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Computed, Index, SmallInteger, Text
from sqlmodel import Field, SQLModel

from app.adapters.postgres.tables.columns import BYTES, json, one_of, text, texts
from app.domain.roster import GroupKind

CELL = (
    "region_path || '/' || coalesce(category::text, '') || '/' || coalesce(commissioner_id::text, '') || '/' "
    "|| coalesce((absent_until - '2000-01-01'::date)::text, '') || '/' || coalesce(deputy_id::text, '')"
)
"""All on which it depends whether somebody lacks a commissioner or a group, in one text that an index finds."""


class RosterRow(SQLModel, table=True):
    """Somebody on the roster, once: one commissioner who answers, one plan of visits. Triggers keep who is there."""

    __tablename__ = "roster"
    __table_args__ = (
        Index("ix_roster_region_path", "region_path", "person_id", postgresql_ops=BYTES),
        Index("ix_roster_cell", "cell", "person_id"),
        Index("ix_roster_commissioner_id", "commissioner_id", "due_on"),
        Index("ix_roster_deputy_id", "deputy_id", postgresql_where="deputy_id IS NOT NULL"),
        Index(
            "ix_roster_reported_dead",
            "region_path",
            "person_id",
            postgresql_ops=BYTES,
            postgresql_where="reported_dead_on IS NOT NULL",
        ),
        Index("ix_roster_lacks_head", "region_path", "person_id", postgresql_ops=BYTES, postgresql_where="lacks_head"),
    )

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    region_path: str = text()
    category: int | None = Field(default=None, sa_type=SmallInteger, description="Empty without a certificate.")
    grade: int | None = Field(default=None, sa_type=SmallInteger)
    listed_on: date
    commissioner_id: UUID | None = Field(default=None, foreign_key="account.id", description="Empty: a gap.")
    reason: dict[str, object] | None = json(default=None, nullable=True, description="Why this commissioner.")
    placed_by: UUID | None = Field(default=None)
    placed_on: date | None = Field(default=None)
    absent_until: date | None = Field(default=None, description="Until this day the deputy answers.")
    deputy_id: UUID | None = Field(default=None, foreign_key="account.id")
    flags: list[str] = texts(default_factory=list, sa_column_kwargs={"server_default": "{}"})
    weight: int = Field(default=1, sa_type=SmallInteger, sa_column_kwargs={"server_default": "1"})
    every_days: int | None = Field(default=None)
    visited_on: date | None = Field(default=None)
    due_on: date
    rule_versions: list[str] = texts(default_factory=list, sa_column_kwargs={"server_default": "{}"})
    planned_on: date | None = Field(default=None)
    reported_dead_on: date | None = Field(
        default=None, description="Since when a death is told that nothing has confirmed; triggers keep it."
    )
    lacks_head: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": "false"},
        description="Whether the person lives with others around nobody; triggers keep it.",
    )
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    cell: str | None = Field(sa_column=Column(Text, Computed(CELL, persisted=True)))


class RosterCellRow(SQLModel, table=True):
    """For how many of one place and category one commissioner answers, without the reported dead. Triggers count."""

    __tablename__ = "roster_cell"

    cell: str = text(primary_key=True)
    region_path: str = text()
    category: int | None = Field(default=None, sa_type=SmallInteger)
    commissioner_id: UUID | None = Field(default=None)
    absent_until: date | None = Field(default=None)
    deputy_id: UUID | None = Field(default=None)
    people: int


class PersonGroupRow(SQLModel, table=True):
    """A group that a human has adopted: everybody of an area, or everybody of a category there. It names nobody."""

    __tablename__ = "person_group"
    __table_args__ = (
        one_of("kind", GroupKind),
        Index("ix_person_group_region_path", "region_path", "id", postgresql_ops=BYTES),
    )

    id: UUID = Field(primary_key=True)
    kind: str = text()
    region_path: str = text()
    category: int | None = Field(default=None, sa_type=SmallInteger)
    adopted_by: UUID
    adopted_on: date


class RosterSpanRow(SQLModel, table=True):
    """From when to when somebody stood on the roster, where and of which category. Triggers keep it, day by day."""

    __tablename__ = "roster_span"
    __table_args__ = (Index("ix_roster_span_region_path", "region_path", "person_id", postgresql_ops=BYTES),)

    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    since: date = Field(primary_key=True)
    until: date | None = Field(default=None, description="The last day.")
    region_path: str = text()
    category: int | None = Field(default=None, sa_type=SmallInteger)
    grade: int | None = Field(default=None, sa_type=SmallInteger)


class RosterKeptRow(SQLModel, table=True):
    """The first day of which the roster was kept: one row."""

    __tablename__ = "roster_kept"

    since: date = Field(primary_key=True)
