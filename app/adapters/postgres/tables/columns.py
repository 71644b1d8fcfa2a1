"""How columns are spelt in the table classes: types that PostgreSQL checks, and the naming of constraints."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Computed, MetaData, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BYTES = {"region_path": "text_pattern_ops"}
"""How indexes order paths that lists are narrowed by: byte by byte, whatever the collation of the database."""

OF_COUNTY, OF_TOWNSHIP = "left(region_path, 14)", "left(region_path, 24)"
"""A path down to a level, whose codes have one length: an index that begins with it has an area's rows by their ids."""


class Xid8(UserDefinedType[int]):
    """A transaction's own number, by which readers of the feed stop below the oldest that still runs."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """The type's name in PostgreSQL."""
        return "xid8"


def metadata() -> MetaData:
    """The one description of all tables, from which migrations are checked."""
    return SQLModel.metadata


def text(**options: Any) -> Any:
    """A text column; lengths are the business of the edge, closed lists of `one_of`."""
    return Field(sa_type=Text, **options)


def derived(expression: str) -> Any:
    """A text column that PostgreSQL makes of others."""
    return Field(sa_column=Column(Text, Computed(expression, persisted=True), nullable=False))


def json(**options: Any) -> Any:
    """A JSONB column."""
    return Field(sa_type=JSONB, **options)


def texts(**options: Any) -> Any:
    """An array of text."""
    return Field(sa_type=ARRAY(Text), **options)


def one_of(column: str, values: type[Any]) -> CheckConstraint:
    """Hold a text column to the values of a StrEnum; never a native enum, whose every new value is an ALTER TYPE."""
    listed = ", ".join(f"'{member.value}'" for member in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
