"""Tables are read as people and spreadsheets write them: every row is accounted for, and none stops another."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.job import WORKS, JobKind
from app.domain.job.reading import (
    ColumnsMissing,
    Encoding,
    EncodingSought,
    InputFormat,
    InputUnreadable,
    Row,
    Table,
    is_zeroed,
    problem_of,
    read_cell,
    read_rows,
    written_cell,
)

COLUMNS = WORKS[JobKind.CERTIFICATE_VERIFICATION].columns
HEAD = "number,name\n"
NUMBER = "99010119000101001843"


def a_table(content: bytes, *, written_as: InputFormat = InputFormat.CSV) -> Table:
    sought = EncodingSought()
    sought.look_at(content)
    return Table.of(content, format=written_as, encoding=sought.found(), work=WORKS[JobKind.CERTIFICATE_VERIFICATION])


def rows_of(content: bytes, *, written_as: InputFormat = InputFormat.CSV, at_most: int = 1000) -> tuple[Row, ...]:
    """All rows, read in steps of at most so many."""
    table = a_table(content, written_as=written_as)
    rows: list[Row] = []
    at, line = table.begins_at, table.head_lines
    while at < len(content):
        reading = read_rows(content[at:], table, COLUMNS, after_line=line, at_most=at_most, is_last=True)
        rows += reading.rows
        at, line = at + reading.consumed, line + reading.lines
    return tuple(rows)


def values_of(text: str) -> list[dict[str, str]]:
    return [row.values for row in rows_of(text.encode())]


def problems_of(text: str) -> list[str | None]:
    return [row.problem.code if row.problem else None for row in rows_of(text.encode())]


@pytest.mark.parametrize(
    "content",
    [
        f"number,name\n{NUMBER},样本云\n".encode(),
        f"number,name\r\n{NUMBER},样本云\r\n".encode(),
        f"number,name\n{NUMBER},样本云".encode(),
        f"\ufeffnumber,name\n{NUMBER},样本云\n".encode(),
        f"残疾人证号,姓名\n{NUMBER},样本云\n".encode("gb18030"),
        f"残疾人证号\t姓名\n{NUMBER}\t样本云\n".encode(),
        f"证号;姓名\n{NUMBER};样本云\n".encode(),
        f'我们的编号,姓名,证号,备注\n7,样本云,{NUMBER},"一,二"\n'.encode(),
        f'Number, Name\n="{NUMBER}",　样本云\u00a0\n'.encode(),
    ],
)
def test_a_table_is_read_whatever_it_is_saved_as(content: bytes) -> None:
    (row,) = rows_of(content)

    assert (row.values, row.problem, row.line) == ({"number": NUMBER, "name": "样本云"}, None, 2)


def test_lines_of_json_are_read_alike() -> None:
    content = f'{{"number": "{NUMBER}", "姓名": "样本云", "own": 1}}\n\n[]\n{{"number": 1.1e17}}\nno\n'.encode()

    rows = rows_of(content, written_as=InputFormat.NDJSON)

    assert [(row.line, row.values, row.problem and row.problem.code) for row in rows] == [
        (1, {"number": NUMBER, "name": "样本云"}, None),
        (3, {}, "row_unreadable"),
        (4, {}, "row_unreadable"),
        (5, {}, "row_unreadable"),
    ]


@pytest.mark.parametrize("content", [b"\xff\xfen\x00", b"a,\xff\xff\n", b"number\0,name\n", b"a" * 20_000])
def test_what_is_no_table_is_refused_before_any_row(content: bytes) -> None:
    with pytest.raises((InputUnreadable, ColumnsMissing)):
        a_table(content)


def test_a_character_that_is_cut_between_two_pieces_is_still_one() -> None:
    sought, whole = EncodingSought(), "姓名".encode()
    sought.look_at(whole[:4])
    sought.look_at(whole[4:])

    assert sought.found() is Encoding.UTF_8


@pytest.mark.parametrize("head", ["name,citizen_number", "", "number,number", ",".join(f"c{n}" for n in range(101))])
def test_a_table_without_a_column_that_is_needed_is_refused_by_name(head: str) -> None:
    with pytest.raises(ColumnsMissing):
        a_table(f"{head}\n1\n".encode())


def test_a_row_with_a_problem_stops_no_other() -> None:
    text = f'{HEAD}1.10105E+17,甲\n,乙\n{NUMBER},=cmd()\n"open,丙\n{NUMBER},丁,extra\n{NUMBER},戊\n'

    assert problems_of(text) == [
        "spreadsheet_damage",
        "nothing_in_column",
        "formula",
        "row_unreadable",
        "row_unreadable",
        None,
    ]


def test_a_cell_may_go_over_several_lines_and_the_next_row_knows_its_own() -> None:
    rows = rows_of(f'number,name,note\n{NUMBER},甲,"one\ntwo"\n\n{NUMBER},乙,\n'.encode())

    assert [(row.line, row.values["name"]) for row in rows] == [(2, "甲"), (5, "乙")]


def test_stray_quotes_in_two_rows_do_not_make_one_of_them() -> None:
    rows = rows_of(f'{HEAD}{NUMBER},5" x\n{NUMBER},6" y\n'.encode())

    assert [(row.line, row.values["name"]) for row in rows] == [(2, '5" x'), (3, '6" y')]


def test_a_row_that_is_not_whole_yet_waits_for_the_next_piece() -> None:
    table = a_table(f"{HEAD}{NUMBER},样本云\n".encode())
    piece = f"{NUMBER},样本云\n{NUMBER},样".encode()

    reading = read_rows(piece, table, COLUMNS, after_line=1, at_most=10, is_last=False)

    assert (len(reading.rows), reading.lines) == (1, 1)
    assert piece[reading.consumed :] == f"{NUMBER},样".encode()


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=20), at_most=st.integers(1, 7))
def test_however_it_is_cut_into_chunks_a_table_gives_the_same_rows(rows: list[tuple[str, str]], at_most: int) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("number", "name"), *rows])
    content = written.getvalue().encode()

    assert rows_of(content, at_most=at_most) == rows_of(content)
    assert len(rows_of(content)) == sum(any(row) for row in rows)


@given(CELLS)
def test_what_we_write_is_never_computed_and_is_read_back(text: str) -> None:
    written = written_cell(text)

    assert not written.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert read_cell(written) == read_cell(text) or text.startswith("'")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("=1+1", "formula"),
        ("@SUM(1)", "formula"),
        ("+cmd|'/c calc'!A0", "formula"),
        ("＝1", "formula"),
        ("#REF!", "formula"),
        ("-", None),
        ("+86 994 2340000", None),
        ("-12.5", None),
        ("样本·云", None),
    ],
)
def test_a_formula_is_told_from_a_number_and_a_telephone(text: str, problem: str | None) -> None:
    assert problem_of(text, is_number=False) == problem


@pytest.mark.parametrize("text", ["45322", "1", "45322.5"])
def test_a_day_that_a_spreadsheet_counts_is_recognised(text: str) -> None:
    assert problem_of(text, is_number=False, is_day=True) == "day_as_number"
    assert problem_of("20240131", is_number=False, is_day=True) is None


@pytest.mark.parametrize("text", ["1.10105E+17", "1.1E17", "6.5e+19"])
def test_a_number_that_a_spreadsheet_has_rounded_is_recognised(text: str) -> None:
    assert problem_of(text, is_number=True) == "spreadsheet_damage"
    assert problem_of(text, is_number=False) is None


def test_a_number_whose_end_became_zeros_is_recognised() -> None:
    assert is_zeroed("990101190001010000")
    assert is_zeroed("99010119000101000000"[:20])
    assert not is_zeroed(NUMBER)
