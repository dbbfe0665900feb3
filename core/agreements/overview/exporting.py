"""The list of agreements as a file: the rows of the filters, as far as the member may read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from flask_babel import gettext

from core.access import service as access
from core.agreements.overview import listing
from core.agreements.overview.filters import COLUMNS, Choices, Filters
from core.agreements.overview.listing import Row
from core.agreements.states import TITLES
from core.documents.sheets import Cell, Format, sheet
from core.kernel import audit, clock
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant
from core.web.languages import current_language

MOST_ROWS: Final = 10_000


@dataclass(frozen=True)
class Exported:
    """A file with the name under which it is saved."""

    name: str
    content: IO[bytes]


def export(kind: Format, filters: Filters, known: Choices) -> Exported:
    """Write the list into a file; who did, and which filters were set, stands in the log."""
    access.require(listing.READ)
    tenant, title = current_tenant(), gettext("Agreements")
    with unit_of_work():
        content = sheet(kind, title, _headings(), _cells(filters, known, tenant.timezone))
        audit.record("agreements.exported", "agreement_list", tenant.id, fields=filters.names)
    return Exported(named(title, kind, tenant.timezone), content)


def named(title: str, kind: Format, timezone: str) -> str:
    """The name of a file of today."""
    return f"{title.casefold()}-{clock.today(timezone).isoformat()}.{kind}"


def _headings() -> list[str]:
    language = current_language()
    return [
        gettext("Title"),
        *(COLUMNS[name].in_language(language) for name in ("status", "type", "parties")),
        gettext("Organisation number"),
        *(COLUMNS[name].in_language(language) for name in ("unit", "adviser", "starts", "ends", "changed")),
    ]


def _cells(filters: Filters, known: Choices, timezone: str) -> Iterator[list[Cell]]:
    """One row more than fits is asked for, so that a file that is cut off says so in its last line."""
    rows = listing.every(filters, known, most=MOST_ROWS + 1)
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            yield [gettext("There are more agreements. A file holds at most %(num)s.", num=MOST_ROWS)]
            return
        yield _line(row, timezone)


def _line(row: Row, timezone: str) -> list[Cell]:
    return [
        row.title,
        TITLES[row.status].in_language(current_language()),
        row.type_title,
        row.parties,
        row.numbers,
        row.unit,
        row.adviser,
        row.starts_on,
        row.ends_on,
        clock.local(row.changed_at, timezone).date(),
    ]
