"""Pages about tenants and about the queue."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import visits
from core.access.views import home_of
from core.kernel.errors import Message
from core.platform import jobs as queue
from core.platform import tenants
from core.platform.guard import PREFIX, only_operators
from core.platform.schemas import ReasonForm
from core.web.forms import FormState, read_form
from core.web.languages import current_language

tenants_pages = Blueprint("platform_tenants", __name__, url_prefix=PREFIX)
tenants_pages.before_app_request(only_operators)
jobs_pages = Blueprint("platform_jobs", __name__, url_prefix=f"{PREFIX}/jobs")


@tenants_pages.get("")
def page() -> str:
    """Every tenant and its state."""
    return render_template("platform/tenants.html", tenants=tenants.overview(current_language()))


@tenants_pages.get("/tenants/<uuid:tenant_id>")
def one(tenant_id: UUID) -> str:
    """One tenant, and what can be done."""
    return _tenant_page(tenant_id, FormState())


@tenants_pages.post("/tenants/<uuid:tenant_id>/confirm")
def confirm(tenant_id: UUID) -> ResponseReturnValue:
    """Say that its people speak for it."""
    tenants.confirm(tenant_id)
    return _done(tenant_id, _("The organisation is confirmed. It can now send to others."))


@tenants_pages.post("/tenants/<uuid:tenant_id>/release")
def release(tenant_id: UUID) -> ResponseReturnValue:
    """Free its place."""
    tenants.release(tenant_id)
    return _done(tenant_id, _("The place is free. Those who speak for the organisation can sign up."))


@tenants_pages.post("/tenants/<uuid:tenant_id>/suspend")
def suspend(tenant_id: UUID) -> ResponseReturnValue:
    """Let it only read, for a reason."""
    loaded, form = read_form(ReasonForm(), request.form)
    if loaded is None:
        return _tenant_page(tenant_id, form), 422
    tenants.suspend(tenant_id, loaded["reason"])
    return _done(tenant_id, _("The organisation is suspended. Its people can read and take their data out."))


@tenants_pages.post("/tenants/<uuid:tenant_id>/lift")
def lift(tenant_id: UUID) -> ResponseReturnValue:
    """End its suspension."""
    tenants.lift(tenant_id)
    return _done(tenant_id, _("The suspension is lifted."))


@tenants_pages.post("/tenants/<uuid:tenant_id>/visit")
def visit(tenant_id: UUID) -> ResponseReturnValue:
    """Read in it for an hour, for a reason that its people see."""
    loaded, form = read_form(ReasonForm(), request.form)
    if loaded is None:
        return _tenant_page(tenant_id, FormState(), form), 422
    slug = tenants.one(tenant_id).slug
    visits.begin(tenant_id, loaded["reason"])
    return redirect(home_of(slug), code=303)


@tenants_pages.post("/tenants/<uuid:tenant_id>/leave")
def leave(tenant_id: UUID) -> ResponseReturnValue:
    """End one's own visit."""
    visits.leave(tenant_id)
    return _done(tenant_id, _("The visit is over."))


@jobs_pages.get("", endpoint="page")
def jobs() -> str:
    """What waits, and what was given up."""
    state, failed = queue.overview()
    return render_template("platform/jobs.html", queue=state, failed=failed)


@jobs_pages.post("/<int:job_id>/again")
def again(job_id: int) -> ResponseReturnValue:
    """Let a failed job begin anew."""
    queue.try_again(job_id)
    flash(_("The job begins anew."), "success")
    return redirect(url_for("platform_jobs.page"), code=303)


@jobs_pages.post("/<int:job_id>/forget")
def forget(job_id: int) -> ResponseReturnValue:
    """Forget a failed job."""
    queue.give_up(job_id)
    flash(_("The job is off the list. What it should have done is not done."), "success")
    return redirect(url_for("platform_jobs.page"), code=303)


def _done(tenant_id: UUID, message: Message) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("platform_tenants.one", tenant_id=tenant_id), code=303)


def _tenant_page(tenant_id: UUID, suspension: FormState, visit: FormState | None = None) -> str:
    tenant = tenants.one(tenant_id)
    return render_template(
        "platform/tenant.html",
        tenant=tenant,
        is_visiting=visits.is_visiting(tenant_id),
        form=suspension,
        visit_form=replace(visit or FormState(), prefix="visit"),
    )
