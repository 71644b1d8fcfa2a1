"""Reading tables that people and programs send: whatever encoding, format or spreadsheet they come from."""

from app.domain.job.reading.cells import CellProblem, is_zeroed, problem_of, read_cell, written_cell
from app.domain.job.reading.encoding import Encoding, EncodingSought, InputUnreadable
from app.domain.job.reading.rows import Reading, Row, RowFault, RowProblem, read_rows
from app.domain.job.reading.table import OURS, PROBLEM_COLUMNS, ColumnsMissing, InputFormat, Table

__all__ = [
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
    "Table",
    "is_zeroed",
    "problem_of",
    "read_cell",
    "read_rows",
    "written_cell",
]
