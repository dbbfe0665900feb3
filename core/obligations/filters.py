"""What the list of deadlines is filtered by, and the list as a file."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import IO, Any, Final
from urllib.parse import urlencode

from flask_babel import gettext
from sqlalchemy import ColumnElement
from werkzeug.datastructures import MultiDict

from core.access import service as access
from core.documents.sheets import Cell, Format, sheet
from core.kernel import audit, clock
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service, subjects
from core.obligations.models import Obligation
from core.plugin_host.wording import Wording
from core.tenancy.service import current_tenant
from core.web.fields import Choice, Tick
from core.web.forms import FormSchema, FormState, read_form
from core.web.languages import current_language

MOST_ROWS: Final = 10_000
LATE: Final = "late"
FIELDS: Final[Mapping[str, Wording]] = {
    "when": Wording(nb="Når", da="Hvornår", en="When"),
    "kind": Wording(nb="Slags", da="Slags", en="Kind"),
    "type": Wording(nb="Avtaletype", da="Aftaletype", en="Type of agreement"),
    "mine": Wording(nb="Bare mine avtaler", da="Kun mine aftaler", en="My agreements only"),
}
WHEN: Final[Mapping[str, Wording]] = {
    LATE: Wording(nb="Forsinket", da="Overskredet", en="Late"),
    "30": Wording(nb="Neste 30 dager", da="Næste 30 dage", en="Next 30 days"),
    "90": Wording(nb="Neste 90 dager", da="Næste 90 dage", en="Next 90 days"),
}
KINDS: Final[Mapping[str, Wording]] = {
    "meeting": Wording(nb="Møter", da="Møder", en="Meetings"),
    "evaluation": Wording(nb="Evalueringer", da="Evalueringer", en="Evaluations"),
    "report": Wording(nb="Rapporter", da="Rapporter", en="Reports"),
    "contact_list": Wording(nb="Kontaktlister", da="Kontaktlister", en="Contact lists"),
    service.EXPIRY: Wording(nb="Avtaler som går ut", da="Aftaler, der udløber", en="Agreements that end"),
}


def read(arguments: MultiDict[str, str]) -> tuple[dict[str, Any], FormState]:
    """The filters that an address asks for; what is wrong in it asks for nothing and has its message."""
    access.require(service.READ)
    form = FormSchema.from_dict(
        {"when": Choice(WHEN), "kind": Choice(KINDS), "type": Choice(subjects.types()), "mine": Tick()}
    )()
    loaded, state = read_form(form, arguments)
    if loaded is None:
        right = [(name, one) for name, one in arguments.items() if name not in state.errors]
        loaded, _again = read_form(form, MultiDict(right))
    return {name: value for name, value in (loaded or {}).items() if value}, state


def address(filters: Mapping[str, Any]) -> str:
    """What stands after the question mark."""
    return urlencode({name: "on" if value is True else value for name, value in filters.items()})


def conditions(filters: Mapping[str, Any]) -> Iterator[ColumnElement[bool]]:
    """The filters in SQL."""
    today = clock.today(current_tenant().timezone)
    if filters.get("when"):
        yield _due(filters["when"], today)
    if filters.get("kind"):
        yield Obligation.kind == filters["kind"]
    mine = access.require_member().account_id if filters.get("mine") else None
    yield subjects.chosen(subjects.Selection(account_id=mine, type_key=filters.get("type", "")))


def _due(when: str, today: date) -> ColumnElement[bool]:
    if when == LATE:
        return Obligation.due_on < today
    return Obligation.due_on.between(today, today + timedelta(days=int(when)))


def export(kind: Format, filters: Mapping[str, Any]) -> tuple[str, IO[bytes]]:
    """The list as a file with its name; who made it, and which filters were set, stands in the log."""
    access.require(service.READ)
    tenant, title = current_tenant(), gettext("Deadlines")
    with unit_of_work():
        promises = service.every(*conditions(filters), most=MOST_ROWS + 1)
        content = sheet(kind, title, _headings(), _cells(promises))
        audit.record("obligations.exported", "deadline_list", tenant.id, fields=filters)
    return f"{title.casefold()}-{clock.today(tenant.timezone).isoformat()}.{kind}", content


def _headings() -> list[str]:
    return [
        gettext("What"),
        FIELDS["kind"].in_language(current_language()),
        gettext("When"),
        gettext("Agreement"),
        gettext("Called by"),
        gettext("Status"),
    ]


def _cells(promises: list[service.Promise]) -> Iterator[list[Cell]]:
    language = current_language()
    for one in promises[:MOST_ROWS]:
        kind = KINDS[one.kind].in_language(language) if one.kind in KINDS else one.kind
        standing = gettext("Late") if one.is_late else gettext("Planned")
        yield [one.title, kind, one.due_on, one.subject_title, one.called_by, standing]
    if len(promises) > MOST_ROWS:
        yield [gettext("There are more deadlines. A file holds at most %(num)s.", num=MOST_ROWS)]
