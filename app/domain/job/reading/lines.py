"""The lines of a piece of a table, row by row: a row of CSV may go over several of them, where its quotes are open."""

import csv

from app.domain.job.reading.table import InputFormat, Table

MAX_ROW_BYTES = 64 * 1024
MAX_ROW_LINES = 100


class Lines:
    """Takes one row after another from a piece, and counts what was taken.

    `is_last`: nothing comes after the piece, so that its last row is whole without an end of line.
    """

    def __init__(self, piece: bytes, table: Table, *, is_last: bool) -> None:
        lines = piece.split(b"\n")
        rest = lines.pop()
        self._lines = [line + b"\n" for line in lines] + ([rest] if rest and is_last else [])
        self._table = table
        self._is_last = is_last
        self.taken = 0
        self.consumed = 0

    def next_row(self) -> str | None:
        """The text of the next row; None where none is whole. Quotes that do not close spoil their own line alone."""
        if self.taken == len(self._lines):
            return None
        first = text = self._text_of(self.taken)
        size = len(self._lines[self.taken])
        number = 1
        while not self._is_closed(text):
            following = self.taken + number
            if following == len(self._lines) and not self._is_last and size <= MAX_ROW_BYTES:
                return None
            if following == len(self._lines) or number == MAX_ROW_LINES or size > MAX_ROW_BYTES:
                return self._take(1, first)
            text, size, number = text + self._text_of(following), size + len(self._lines[following]), number + 1
        if number > 1 and cells_of(text.rstrip("\r\n"), self._table.delimiter) is None:
            return self._take(1, first)
        return self._take(number, text)

    def _text_of(self, number: int) -> str:
        return self._lines[number].decode(self._table.encoding, "replace")

    def _is_closed(self, text: str) -> bool:
        return self._table.format is InputFormat.NDJSON or text.count('"') % 2 == 0

    def _take(self, number: int, text: str) -> str:
        self.consumed += sum(map(len, self._lines[self.taken : self.taken + number]))
        self.taken += number
        return text.rstrip("\r\n")


def cells_of(text: str, delimiter: str) -> tuple[str, ...] | None:
    """The cells of one row of CSV; None where it cannot be one.

    >>> cells_of('1,"a, b"', ","), cells_of('1,"a" b', ",")
    (('1', 'a, b'), None)
    """
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None
