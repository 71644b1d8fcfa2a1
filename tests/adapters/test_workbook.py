"""Spreadsheets are read as their programs write them, and whatever a stranger packs into one is bounded or refused."""

import contextlib
import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.workbook import book, parts, reader, sheet
from app.adapters.workbook.reader import read
from app.domain.job import WORKS, JobKind
from app.domain.job.reading import ColumnsMissing, InputUnreadable, Row, read_rows

WORK = WORKS[JobKind.REGISTER_IMPORT]
HEAD = ("姓名", "身份证号", "户籍地区划代码", "残疾人证号", "发证日期")
CITIZEN, NUMBER = "990101190001010018", "99010119000101001842"
SOMEBODY = ("样本云", CITIZEN, "652301104201", NUMBER, "20240131")
MAIN = "xl/worksheets/sheet1.xml"


def a_workbook(*rows: tuple[Any, ...], **sheets: tuple[tuple[Any, ...], ...]) -> bytes:
    opened = openpyxl.Workbook()
    assert opened.active is not None
    for row in rows:
        opened.active.append(row)
    for name, more in sheets.items():
        added = opened.create_sheet(name)
        for row in more:
            added.append(row)
    return saved(opened)


def saved(opened: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    opened.save(written)
    return written.getvalue()


def repacked(content: bytes, changed: Mapping[str, str | bytes]) -> bytes:
    """The same package with parts put in place of others, or added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for name, part in {**{name: before.read(name) for name in before.namelist()}, **changed}.items():
            after.writestr(name, part)
    return packed.getvalue()


def a_sheet(rows: str, *, before: str = "") -> str:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'


def named(*more: str) -> str:
    """The head as a row of inline text, with rows below it."""
    cells = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEAD)
    return f'<row r="1">{cells}</row>{"".join(more)}'


def sharing(content: bytes, strings: str) -> bytes:
    """The same package with a table of shared texts, as most programs write them; openpyxl does not."""
    relations = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        named_there = package.read(relations).decode()
    table = '<Relationship Id="rId9" Type="http://of.office/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    return repacked(
        content, {relations: named_there.replace("</Relationships>", table), "xl/sharedStrings.xml": strings}
    )


def rows_of(content: bytes) -> tuple[Row, ...]:
    table, lines = read(content, work=WORK)
    return read_rows(lines, table, WORK.columns, after_line=table.head_lines, at_most=1000, is_last=True).rows


def problems_of(*cells: Any) -> tuple[str, str] | None:
    (row,) = rows_of(a_workbook(HEAD, cells))
    return (row.problem.code, row.problem.column) if row.problem else None


def test_the_names_of_the_columns_stand_below_a_title_and_lines_are_rows_of_the_sheet() -> None:
    content = a_workbook(("某县持证残疾人花名册",), (), ("备注", *HEAD), ("甲", *SOMEBODY), (), (None, *SOMEBODY))

    first, second = rows_of(content)

    assert (first.line, second.line) == (4, 6)
    assert (first.values["name"], first.values["number"], first.problem) == ("样本云", NUMBER, None)
    assert first.written[0] == "甲"


def test_names_of_the_systems_are_names_too() -> None:
    head = ("name", "gender", "birthdate", "id_number", "hukou_region_code", "card_num", "cert_date", "idt_kind")

    (row,) = rows_of(a_workbook(head, ("样本云", "1", "19000101", CITIZEN, "652301", NUMBER, "20240131", "4")))

    assert (row.values["citizen_number"], row.values["category"], row.problem) == (CITIZEN, "4", None)


def test_the_first_sheet_that_is_shown_and_names_the_columns_is_read() -> None:
    opened = openpyxl.load_workbook(
        io.BytesIO(a_workbook(("说明",), old=(HEAD, ("样旧", *SOMEBODY[1:])), new=(HEAD, SOMEBODY)))
    )
    opened["old"].sheet_state = "hidden"

    (row,) = rows_of(saved(opened))

    assert row.values["name"] == "样本云"


@pytest.mark.parametrize("rows", [[("说明",)], [], [("姓名", "身份证号")], [()] * 30 + [HEAD]])
def test_a_sheet_that_names_no_columns_is_refused_by_name(rows: list[tuple[str, ...]]) -> None:
    content = a_workbook(*rows) if len(rows) < 30 else a_workbook(*[("标题",)] * 20, HEAD, SOMEBODY)

    with pytest.raises(ColumnsMissing):
        read(content, work=WORK)


def test_numbers_that_lost_their_end_are_said_and_never_guessed() -> None:
    name, citizen, place, number, day = SOMEBODY

    assert problems_of(name, int(citizen), place, number, day) == ("spreadsheet_damage", "citizen_number")
    assert problems_of(name, citizen, place, float(number), day) == ("spreadsheet_damage", "number")
    assert problems_of(name, citizen, int(place), number, int(day)) is None


def test_a_day_is_a_day_where_the_sheet_says_so_and_a_bare_number_is_not() -> None:
    name, citizen, place, number, _ = SOMEBODY
    (row,) = rows_of(a_workbook(HEAD, (name, citizen, place, number, date(2024, 1, 31))))

    assert row.values["issued_on"] == "2024-01-31"
    assert problems_of(name, citizen, place, number, 45322) == ("day_as_number", "issued_on")
    (timed,) = rows_of(a_workbook(HEAD, (name, citizen, place, number, datetime(2024, 1, 31, 8, 30))))  # noqa: DTZ001 - a spreadsheet has no time zone
    assert timed.values["issued_on"] == "2024-01-31T08:30:00"


def test_a_day_before_march_1900_is_not_guessed() -> None:
    cell = '<row r="2"><c r="E2" s="1"><v>59</v></c></row>'
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    content = repacked(a_workbook(HEAD), {MAIN: a_sheet(named(cell)), "xl/styles.xml": styles})

    (row,) = rows_of(content)

    assert row.values["issued_on"] == "59"


def test_days_are_counted_from_1904_where_the_spreadsheet_says_so() -> None:
    opened = openpyxl.Workbook()
    opened.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - the same
    assert opened.active is not None
    opened.active.append(HEAD)
    opened.active.append((*SOMEBODY[:4], date(2024, 1, 31)))

    (row,) = rows_of(saved(opened))

    assert row.values["issued_on"] == "2024-01-31"


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "=A1", "='[1]other.xlsx'!A1"])
def test_a_formula_is_said_and_what_it_computed_is_not_taken(formula: str) -> None:
    assert problems_of(formula, *SOMEBODY[1:]) == ("formula", "name")


def test_a_computed_value_beside_its_formula_is_not_taken() -> None:
    cell = '<row r="2"><c r="A2" t="str"><f>B2</f><v>样本云</v></c><c r="B2" t="e"><v>#N/A</v></c></row>'

    (row,) = rows_of(repacked(a_workbook(HEAD), {MAIN: a_sheet(named(cell))}))

    assert row.written == ("=B2", "#N/A")
    assert row.problem is not None
    assert row.problem.code == "formula"


def test_texts_of_several_runs_and_written_escapes_are_whole() -> None:
    strings = "<sst><si><r><t>样</t></r><rPh><t>yang</t></rPh><r><t>本_x000D_云</t></r></si></sst>"
    row = '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    content = sharing(repacked(a_workbook(HEAD), {MAIN: a_sheet(named(row))}), strings)

    assert rows_of(content)[0].written == ("样本 云",)


def test_too_many_shared_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = sharing(a_workbook(HEAD, SOMEBODY), f"<sst>{'<si/>' * 20}</sst>")
    assert len(rows_of(content)) == 1

    monkeypatch.setattr(book, "MAX_TEXTS", 10)

    with pytest.raises(InputUnreadable, match="too much text"):
        read(content, work=WORK)


OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE = {
    "an outer entity": a_sheet(named("<row><c t='str'><v>&e;</v></c></row>"), before=OUTSIDE),
    "entities of entities": a_sheet(named("<row><c t='str'><v>&b;</v></c></row>"), before=LAUGHS),
    "an outer document type": a_sheet(named(), before='<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'),
    "a text that is not there": a_sheet(named('<row><c t="s"><v>9</v></c></row>')),
    "a text before the first": a_sheet(named('<row><c t="s"><v>-1</v></c></row>')),
    "a row beyond the last": a_sheet(named('<row r="99999999999"><c t="str"><v>1</v></c></row>')),
    "rows that go back": a_sheet(named('<row r="1"><c t="str"><v>1</v></c></row>')),
    "a row of no number": a_sheet(named('<row r="x"/>')),
    "XML that ends too soon": a_sheet(named())[:-20],
    "no XML": "PK",
    "nothing below the head": a_sheet(named()),
    "a number without end": a_sheet(named(f'<row><c t="s"><v>{"9" * 10_000}</v></c></row>')),
}


@pytest.mark.parametrize("main", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_sheet_is_refused(main: str) -> None:
    with pytest.raises(InputUnreadable):
        read(repacked(a_workbook(HEAD), {MAIN: main}), work=WORK)


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = repacked(a_workbook(HEAD, SOMEBODY), {"xl/media/image1.png": b"\0" * 2_000_000})

    assert len(bomb) < 20_000
    with pytest.raises(InputUnreadable, match="too large"):
        read(bomb, work=WORK)


def test_a_part_that_lies_about_its_length_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = repacked(a_workbook(HEAD), {MAIN: a_sheet(named() + " " * 5_000_000)})
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        told = archive.getinfo(MAIN).file_size.to_bytes(4, "little")
    monkeypatch.setattr(parts, "MAX_UNPACKED_BYTES", 100_000)

    with pytest.raises(InputUnreadable, match="damaged"):
        read(honest.replace(told, (1_000).to_bytes(4, "little")), work=WORK)


@pytest.mark.parametrize(
    ("module", "bound"),
    [
        (parts, "MAX_PARTS"),
        (parts, "MAX_NAMES"),
        (parts, "MAX_ELEMENTS"),
        (reader, "MAX_ROWS"),
        (reader, "MAX_TABLE_BYTES"),
    ],
)
def test_every_bound_holds(monkeypatch: pytest.MonkeyPatch, *, module: Any, bound: str) -> None:
    content = a_workbook(HEAD, *[SOMEBODY] * 30)
    assert len(rows_of(content)) == 30

    monkeypatch.setattr(module, bound, 5)

    with pytest.raises(InputUnreadable):
        read(content, work=WORK)


def test_cells_far_to_the_right_take_no_room_and_spoil_their_row_alone() -> None:
    far = '<row r="2"><c r="XFD2" t="str"><v>1</v></c><c r="A2" t="str"><v>样本云</v></c></row>'
    wide = '<row r="3"><c r="CW3" t="str"><v>1</v></c></row>'

    first, second = rows_of(repacked(a_workbook(HEAD), {MAIN: a_sheet(named(far, wide))}))

    assert first.written == ("样本云",)
    assert second.problem is not None
    assert second.problem.code == "row_unreadable"
    assert sheet.MAX_LINE < 2**21


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"PK\x05\x06" + b"\0" * 18, b"a,b\n"]
)
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(InputUnreadable):
        read(content, work=WORK)


WHOLE = a_workbook(HEAD, SOMEBODY)


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), by=st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(at: int, by: bytes) -> None:
    with contextlib.suppress(InputUnreadable, ColumnsMissing):
        read(WHOLE[:at] + by + WHOLE[at + len(by) :], work=WORK)
