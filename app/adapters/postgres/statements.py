"""INSERT and compare-and-set UPDATE, written once from the table classes; everything else is SQL that one can read."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Column, Table
from sqlalchemy.dialects.postgresql import dialect
from sqlmodel import SQLModel

type_name = dialect().type_compiler_instance.process  # type: ignore[no-untyped-call]


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a class."""
    table = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)  # every class handed in has table=True
    return table


@cache
def columns_of(model: type[SQLModel]) -> tuple[Column[Any], ...]:
    """The columns that we write; identities and the database's own defaults are left out."""
    return tuple(
        column for column in table_of(model).columns if column.identity is None and column.server_default is None
    )


@cache
def insert(model: type[SQLModel], rows: int, first: int) -> str:
    """An INSERT of so many rows whose parameters start at `$first`."""
    columns = columns_of(model)
    numbers = iter(range(first, first + rows * len(columns)))
    values = ", ".join(
        "(" + ", ".join(f"${next(numbers)}::{type_name(column.type)}" for column in columns) + ")" for _ in range(rows)
    )
    return f"INSERT INTO {table_of(model).name} ({', '.join(column.name for column in columns)}) VALUES {values}"


@cache
def is_flat(model: type[SQLModel]) -> bool:
    """Say whether no column holds a list, which `unnest` would take apart."""
    return not any(isinstance(column.type, ARRAY) for column in columns_of(model))


@cache
def insert_columns(model: type[SQLModel], first: int) -> str:
    """An INSERT of any number of rows, a parameter a column from `$first` on."""
    columns = columns_of(model)
    names = ", ".join(column.name for column in columns)
    values = ", ".join(f"${number}::{type_name(column.type)}[]" for number, column in enumerate(columns, start=first))
    return f"INSERT INTO {table_of(model).name} ({names}) SELECT {names} FROM unnest({values}) AS added ({names})"


@cache
def compare_and_set(model: type[SQLModel], changed: tuple[str, ...]) -> str:
    """An UPDATE that succeeds only on the version that was read; parameters: id, version, then the changed columns."""
    columns = table_of(model).columns
    assigned = (f"{name} = ${number}::{type_name(columns[name].type)}" for number, name in enumerate(changed, start=3))
    assignments = ", ".join((*assigned, "version = version + 1"))
    table = table_of(model).name
    return f"UPDATE {table} SET {assignments} WHERE id = $1 AND version = $2 RETURNING version"


@cache
def compare_and_set_many(model: type[SQLModel], changed: tuple[str, ...]) -> str:
    """An UPDATE of many rows, each on the version that was read; parameters, a list each: ids, versions, columns.

    The ids stand there twice: behind walls the planner expects a single row, and would compare each list with all of
    the table.
    """
    assert is_flat(model), f"{table_of(model).name} holds lists"
    columns = table_of(model).columns
    table, names = table_of(model).name, ("id", "was", *changed)
    types = [type_name(columns[name].type) for name in ("id", "version", *changed)]
    values = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(types, start=1))
    assignments = ", ".join(f"{name} = wanted.{name}" for name in changed)
    return (
        f"UPDATE {table} SET {assignments} FROM unnest({values}) AS wanted ({', '.join(names)}) "
        f"WHERE {table}.id = ANY ($1) AND {table}.id = wanted.id AND {table}.version = wanted.was RETURNING {table}.id"
    )


def column_parameters(model: type[SQLModel], rows: Sequence[dict[str, Any]]) -> list[Any]:
    """The values of the rows column by column, in the order of `insert_columns`."""
    return [[row[column.name] for row in rows] for column in columns_of(model)]


def parameters(model: type[SQLModel], rows: Sequence[dict[str, Any]]) -> list[Any]:
    """The values of the rows in the order of `insert`. A column that a row does not name is an error, not a NULL."""
    names = [column.name for column in columns_of(model)]
    return [row[name] for row in rows for name in names]
