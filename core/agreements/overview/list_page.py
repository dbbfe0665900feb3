"""What the page of the list shows: form, chips, rows, and the views that people keep."""

from typing import Any, Final
from urllib.parse import parse_qsl

from flask import Response, make_response, request, url_for
from werkzeug.datastructures import MultiDict

from core.access import service as access
from core.agreements.overview import listing, saved
from core.agreements.overview.exporting import MOST_ROWS
from core.agreements.overview.filters import (
    COLUMNS,
    FIELDS,
    SECTORS,
    SORTS,
    Choices,
    Filters,
    chips,
    read_filters,
)
from core.agreements.states import TITLES, Status
from core.plugin_host.wording import Wording
from core.web.forms import FormState
from core.web.htmx import is_fragment, page_or_fragment
from core.web.languages import current_language

LONGEST_NUMBER: Final = 9
TEMPLATE: Final = "agreements/list.html"
ALSO: Final = {
    "columns": Wording(nb="Kolonner", da="Kolonner", en="Columns"),
    "sort": Wording(nb="Rekkefølge", da="Rækkefølge", en="Order"),
}


def asked(known: Choices, address: str | None = None) -> tuple[Filters, FormState]:
    """The filters of this request, or of a saved address."""
    pairs = MultiDict(parse_qsl(address)) if address is not None else request.args
    return read_filters(pairs, known)


def list_page(keeping: FormState | None = None) -> Response:
    """The list as the address asks for it; ``keeping`` is the form of a new view that came back."""
    known = listing.choices()
    filters, form = asked(known)
    language = current_language()
    shown = page_or_fragment(
        TEMPLATE,
        "found",
        found=listing.find(filters, known, page=_page_number()),
        filters=filters,
        form=form,
        wrong=_wrong(form, language),
        chips=chips(filters, known, language),
        known=known,
        texts=texts_in(language),
        views=saved.views(),
        keeping=keeping or FormState({}, prefix="view"),
        may_share=saved.may_share(),
        may_write=access.decide("agreement:write").allowed,
        most_rows=MOST_ROWS,
    )
    answer = make_response(shown)
    if is_fragment():
        answer.headers["HX-Push-Url"] = list_url(filters)
    return answer


def list_url(filters: Filters) -> str:
    """The address of the list with some filters, the shortest one."""
    here = url_for("agreements_overview.agreements")
    return f"{here}?{filters.address}" if filters.address else here


def gone(view: saved.View, known: Choices) -> list[str]:
    """The filters of a view that ask for something that is no longer here."""
    _filters, form = asked(known, view.address)
    return _wrong(form, current_language())


def _wrong(form: FormState, language: str) -> list[str]:
    words = {**FIELDS, **ALSO}
    return [words[name.partition(".")[0]].in_language(language) for name in form.errors]


def _page_number() -> int:
    typed = request.args.get("page", "1")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 1


def texts_in(language: str) -> dict[str, Any]:
    """Every word of the filters in the reader's language, by what it is a word of."""
    return {
        "fields": {key: one.in_language(language) for key, one in FIELDS.items()},
        "status": {one.value: TITLES[one].in_language(language) for one in Status},
        "sectors": {key: one.in_language(language) for key, one in SECTORS.items()},
        "columns": {key: one.in_language(language) for key, one in COLUMNS.items()},
        "sorts": {key: one.in_language(language) for key, one in SORTS.items()},
    }
