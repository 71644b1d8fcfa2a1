"""What a spreadsheet does to a cell, numbers rounded and text computed: seen on the way in, kept off on the way out."""

import re
from enum import StrEnum

_ROUNDED = re.compile(r"[+-]?\d+(?:\.\d+)?[Ee][+-]?\d+")
"""`1.10105E+17`: an identity number as a spreadsheet shows it once it has taken it for a number."""
_ZEROED = re.compile(r"\d{15}000|\d{15}0{5}")
"""Fifteen digits are kept, the rest become zeros; real numbers of this form are told apart by their check digit."""
_QUOTED_DIGITS = re.compile(r'="(\w*)"')
"""`="110105…"`: how people keep a spreadsheet from rounding a number. It is no formula that computes anything."""
_NUMBER_OR_PHONE = re.compile(r"[+\-＋－][\d .()\-]*")
_BEGINS_FORMULA = tuple("=@+-＝＠＋－\t\r\n")
_ALWAYS_FORMULA = tuple("=@＝＠")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_COUNTED_DAYS = re.compile(r"\d{1,5}(?:\.\d+)?")
"""`45322`: a day as a spreadsheet counts it. No day is written with fewer than six digits."""
_AROUND = " \t\r\n\u3000\u00a0\ufeff\u200b"
"""What is around a cell and cannot be seen."""


class CellProblem(StrEnum):
    """What is wrong with one cell."""

    SPREADSHEET_DAMAGE = "spreadsheet_damage"
    """A spreadsheet has rounded the number; its last digits are lost."""
    FORMULA = "formula"
    """There is a formula, or what one has failed with, where text should be."""
    DAY_AS_NUMBER = "day_as_number"
    """A spreadsheet counts the days; from when on, the number does not say."""


def read_cell(written: str) -> str:
    """The text of a cell, without what is only there for a spreadsheet's sake.

    >>> read_cell(' ="990101190001010018" '), read_cell("'=1+1"), read_cell("name\u3000")
    ('990101190001010018', '=1+1', 'name')
    """
    text = written.strip(_AROUND)
    if quoted := _QUOTED_DIGITS.fullmatch(text):
        return quoted[1]
    if text.startswith("'") and text[1:].startswith(_BEGINS_FORMULA):
        return text[1:]
    return text


def problem_of(text: str, *, is_number: bool, is_day: bool = False) -> CellProblem | None:
    """What is wrong with a cell; whether a number is one is for its register to say.

    >>> problem_of("1.10105E+17", is_number=True).value, problem_of("=HYPERLINK(1)", is_number=False).value
    ('spreadsheet_damage', 'formula')
    """
    if is_number and _ROUNDED.fullmatch(text):
        return CellProblem.SPREADSHEET_DAMAGE
    if is_day and _COUNTED_DAYS.fullmatch(text):
        return CellProblem.DAY_AS_NUMBER
    if (
        text in _ERRORS
        or text.startswith(_ALWAYS_FORMULA)
        or (text.startswith(_BEGINS_FORMULA) and not _NUMBER_OR_PHONE.fullmatch(text))
    ):
        return CellProblem.FORMULA
    return None


def is_zeroed(text: str) -> bool:
    """Say whether a number that cannot be right looks as if a spreadsheet had turned its end into zeros.

    >>> is_zeroed("990101190001010000"), is_zeroed("990101190001010018")
    (True, False)
    """
    return _ZEROED.fullmatch(text) is not None


def written_cell(text: str) -> str:
    """The text as a cell that no spreadsheet computes: what could begin a formula gets an apostrophe in front.

    >>> written_cell("=1+1"), written_cell("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
