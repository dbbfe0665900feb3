"""The list of what is due, and the button that says it is done."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.access import service as access
from core.documents.sheets import MEDIA_TYPES, Format
from core.obligations import filters, service, subjects
from core.web.languages import current_language
from core.web.pages import own_path

obligations = Blueprint("agreements_obligations", __name__, url_prefix="/t/<slug>/obligations")


@obligations.get("")
def due_list() -> str:
    """What is late and what is due within twelve months."""
    chosen, form = filters.read(request.args)
    language = current_language()
    return render_template(
        "obligations/list.html",
        found=service.page(request.args.get("page", default=1, type=int), *filters.conditions(chosen)),
        may_do=access.decide("obligation:do").allowed,
        chosen=chosen,
        address=filters.address(chosen),
        form=form,
        fields={key: one.in_language(language) for key, one in filters.FIELDS.items()},
        when={key: one.in_language(language) for key, one in filters.WHEN.items()},
        kinds={key: one.in_language(language) for key, one in filters.KINDS.items()},
        types=subjects.types(),
        most_rows=filters.MOST_ROWS,
    )


@obligations.get("/export.xlsx")
def xlsx() -> Response:
    """The list for a spreadsheet."""
    return _file("xlsx")


@obligations.get("/export.csv")
def csv() -> Response:
    """The list for other programs."""
    return _file("csv")


def _file(kind: Format) -> Response:
    chosen, _form = filters.read(request.args)
    name, content = filters.export(kind, chosen)
    answer = send_file(content, MEDIA_TYPES[kind], as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@obligations.post("/<uuid:obligation_id>/done")
def done(obligation_id: UUID) -> Response:
    """Mark a promise as kept and go back to where the button stood."""
    service.mark_done(obligation_id)
    flash(_("Marked as done."), "success")
    return redirect(
        own_path(request.form.get("next") or url_for("agreements_obligations.due_list")), code=303
    )
