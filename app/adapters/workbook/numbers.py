"""What a number in a cell is: a day where the cell's style says so, digits where all of them are kept, or rounded."""

import re
from datetime import date, datetime, timedelta

MAX_EXACT_DIGITS = 15
"""So many digits a spreadsheet keeps of a number (IEEE 754)."""
FIRST_SURE_SERIAL = 61
"""1900-03-01. Before it some programs count a 29 February 1900 that never was."""
_LAST_SERIAL = 2_958_465
"""9999-12-31."""
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_DAY_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
"""Built in, those of Chinese spreadsheets among them (ECMA-376 part 1, 18.8.30)."""
_NOT_PLACEHOLDERS = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_DAY = re.compile(r"[yYdD]|年|月|日")


def is_day_format(number: int, code: str | None) -> bool:
    """Say whether a format shows a number as a day.

    >>> is_day_format(14, None), is_day_format(176, 'yyyy"年"m"月"'), is_day_format(177, '[Red]0.00')
    (True, True, False)
    """
    return number in _DAY_FORMATS if code is None else _DAY.search(_NOT_PLACEHOLDERS.sub("", code)) is not None


def written_number(text: str) -> str:
    """A number as text: its digits where none can be lost, else as a spreadsheet shows what it has rounded.

    >>> written_number("652301.0"), written_number("990101190001010000"), written_number("9.9E+17")
    ('652301', '9.90101190001010E+17', '9.9E+17')
    """
    whole = text.partition(".")[0].lstrip("-") if re.fullmatch(r"-?\d+(?:\.0*)?", text) else ""
    if not whole:
        return text
    return f"{float(text):.14E}" if len(whole) > MAX_EXACT_DIGITS else f"{int(float(text))}"


def written_day(text: str, *, is_1904: bool) -> str:
    """A serial number as the day that its spreadsheet shows; the bare number where that is not sure.

    >>> written_day("45322", is_1904=False), written_day("45322.5", is_1904=False), written_day("59", is_1904=False)
    ('2024-01-31', '2024-01-31T12:00:00', '59')
    """
    try:
        serial = float(text)
    except ValueError:
        return text
    if not FIRST_SURE_SERIAL <= serial <= _LAST_SERIAL:
        return written_number(text)
    try:
        day = _EPOCHS[is_1904] + timedelta(days=int(serial))
    except OverflowError:
        return written_number(text)
    if serial.is_integer():
        return day.isoformat()
    return (datetime(day.year, day.month, day.day) + timedelta(seconds=round(serial % 1 * 86_400))).isoformat()  # noqa: DTZ001 - a spreadsheet has no time zone
