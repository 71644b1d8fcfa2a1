"""Spreadsheets become tables: in a thread, one at a time, so that who sends one holds up nobody else."""

from collections.abc import Iterator
from functools import cached_property, partial

import anyio
import anyio.to_thread

from app.adapters.workbook.book import book_of
from app.adapters.workbook.parts import Parts
from app.adapters.workbook.sheet import rows_of
from app.domain.job import Work
from app.domain.job.reading import ColumnsMissing, InputUnreadable, Table, lines_of, table_of_sheet

MAX_ROWS = 100_000
MAX_TABLE_BYTES = 64 * 1024 * 1024


class BoundedWorkbooks:
    """Reads a spreadsheet that has come whole, in as much memory and work as its bounds allow."""

    @cached_property
    def _turn(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(1)

    async def read(self, content: bytes, *, work: Work) -> tuple[Table, bytes]:
        """The table that a spreadsheet holds, and its rows as CSV."""
        return await anyio.to_thread.run_sync(partial(read, content, work=work), limiter=self._turn)


def read(content: bytes, *, work: Work) -> tuple[Table, bytes]:
    """The first sheet that is shown and names the columns, with the rows below them; a row of it is a line.

    Raises:
        InputUnreadable: it is no spreadsheet, damaged, or larger than its bounds.
        ColumnsMissing: no sheet names the columns that the work needs.
    """
    parts = Parts(content)
    book = book_of(parts)
    refusals: list[ColumnsMissing] = []
    for sheet in book.sheets:
        try:
            table, rows = table_of_sheet(rows_of(parts, sheet, book), work)
        except ColumnsMissing as missing:
            refusals.append(missing)
        else:
            return table, _bounded(lines_of(rows, after_line=table.head_lines))
    raise refusals[0]


def _bounded(lines: Iterator[bytes]) -> bytes:
    table = bytearray()
    for number, line in enumerate(lines):
        if number == MAX_ROWS or len(table) + len(line) > MAX_TABLE_BYTES:
            raise InputUnreadable(f"A spreadsheet has {MAX_ROWS} rows at most. Send a longer table as CSV.")
        table += line
    if not table:
        raise InputUnreadable("There are no rows below the names of the columns.")
    return bytes(table)
