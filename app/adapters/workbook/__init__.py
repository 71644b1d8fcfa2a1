"""Reading spreadsheets (XLSX, ECMA-376) that strangers send: a stream of rows, of bounded size and work."""

from app.adapters.workbook.reader import BoundedWorkbooks

__all__ = ["BoundedWorkbooks"]
