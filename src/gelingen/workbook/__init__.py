"""The county's workbook: written as a template, read and checked, written back.

Pure: it knows files, sheets and values, and neither records nor a database.
"""

from gelingen.workbook.declare import Book, Column, Kind, Problem, Row, Sheet
from gelingen.workbook.export import write_book
from gelingen.workbook.reading import read_book
from gelingen.workbook.report import describe
from gelingen.workbook.template import write_template

__all__ = [
    "Book",
    "Column",
    "Kind",
    "Problem",
    "Row",
    "Sheet",
    "describe",
    "read_book",
    "write_book",
    "write_template",
]
