"""How a table is written: its format, its encoding, what parts its cells, and which of its columns is which."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.job.kinds import Column, Work
from app.domain.job.reading.cells import read_cell
from app.domain.job.reading.encoding import UTF8_MARK, Encoding, InputUnreadable
from app.domain.shared.errors import Unprocessable

DELIMITERS = (",", "\t", ";")
MAX_COLUMNS = 100
MAX_HEAD_BYTES = 16 * 1024
LINE_COLUMN = "line"
PROBLEM_COLUMNS = ("problem_code", "problem_column", "problem")
OURS = frozenset({LINE_COLUMN, *PROBLEM_COLUMNS})
"""Columns that we have added to a table of problems; a mended one that comes back may still have them."""


class ColumnsMissing(Unprocessable):
    """The table lacks a column that the work cannot do without."""

    code = "columns_missing"
    title = "The table lacks a column"


class InputFormat(StrEnum):
    """How a table is written."""

    CSV = "csv"
    """Comma-separated values (RFC 4180), with the names of the columns in the first line."""
    NDJSON = "ndjson"
    """One JSON object a line."""
    XLSX = "xlsx"
    """A spreadsheet (ECMA-376). Of its rows lines of CSV are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How one table is to be read, as its beginning has shown."""

    format: InputFormat
    encoding: Encoding
    begins_at: int = 0
    """The byte at which the first row begins."""
    head_lines: int = 0
    delimiter: str = ","
    head: tuple[str, ...] = ()
    """The names of the columns as the sender wrote them."""
    columns: tuple[str, ...] = ()
    """What each of them is to the work; empty for the sender's own."""

    @classmethod
    def of(cls, beginning: bytes, *, format: InputFormat, encoding: Encoding, work: Work) -> "Table":  # noqa: A002 - its name in the API
        """Read the beginning of a table. One without a head is taken where the kind of work knows its order.

        Raises:
            InputUnreadable: the first line has no end.
            ColumnsMissing: a column is missing that the work needs.
        """
        wanted = work.columns
        mark = len(UTF8_MARK) if beginning.startswith(UTF8_MARK) else 0
        if format is InputFormat.NDJSON:
            return cls(format=format, encoding=encoding, begins_at=mark)
        line, newline, _ = beginning[mark : mark + MAX_HEAD_BYTES].partition(b"\n")
        if not newline and len(line) == MAX_HEAD_BYTES:
            raise InputUnreadable("The first line is too long. It holds the names of the columns.")
        text = line.decode(encoding, "replace").rstrip("\r")
        heads = ((delimiter, _cells(text, delimiter)) for delimiter in DELIMITERS)
        delimiter, head = max(heads, key=lambda found: (sum(map(bool, columns_in(found[1], wanted))), len(found[1])))
        if work.has_fixed_order and len(head) == len(wanted) and not any(columns_in(head, wanted)):
            order = tuple(column.code for column in wanted)
            return cls(format=format, encoding=encoding, begins_at=mark, delimiter=delimiter, head=order, columns=order)
        return cls(
            format=format,
            encoding=encoding,
            begins_at=mark + len(line) + len(newline),
            head_lines=1,
            delimiter=delimiter,
            head=head,
            columns=required(columns_in(head, wanted), wanted),
        )


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return tuple(read_cell(cell) for cell in cells)


def columns_in(head: Sequence[str], wanted: Iterable[Column]) -> tuple[str, ...]:
    """Which column of the work each name of a head is; empty for the sender's own."""
    names = {name: column.code for column in wanted for name in (column.code, *column.names)}
    return tuple(names.get(name.lower().replace(" ", ""), "") for name in head)


def required(found: tuple[str, ...], wanted: Sequence[Column]) -> tuple[str, ...]:
    """The columns that were found, if they are enough.

    Raises:
        ColumnsMissing: one is missing that the work needs, one is there twice, or there are too many.
    """
    missing = [column for column in wanted if column.is_needed and column.code not in found]
    if missing:
        listed = "; ".join(f"{column.code} ({', '.join(column.names)})" for column in missing)
        raise ColumnsMissing(f"Name these columns in the first line: {listed}.", columns=[one.code for one in missing])
    twice = {code for code in found if code and found.count(code) > 1}
    if twice or len(found) > MAX_COLUMNS:
        raise ColumnsMissing(f"Name each column once, and at most {MAX_COLUMNS} in all.", columns=sorted(twice))
    return found
