"""Tables as files for spreadsheets, written row by row: XLSX, and CSV as Excel reads it in the North.

What people wrote stays text: a cell that begins like a formula is never one.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, Literal, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

Format = Literal["xlsx", "csv"]
MEDIA_TYPES: Final[dict[Format, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
IN_MEMORY: Final = 1 << 20
WIDTH: Final = 24
LONGEST_TITLE: Final = 31
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_TITLE: Final = re.compile(r"[\[\]:*?/\\]")

Cell = str | int | date | None


def sheet(kind: Format, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """A file with a table, open at its beginning; a large one lies on disk. The caller closes it."""
    file = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  the caller closes it
    write = _write_xlsx if kind == "xlsx" else _write_csv
    write(file, title, headings, rows)
    file.seek(0)
    return file


def _write_csv(file: IO[bytes], _title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Semicolons and a byte order mark, or Excel puts every line into one cell and breaks æ, ø and å."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(headings)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    text.detach()


def _harmless(cell: Cell) -> str:
    """The text of a cell; an apostrophe keeps it text where it would be computed."""
    if isinstance(cell, date):
        return cell.isoformat()
    written = "" if cell is None else str(cell)
    return f"'{written}" if isinstance(cell, str) and written.lstrip(" ").startswith(FORMULA) else written


def _write_xlsx(file: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet(_NO_TITLE.sub(" ", title)[:LONGEST_TITLE])
    page.freeze_panes = "A2"
    for number in range(len(headings)):
        page.column_dimensions[chr(ord("A") + number)].width = WIDTH
    page.append([_cell(page, one, bold=True) for one in headings])
    for row in rows:
        page.append([_cell(page, one) for one in row])
    book.save(file)


def _cell(page: Any, value: Cell, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(page, value=_UNFIT.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if bold:
        cell.font = Font(bold=True)
    return cell
