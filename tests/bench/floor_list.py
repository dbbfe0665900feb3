"""The floor's list of agreements: three statements, written by hand, and the product's template."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, Final

from flask import render_template, request

from core.agreements.overview.exporting import MOST_ROWS
from core.agreements.overview.filters import Choices, Filters, chips
from core.agreements.overview.list_page import TEMPLATE, texts_in
from core.agreements.overview.listing import MOST_COUNTED, PAGE_LENGTH, Found, Row
from core.agreements.states import Status
from core.kernel import clock
from core.web.forms import FormState
from tests.bench import queries

All = Callable[..., list[Any]]
LISTS: Final = {"list": "", "filtered": "?status=active", "searched": "?q=samarbeid"}
"""Addresses of the list that are measured."""


def list_of(
    ask: All, tenant_id: Any, frame: Any, known: Choices, *, type_title: str, language: str, timezone: str
) -> str:
    """The first page, by status and by one word."""
    filters = Filters(q=request.args.get("q", ""), status=tuple(request.args.getlist("status")))
    asked = {
        "tenant": tenant_id,
        "today": clock.today(timezone),
        "status": list(filters.status),
        "word": filters.q,
        "after": f"{filters.q}\U0010ffff",
    }
    total = ask(queries.counted(filters), **asked, most=MOST_COUNTED + 1)[0].total
    rows = [_row(one, known, type_title) for one in ask(queries.listed(filters), **asked, most=PAGE_LENGTH)]
    is_more, total = total > MOST_COUNTED, min(total, MOST_COUNTED)
    return render_template(
        TEMPLATE,
        frame=frame,
        found=Found(rows, total, is_more, 1, max(1, -(-total // PAGE_LENGTH))),
        filters=filters,
        form=FormState({one.name: getattr(filters, one.name) for one in fields(filters)}),
        wrong=[],
        chips=chips(filters, known, language),
        known=known,
        texts=texts_in(language),
        views=ask(queries.VIEWS, tenant=tenant_id),
        keeping=FormState({}, prefix="view"),
        may_share=True,
        may_write=True,
        most_rows=MOST_ROWS,
    )


def _row(one: Any, known: Choices, type_title: str) -> Row:
    return Row(
        one.id,
        one.title,
        type_title,
        Status(one.status),
        one.parties or "",
        "",
        known.units.get(str(one.unit_id), ""),
        one.adviser,
        one.starts_on,
        one.ends_on,
        one.changed_at,
    )
