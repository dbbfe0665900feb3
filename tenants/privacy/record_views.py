"""Pages about all categories of personal data: the record of processing, and what is due."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import service as access
from core.kernel import clock
from core.plugin_host.privacy import PersonalData
from core.privacy import periods
from core.privacy.declared import personal_data_in_force
from core.privacy.inquiries import MANAGE
from core.privacy.papers import period_words, record_columns, record_csv, record_pdf, record_row
from core.web.languages import current_language

record = Blueprint("tenants_privacy_record", __name__, url_prefix="/t/<slug>/privacy")


@record.get("/record")
def page() -> str:
    """The record of processing, made from what the modules in use declare."""
    categories, language = _categories(), current_language()
    return render_template(
        "tenants/privacy/record.html",
        columns=record_columns(),
        rows=[(data.title.in_language(language), record_row(data, language)) for data in categories],
    )


def _categories() -> list[PersonalData]:
    access.require(MANAGE)
    return personal_data_in_force()


@record.get("/record.csv")
def as_table() -> Response:
    """The record for a spreadsheet."""
    return _file(record_csv(_categories(), current_language()).encode(), "text/csv", "record.csv")


@record.get("/record.pdf")
def as_paper() -> Response:
    """The record on paper."""
    content = record_pdf(_categories(), current_language(), clock.now())
    return _file(content, "application/pdf", "record.pdf")


@record.get("/periods")
def due() -> str:
    """What is due, and what goes by itself."""
    language = current_language()
    waiting = periods.due()
    return render_template(
        "tenants/privacy/periods.html",
        due=[(one.data.key, one.data.title.in_language(language), one.count) for one in waiting],
        rules=[
            (data.title.in_language(language), period_words(data.retention, language), data.automatic)
            for data in _categories()
        ],
    )


@record.post("/periods")
def let_go() -> ResponseReturnValue:
    """Erase what is due in one category."""
    periods.let_go(request.form.get("key", ""))
    flash(_("What is due is being erased. Load the page again in a moment."), "success")
    return redirect(url_for("tenants_privacy_record.due"), code=303)


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = make_response(content)
    response.mimetype = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
