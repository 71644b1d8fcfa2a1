"""The rows of one sheet, as they come: each cell as text, or as what is wrong with it for a spreadsheet's sake."""

from collections.abc import Iterator, Mapping

from app.adapters.workbook.book import Book, unescaped
from app.adapters.workbook.numbers import written_day, written_number
from app.adapters.workbook.parts import Large, Parts
from app.domain.job.reading import MAX_COLUMNS, InputUnreadable, SheetRow

MAX_LINE = 1_048_576
"""How many rows a sheet has (ECMA-376)."""
MAX_CHARACTERS = 32_767
"""Of one cell, by the format."""


def rows_of(parts: Parts, sheet: str, book: Book) -> Iterator[SheetRow]:
    """Rows with something in them, with their numbers."""
    walker = _Rows(book)
    for _ in parts.walk(sheet, walker):
        yield from walker.rows
        walker.rows.clear()


class _Rows(Large):
    def __init__(self, book: Book) -> None:
        super().__init__(
            {"row": self._begin, "c": self._cell, "f": self._begin_formula, "rPh": self._begin_aid},
            {"c": self._end_cell, "v": self._value, "t": self._inline, "f": self._formula, "rPh": self._end_aid}
            | {"row": self._end},
        )
        self._book = book
        self._line = 0
        self._cells: dict[int, str] = {}
        self._column = 0
        self._kind = "n"
        self._style = 0
        self._written = ""
        self._is_formula = self._is_aid = False
        self.rows: list[SheetRow] = []

    def _begin(self, said: Mapping[str, str]) -> None:
        line = int(said.get("r", self._line + 1))
        if not self._line < line <= MAX_LINE:
            raise InputUnreadable("The rows of the sheet are out of order. Save the spreadsheet anew.")
        self._line, self._column, self._cells = line, 0, {}

    def _cell(self, said: Mapping[str, str]) -> None:
        self._column = _column_of(said["r"]) if "r" in said else self._column + 1
        self._kind, self._style = said.get("t", "n"), int(said.get("s", 0))
        self._written, self._is_formula = "", False

    def _begin_formula(self, _said: Mapping[str, str]) -> None:
        self._is_formula = True

    def _begin_aid(self, _said: Mapping[str, str]) -> None:
        self._is_aid = True

    def _end_aid(self, _text: str) -> None:
        self._is_aid = False

    def _formula(self, text: str) -> None:
        """What a formula computed is never taken: it may be of another day, or of another file."""
        self._written = f"={text}"

    def _value(self, text: str) -> None:
        if not self._is_formula:
            self._written = self._read(text)

    def _inline(self, text: str) -> None:
        if not self._is_formula and not self._is_aid and len(self._written) < MAX_CHARACTERS:
            self._written += unescaped(text)

    def _read(self, text: str) -> str:
        if self._kind == "s":
            number = int(text)
            if not 0 <= number < len(self._book.texts):
                raise InputUnreadable("A text of the spreadsheet is missing. Save it as XLSX anew.")
            return self._book.texts[number]
        if self._kind == "n":
            is_day = self._style in self._book.day_styles
            return written_day(text, is_1904=self._book.is_1904) if is_day else written_number(text)
        return unescaped(text)

    def _end_cell(self, _text: str) -> None:
        if self._written and self._column <= MAX_COLUMNS + 1:
            self._cells[self._column] = " ".join(self._written[:MAX_CHARACTERS].splitlines())

    def _end(self, _text: str) -> None:
        if self._cells:
            widest = max(self._cells)
            self.rows.append((self._line, tuple(self._cells.get(column, "") for column in range(1, widest + 1))))


def _column_of(place: str) -> int:
    """The column of a cell by its letters.

    >>> _column_of("A1"), _column_of("AB12")
    (1, 28)
    """
    number = 0
    for letter in place.rstrip("0123456789").upper()[:3]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
