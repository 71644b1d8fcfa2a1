"""The sheet of a spreadsheet: where its columns are named, and its rows as lines of the table that is read."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

from app.domain.job.kinds import Work
from app.domain.job.reading.cells import read_cell
from app.domain.job.reading.encoding import Encoding
from app.domain.job.reading.table import InputFormat, Table, columns_in, required

SheetRow: TypeAlias = tuple[int, tuple[str, ...]]
"""The number of a row, and its cells up to the last that is not empty."""
HEAD_WITHIN_ROWS = 20
"""Above the names of the columns there may be a title, who made the list, and when."""


def table_of_sheet(rows: Iterator[SheetRow], work: Work) -> tuple[Table, Iterator[SheetRow]]:
    """How a sheet is read, and its rows below the names of the columns.

    The names stand in the first row that has all columns which the work needs; failing that, the refusal is about the
    row that has the most of them.

    Raises:
        ColumnsMissing: none of the first rows names them.
    """
    wanted = work.columns
    nearest: tuple[str, ...] = ()
    for line, cells in islice(rows, HEAD_WITHIN_ROWS):
        head = tuple(read_cell(cell) for cell in cells)
        found = columns_in(head, wanted)
        if all(column.code in found for column in wanted if column.is_needed):
            table = Table(
                format=InputFormat.XLSX,
                encoding=Encoding.UTF_8,
                head_lines=line,
                head=head,
                columns=required(found, wanted),
            )
            return table, rows
        nearest = max(nearest, found, key=lambda codes: sum(map(bool, codes)))
    required(nearest, wanted)
    raise AssertionError  # a row with all of them has been returned


def lines_of(rows: Iterator[SheetRow], *, after_line: int) -> Iterator[bytes]:
    """Rows as lines of CSV, an empty line for an empty row: the number of a line is that of its row."""
    before = after_line
    for line, cells in rows:
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\n").writerow(cells)
        yield b"\n" * (line - before - 1) + written.getvalue().encode()
        before = line
