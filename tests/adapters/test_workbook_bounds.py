"""A small spreadsheet of a stranger makes no large work: no part is read twice, and nothing in one is endless."""

import zipfile
from io import BytesIO
from random import Random

import pytest

from app.adapters.workbook import parts, sheet
from app.adapters.workbook.reader import read
from app.domain.job.reading import InputUnreadable
from tests.adapters.test_workbook import HEAD, MAIN, WORK, a_sheet, a_workbook, named, repacked, rows_of

AGAIN = {
    "a sheet that is listed twice": ("xl/workbook.xml", "</sheets>", '<sheet name="b" sheetId="2" r:id="rId1"/>'),
    "styles that are named twice": (
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        '<Relationship Id="rId9" Type="http://of.office/styles" Target="styles.xml"/>' * 2,
    ),
}


@pytest.mark.parametrize(("name", "end", "more"), AGAIN.values(), ids=AGAIN.keys())
def test_no_part_is_read_twice(name: str, end: str, more: str) -> None:
    content = a_workbook(("姓名",))
    with zipfile.ZipFile(BytesIO(content)) as package:
        part = package.read(name).decode()

    with pytest.raises(InputUnreadable, match="named twice"):
        read(repacked(content, {name: part.replace(end, f"{more}{end}")}), work=WORK)


def test_a_small_file_of_millions_of_empty_cells_is_refused_before_it_is_unpacked() -> None:
    cells = named(f'<row r="2">{"<c/>" * 5_000_000}</row>')

    with pytest.raises(InputUnreadable, match="too large when unpacked"):
        read(repacked(a_workbook(HEAD), {MAIN: a_sheet(cells)}), work=WORK)


def test_a_table_of_rows_alike_is_read() -> None:
    rows = "".join(f'<row r="{line}"><c t="str"><v>样本人</v></c></row>' for line in range(2, 40_000))

    _, read_rows = read(repacked(a_workbook(HEAD), {MAIN: a_sheet(named(rows))}), work=WORK)

    assert read_rows.count("样本人".encode()) == 39_998


LONG = Random(0).randbytes(parts.MAX_MARKUP_BYTES).hex()
ENDLESS = {
    "an attribute": f'<row a="{LONG}"/>',
    "a comment": f"<!--{LONG}-->",
    "a name": f"<{LONG}/>",
    "a text": f'<row><c t="str"><v>{LONG}</v></c></row>',
    "a text between cells": f"<row>{LONG}</row>",
}


@pytest.mark.parametrize("rows", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_does_not_end_is_not_waited_for(rows: str) -> None:
    with pytest.raises(InputUnreadable, match=r"no spreadsheet needs|too much text"):
        read(repacked(a_workbook(HEAD), {MAIN: a_sheet(named(rows))}), work=WORK)


def test_a_cell_of_a_great_many_runs_is_no_longer_than_a_cell() -> None:
    runs = "<t>x</t>" * 2 * sheet.MAX_CHARACTERS

    (row,) = rows_of(
        repacked(a_workbook(HEAD), {MAIN: a_sheet(named(f'<row r="2"><c t="inlineStr">{runs}</c></row>'))})
    )

    assert len(row.written[0]) <= sheet.MAX_CHARACTERS
