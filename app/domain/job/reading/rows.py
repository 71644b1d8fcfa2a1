"""Reading rows on from a place in a table: whatever one row is like, the next one is read."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.job.kinds import Column
from app.domain.job.reading.cells import problem_of, read_cell
from app.domain.job.reading.lines import MAX_ROW_BYTES, Lines, cells_of
from app.domain.job.reading.table import InputFormat, Table

MAX_CELL = 2_000
"""In characters."""
FIRST_LINE = 1


class RowFault(StrEnum):
    """What is wrong with a whole row."""

    ROW_UNREADABLE = "row_unreadable"
    """It is not written as its table is: quotes that do not close, more cells than columns, or no JSON object."""
    CELL_TOO_LONG = "cell_too_long"
    NOTHING_IN_COLUMN = "nothing_in_column"
    """A cell is empty that the work cannot do without."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row, and in which column if in one."""

    code: str
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: where it stands, what the work reads of it, and as the sender wrote it. Nothing shows itself in logs."""

    line: int
    """The line on which it begins; the first line of a file is 1."""
    values: dict[str, str] = field(default_factory=dict, repr=False)
    written: tuple[str, ...] = field(default=(), repr=False)
    """Its cells as they came, in the order of the head; of JSON, the line itself."""
    problem: RowProblem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Rows that were read, and where to read on."""

    rows: tuple[Row, ...]
    consumed: int
    """In bytes."""
    lines: int


def read_rows(
    piece: bytes, table: Table, columns: Sequence[Column], *, after_line: int, at_most: int, is_last: bool
) -> Reading:
    """The rows that are whole in a piece of the table, at most so many. Empty lines count as lines, and are no rows."""
    lines = Lines(piece, table, is_last=is_last)
    reader = _Reader(table, columns)
    rows: list[Row] = []
    while len(rows) < at_most:
        line = after_line + lines.taken + FIRST_LINE
        text = lines.next_row()
        if text is None:
            break
        row = reader.row(text, line=line)
        if row is not None:
            rows.append(row)
    return Reading(rows=tuple(rows), consumed=lines.consumed, lines=lines.taken)


class _Reader:
    """Makes rows of their texts."""

    def __init__(self, table: Table, columns: Sequence[Column]) -> None:
        self._table = table
        self._columns = columns
        self._names = {name: column.code for column in columns for name in (column.code, *column.names)}
        self._places = [(place, code) for place, code in enumerate(table.columns) if code]

    def row(self, text: str, *, line: int) -> Row | None:
        if not text.strip():
            return None
        read = self._of_json if self._table.format is InputFormat.NDJSON else self._of_csv
        found = read(text) if len(text) <= MAX_ROW_BYTES else None
        if found is None:
            return Row(line=line, written=(text[:MAX_CELL],), problem=RowProblem(RowFault.ROW_UNREADABLE))
        written, values = found
        if not any(written):
            return None
        return Row(line=line, values=values, written=written, problem=next(self._problems_of(values), None))

    def _of_csv(self, text: str) -> tuple[tuple[str, ...], dict[str, str]] | None:
        cells = cells_of(text, self._table.delimiter)
        if cells is None or len(cells) > len(self._table.head):
            return None
        return cells, {code: read_cell(cells[place]) for place, code in self._places if place < len(cells)}

    def _of_json(self, text: str) -> tuple[tuple[str, ...], dict[str, str]] | None:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, dict):
            return None
        named = {self._names.get(name.lower(), ""): cell for name, cell in value.items() if cell is not None}
        named.pop("", None)
        if not all(isinstance(cell, str) for cell in named.values()):
            return None  # a number of a register that comes as a number of JSON may have lost its end already
        return (text,), {code: read_cell(cell) for code, cell in named.items()}

    def _problems_of(self, values: dict[str, str]) -> Iterator[RowProblem]:
        for column in self._columns:
            cell = values.get(column.code, "")
            if not cell:
                if column.is_needed:
                    yield RowProblem(RowFault.NOTHING_IN_COLUMN, column.code)
            elif len(cell) > MAX_CELL:
                yield RowProblem(RowFault.CELL_TOO_LONG, column.code)
            elif found := problem_of(cell, is_number=column.is_number, is_day=column.is_day):
                yield RowProblem(found, column.code)
