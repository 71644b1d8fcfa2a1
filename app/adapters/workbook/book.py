"""What a spreadsheet says of itself: where its sheets, texts and styles are, and by which calendar it counts days."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.adapters.workbook.numbers import is_day_format
from app.adapters.workbook.parts import Large, Parts, Walker
from app.domain.job.reading import InputUnreadable

MAX_TEXTS = 1_000_000
MAX_TEXT_CHARACTERS = 32 * 1024 * 1024
"""Of all shared texts together: they are kept while the rows are read."""
_TOO_MUCH = "The spreadsheet has too much text. Send the table as CSV."
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class Book:
    """What is needed to read the rows of its sheets."""

    sheets: list[str] = field(default_factory=list)
    """The parts of those sheets that are shown, in their order."""
    texts: list[str] = field(default_factory=list, repr=False)
    day_styles: set[int] = field(default_factory=set)
    """Which styles show a number as a day."""
    is_1904: bool = False


def book_of(parts: Parts) -> Book:
    """Read what the package says of itself.

    Raises:
        InputUnreadable: it is no spreadsheet, or a part is missing, damaged or too large.
    """
    name = next((target for kind, _, target in _relations(parts, "") if kind == "officeDocument"), "xl/workbook.xml")
    book, targets = Book(), _relations(parts, name)
    by_id = {key: target for kind, key, target in targets if kind == "worksheet"}

    def sheet(said: Mapping[str, str]) -> None:
        if said.get("state", "visible") == "visible" and said.get("id") in by_id:
            book.sheets.append(by_id[said["id"]])

    def properties(said: Mapping[str, str]) -> None:
        book.is_1904 = said.get("date1904") in {"1", "true"}

    _read(parts, name, Walker({"sheet": sheet, "workbookPr": properties}, {}))
    for kind, _, target in targets:
        if kind == "sharedStrings":
            _read(parts, target, _Texts(book.texts))
        elif kind == "styles":
            _read(parts, target, _Styles(book.day_styles))
    if not book.sheets:
        raise InputUnreadable("The spreadsheet shows no sheet. Save it as XLSX anew.")
    return book


def unescaped(text: str) -> str:
    """The text with what the format writes as `_x000D_`; what is no character, or cannot be seen, is a space.

    >>> unescaped("a_x000D_b_x5F20_")
    'a b张'
    """
    return _ESCAPED.sub(lambda found: char if (char := chr(int(found[1], 16))).isprintable() else " ", text)


def _read(parts: Parts, name: str, walker: Walker) -> None:
    for _ in parts.walk(name, walker):
        pass


def _relations(parts: Parts, of: str) -> list[tuple[str, str, str]]:
    """Kind, id and target of what a part names. What lies outside the package is never looked at."""
    folder, base = posixpath.split(of)
    found: list[tuple[str, str, str]] = []

    def relation(said: Mapping[str, str]) -> None:
        if said.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, said.get("Target", ""))).lstrip("/")
            found.append((said.get("Type", "").rpartition("/")[2], said.get("Id", ""), target))

    _read(parts, posixpath.join(folder, "_rels", f"{base}.rels"), Walker({"Relationship": relation}, {}))
    return found


class _Texts(Large):
    """The shared texts; of text in several runs all of them, and no reading aid (phonetic runs)."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(
            {"si": self._begin, "rPh": self._begin_aid}, {"t": self._take, "si": self._end, "rPh": self._end_aid}
        )
        self._texts = texts
        self._runs: list[str] = []
        self._is_aid = False
        self._in_all = 0

    def _begin(self, _said: Mapping[str, str]) -> None:
        self._runs = []

    def _begin_aid(self, _said: Mapping[str, str]) -> None:
        self._is_aid = True

    def _end_aid(self, _text: str) -> None:
        self._is_aid = False

    def _take(self, text: str) -> None:
        if not self._is_aid:
            self._in_all += len(text)
            self._runs.append(text)
        if self._in_all > MAX_TEXT_CHARACTERS:
            raise InputUnreadable(_TOO_MUCH)

    def _end(self, _text: str) -> None:
        if len(self._texts) == MAX_TEXTS:
            raise InputUnreadable(_TOO_MUCH)
        self._texts.append(unescaped("".join(self._runs)))


class _Styles(Walker):
    """Which of the cell styles show days."""

    def __init__(self, day_styles: set[int]) -> None:
        super().__init__({"numFmt": self._format, "cellXfs": self._begin, "xf": self._style}, {"cellXfs": self._end})
        self._days = day_styles
        self._codes: dict[int, str] = {}
        self._number: int | None = None

    def _format(self, said: Mapping[str, str]) -> None:
        self._codes[int(said.get("numFmtId", "0"))] = said.get("formatCode", "")

    def _begin(self, _said: Mapping[str, str]) -> None:
        self._number = 0

    def _end(self, _text: str) -> None:
        self._number = None

    def _style(self, said: Mapping[str, str]) -> None:
        if self._number is None:
            return
        chosen = int(said.get("numFmtId", "0"))
        if is_day_format(chosen, self._codes.get(chosen)):
            self._days.add(self._number)
        self._number += 1
