"""The log as a table for a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from flask_babel import gettext as _

from core.history.lines import Line

BYTE_ORDER_MARK = "\ufeff"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def as_table(lines: Iterable[Line]) -> str:
    """Lines as semicolon-separated text that spreadsheets of our countries open as it is."""
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        (
            _("Number"),
            _("When"),
            _("Who"),
            _("On behalf of"),
            _("What"),
            _("Kind"),
            _("Name"),
            _("Which information"),
            _("Reason"),
        )
    )
    for line in lines:
        writer.writerow(_plain(cell) for cell in _cells(line))
    return text.getvalue()


def _cells(line: Line) -> Iterator[str]:
    yield str(line.number)
    yield line.at.isoformat(timespec="seconds")
    yield line.who
    yield line.for_whom
    yield line.what
    yield line.subject_title
    yield line.subject
    yield ", ".join(line.fields)
    yield line.reason


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
