"""Reading tables that people and programs send: whatever encoding, format or spreadsheet they come from."""

from app.domain.job.reading.cells import CellProblem, is_zeroed, problem_of, read_cell, written_cell
from app.domain.job.reading.encoding import Encoding, EncodingSought, InputUnreadable
from app.domain.job.reading.rows import Reading, Row, RowFault, RowProblem, read_rows
from app.domain.job.reading.sheet import SheetRow, lines_of, table_of_sheet
from app.domain.job.reading.table import MAX_COLUMNS, OURS, PROBLEM_COLUMNS, ColumnsMissing, InputFormat, Table

__all__ = [
    "MAX_COLUMNS",
    "OURS",
    "PROBLEM_COLUMNS",
    "CellProblem",
    "ColumnsMissing",
    "Encoding",
    "EncodingSought",
    "InputFormat",
    "InputUnreadable",
    "Reading",
    "Row",
    "RowFault",
    "RowProblem",
    "SheetRow",
    "Table",
    "is_zeroed",
    "lines_of",
    "problem_of",
    "read_cell",
    "read_rows",
    "table_of_sheet",
    "written_cell",
]
