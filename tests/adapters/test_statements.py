"""Statements written from the table classes: PostgreSQL takes each, and no value ever stands in one."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlmodel import SQLModel

from app.adapters.postgres import tables
from app.adapters.postgres.roles import OWNER
from app.adapters.postgres.statements import (
    columns_of,
    compare_and_set,
    compare_and_set_many,
    insert,
    is_flat,
    parameters,
    table_of,
)
from app.adapters.postgres.tables import AccessRecordRow, ApplicationRow, EventRow, PartyRow

MODELS: list[type[SQLModel]] = [getattr(tables, name) for name in tables.__all__ if name.endswith("Row")]
VERSIONED = [model for model in MODELS if {"id", "version"} <= set(table_of(model).columns.keys())]


def test_there_are_tables_to_look_at() -> None:
    assert (len(MODELS) > 25, len(VERSIONED) > 8) == (True, True)


@pytest.mark.parametrize(("rows", "first"), [(1, 1), (3, 8)])
def test_an_insert_numbers_its_parameters_without_a_gap(*, rows: int, first: int) -> None:
    for model in MODELS:
        sql = insert(model, rows, first)

        numbers = [part.partition("::")[0] for part in sql.split("$")[1:]]
        assert numbers == [str(number) for number in range(first, first + rows * len(columns_of(model)))], model


@pytest.mark.anyio
@pytest.mark.database
async def test_postgresql_takes_every_insert_and_every_change(superuser_dsn: Callable[[str], str]) -> None:
    connection = await asyncpg.connect(superuser_dsn(OWNER))
    try:
        for model in MODELS:
            await connection.prepare(insert(model, 2, 1))
        for model in VERSIONED:
            changed = tuple(column.name for column in columns_of(model) if column.name not in {"id", "version"})
            await connection.prepare(compare_and_set(model, changed))
            if is_flat(model):
                await connection.prepare(compare_and_set_many(model, (*changed, "version")))
    finally:
        await connection.close()


@pytest.mark.parametrize("model", [EventRow, AccessRecordRow])
def test_what_the_database_numbers_is_not_written(model: type[SQLModel]) -> None:
    names = {column.name for column in columns_of(model)}

    assert names.isdisjoint({"position", "transaction_id"})


def test_a_change_names_the_version_that_was_read() -> None:
    assert compare_and_set(ApplicationRow, ("status", "is_finished")) == (
        "UPDATE application SET status = $3::TEXT, is_finished = $4::BOOLEAN, version = version + 1 "
        "WHERE id = $1 AND version = $2 RETURNING version"
    )


def test_parameters_stand_in_the_order_of_the_columns() -> None:
    row: dict[str, Any] = {column.name: column.name for column in columns_of(PartyRow)}

    assert parameters(PartyRow, [dict(reversed(row.items())), row]) == [*row.values()] * 2


def test_a_column_that_is_not_named_is_an_error_and_no_null() -> None:
    with pytest.raises(KeyError, match="person_id"):
        parameters(PartyRow, [{"case_id": uuid4(), "party_id": uuid4(), "role": "portal"}])


def test_a_value_never_stands_in_the_statement() -> None:
    hostile = "'); DROP TABLE person; --"

    assert hostile not in insert(PartyRow, 1, 1)
    assert hostile in parameters(PartyRow, [{column.name: hostile for column in columns_of(PartyRow)}])
