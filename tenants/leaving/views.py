"""The pages below the settings where everything is taken out, and where the tenant leaves."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access.freshness import fresh
from core.kernel.errors import Invalid
from core.tenancy.closing import WAITING_DAYS
from core.tenancy.gate import open_when_suspended
from core.tenancy.service import current_tenant
from core.web.forms import FormState, read_form, with_errors
from tenants.leaving import service
from tenants.leaving.schemas import ClosingForm

leaving = Blueprint("tenants_leaving", __name__, url_prefix="/t/<slug>/settings")


@leaving.get("/data")
def data() -> str:
    """What an archive holds, and those that were made."""
    return render_template("tenants/leaving/data.html", archives=service.archives())


@leaving.post("/data")
@open_when_suspended
@fresh
def make() -> ResponseReturnValue:
    """Let an archive be made."""
    service.ask_for_archive()
    flash(_("The archive is being made. Come back in a few minutes."), "success")
    return redirect(url_for("tenants_leaving.data"), code=303)


@leaving.get("/data/<uuid:export_id>")
@fresh
def archive(export_id: UUID) -> ResponseReturnValue:
    """A finished archive."""
    name, whole = service.fetch(export_id)
    answer = send_file(whole, "application/zip", as_attachment=True, download_name=name, max_age=0)
    answer.cache_control.no_store = True
    return answer


@leaving.get("/closing")
def closing() -> str:
    """What leaving means, when it happens, and how it is taken back."""
    return _closing_page(FormState())


@leaving.post("/closing")
@open_when_suspended
@fresh
def close() -> ResponseReturnValue:
    """Begin the waiting period."""
    service.require()
    loaded, form = read_form(ClosingForm(), request.form)
    if loaded is None:
        return _closing_page(form), 422
    try:
        waits = service.ask_to_close(loaded["name"], loaded["reason"])
    except Invalid as problem:
        return _closing_page(with_errors(form, problem.fields)), problem.status
    if waits:
        flash(_("A colleague must approve it first. Those who may have got a mail."), "info")
        return redirect(url_for("access_approvals.page"), code=303)
    flash(_("Everybody who works here gets a mail. An archive of everything is being made."), "success")
    return redirect(url_for("tenants_leaving.closing"), code=303)


@leaving.post("/closing/take-back")
@open_when_suspended
def take_back() -> ResponseReturnValue:
    """Stay after all."""
    service.take_back()
    flash(_("You stay. Nothing is deleted, and everybody who works here gets a mail."), "success")
    return redirect(url_for("tenants_leaving.closing"), code=303)


def _closing_page(form: FormState) -> str:
    return render_template(
        "tenants/leaving/closing.html",
        archives=service.archives(),
        tenant=current_tenant(),
        days=WAITING_DAYS,
        form=form,
    )
