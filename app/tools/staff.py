"""`./yian staff record`: enter how staff are reached, as digests alone, to see who is related to whom they work for."""

import asyncio
import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg

from app.adapters.crypto import BlindIndex
from app.adapters.keys import read_keys
from app.domain.person import ContactKind, form_of

_KINDS = " or ".join(ContactKind)
_CLEAR = "DELETE FROM staff_contact WHERE account_id = ANY ($1)"
_ENTER = "INSERT INTO staff_contact (account_id, kind, value_index) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
AS_OPERATOR = "SET LOCAL yian.reach = 'migration'"


class RowRefused(Exception):
    """A row is not of the form: account, kind, value. The value is never quoted."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was entered."""

    accounts: int
    digests: int


def record(url: str, keys_file: Path, lines: Iterable[str]) -> Recorded:
    """Enter the digests of rows `account_id,kind,value`, in the place of what was on record of these accounts.

    Raises:
        RowRefused: a row cannot be read. Nothing is entered then.
    """
    keys = read_keys(keys_file)
    index = BlindIndex(keys.fields, key_id=keys.index_key_id)
    rows = [_row(number, row, index) for number, row in enumerate(csv.reader(lines), 1) if row]
    return asyncio.run(_enter(url, rows))


def _row(number: int, row: list[str], index: BlindIndex) -> tuple[UUID, str, bytes]:
    refusal = RowRefused(f"Row {number} is not account_id,kind,value with a kind of {_KINDS}. Put it right.")
    try:
        account, kind, value = (part.strip() for part in row)
        key, form = UUID(account), form_of(ContactKind(kind), value)
    except ValueError:
        raise refusal from None
    if not form:  # an empty one would be like every other that is empty
        raise refusal
    return key, kind, index.of(kind, form)


async def _enter(url: str, rows: list[tuple[UUID, str, bytes]]) -> Recorded:
    accounts = sorted({account for account, _, _ in rows})
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute(AS_OPERATOR)
            await connection.execute(_CLEAR, accounts)
            await connection.executemany(_ENTER, rows)
    finally:
        await connection.close()
    return Recorded(len(accounts), len(set(rows)))
