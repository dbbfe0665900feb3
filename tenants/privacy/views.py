"""Pages of the data-protection officer. A name or an address never stands in the address of a page."""

from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import service as access
from core.access.approvals import service as approvals
from core.access.freshness import fresh
from core.kernel.errors import Conflict, Invalid
from core.kernel.ids import parse_id
from core.plugin_host.privacy import PersonFound, PersonKey
from core.privacy import erasures, exports, holds, inquiries
from core.privacy.declared import titles_in
from core.privacy.papers import certificate_pdf, outcome_words, record_labels, who_decided
from core.tenancy.service import current_tenant
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import LANGUAGES, current_language
from tenants.privacy.schemas import ErasureForm, ExportForm, HoldForm, InquiryForm, SearchForm

privacy = Blueprint("tenants_privacy", __name__, url_prefix="/t/<slug>/privacy")


@privacy.get("")
def page() -> str:
    """Look for a person; the newest inquiries, erasures and holds."""
    return _page(FormState(), None)


@privacy.post("/search")
def search() -> ResponseReturnValue:
    """Whom a name or an address belongs to."""
    loaded, state = read_form(SearchForm(), request.form)
    if loaded is None:
        return _page(state, None), 422
    try:
        return _page(state, inquiries.search(loaded["text"]))
    except Invalid as problem:
        return _page(with_errors(state, problem.fields), None), problem.status


def _page(form: FormState, found: list[PersonFound] | None) -> str:
    recent, runs = inquiries.recent(), erasures.recent()
    names = access.names_of([one.opened_by for one in recent] + [one.asked_by for one in runs])
    return render_template(
        "tenants/privacy/page.html",
        form=form,
        found=found,
        inquiries=recent,
        erasures=runs,
        holds=holds.in_force(),
        names=names,
        language=current_language(),
    )


@privacy.post("/inquiries")
def open_inquiry() -> ResponseReturnValue:
    """Begin to look at somebody whom the search found."""
    loaded, state = read_form(InquiryForm(), request.form)
    if loaded is None:
        return _page(state, None), 422
    emails = frozenset({loaded["email"].casefold()}) if loaded["email"] else frozenset[str]()
    who = PersonKey(parse_id(loaded["person_id"]), parse_id(loaded["account_id"]), emails)
    try:
        inquiry_id = inquiries.open_inquiry(who)
    except Invalid as problem:
        return _page(with_errors(FormState(), problem.fields), None), problem.status
    return redirect(url_for("tenants_privacy.inquiry", inquiry_id=inquiry_id), code=303)


@privacy.get("/inquiries/<uuid:inquiry_id>")
def inquiry(inquiry_id: UUID) -> str:
    """Everything that is kept about a person."""
    return _inquiry(inquiry_id)


def _inquiry(inquiry_id: UUID, **forms: FormState) -> str:
    row = inquiries.find(inquiry_id)
    is_erased = inquiries.key_of(row).is_nobody
    found = None if is_erased else inquiries.look(inquiry_id)
    return render_template(
        "tenants/privacy/inquiry.html",
        inquiry=row,
        found=found,
        holds=holds.holding(found.who) if found else [],
        exports=exports.of_inquiry(inquiry_id),
        erasures=erasures.of_inquiry(inquiry_id),
        titles=titles_in(current_language()),
        labels=record_labels(current_language()),
        languages=tuple(LANGUAGES.items()),
        forms={"export": FormState({"language": current_tenant().language}), "hold": FormState()} | forms,
    )


@privacy.post("/inquiries/<uuid:inquiry_id>/export")
@fresh
def export(inquiry_id: UUID) -> ResponseReturnValue:
    """Have everything collected in a file."""
    inquiries.find(inquiry_id)
    loaded, state = read_form(ExportForm(), request.form)
    if loaded is None:
        return _inquiry(inquiry_id, export=state), 422
    exports.ask(inquiry_id, loaded["language"])
    flash(_("The file is being made. Load the page again in a moment."), "success")
    return redirect(url_for("tenants_privacy.inquiry", inquiry_id=inquiry_id), code=303)


@privacy.get("/exports/<uuid:export_id>/person.zip")
@fresh
def download(export_id: UUID) -> Response:
    """The file with everything about a person."""
    return _file(exports.download(export_id), exports.ZIP, "person.zip")


@privacy.post("/inquiries/<uuid:inquiry_id>/hold")
def hold(inquiry_id: UUID) -> ResponseReturnValue:
    """Keep a person's data from being erased."""
    inquiries.find(inquiry_id)
    loaded, state = read_form(HoldForm(), request.form)
    if loaded is None:
        return _inquiry(inquiry_id, hold=state), 422
    holds.place(inquiry_id, loaded["reason"], loaded["until"])
    flash(_("The data cannot be erased until you lift this."), "success")
    return redirect(url_for("tenants_privacy.inquiry", inquiry_id=inquiry_id), code=303)


@privacy.post("/holds/<uuid:hold_id>/lift")
def lift(hold_id: UUID) -> ResponseReturnValue:
    """Let the data be erased again."""
    holds.lift(hold_id)
    flash(_("The data can be erased again."), "success")
    return redirect(url_for("tenants_privacy.page"), code=303)


@privacy.get("/inquiries/<uuid:inquiry_id>/erase")
@fresh
def ask_to_erase(inquiry_id: UUID) -> str:
    """What would be erased, what stays and why, before anything is done."""
    return _erase_page(inquiry_id, FormState())


@privacy.post("/inquiries/<uuid:inquiry_id>/erase")
@fresh
def erase(inquiry_id: UUID) -> ResponseReturnValue:
    """Have the person erased, or ask a colleague to approve it."""
    inquiries.find(inquiry_id)
    loaded, state = read_form(ErasureForm(), request.form)
    if loaded is None:
        return _erase_page(inquiry_id, state), 422
    try:
        run = erasures.ask(inquiry_id, loaded["reason"])
    except Conflict as problem:
        return _erase_page(inquiry_id, with_errors(state, {"": problem.message})), problem.status
    if run is None:
        flash(_("A colleague must approve it first. Those who may have got a mail."), "info")
        return redirect(url_for("access_approvals.page"), code=303)
    flash(_("The erasure is under way. Load the page again in a moment."), "success")
    return redirect(url_for("tenants_privacy.certificate", erasure_id=run), code=303)


def _erase_page(inquiry_id: UUID, form: FormState) -> str:
    return render_template(
        "tenants/privacy/erase.html",
        inquiry=inquiries.find(inquiry_id),
        plan=erasures.plan(inquiry_id),
        waits=erasures.waits(inquiry_id),
        alone=not approvals.somebody_can_decide(),
        titles=titles_in(current_language()),
        outcome=outcome_words,
        language=current_language(),
        form=form,
    )


@privacy.get("/erasures/<uuid:erasure_id>")
def certificate(erasure_id: UUID) -> str:
    """What was done, when and by whom, without a word about the person."""
    run = erasures.certificate(erasure_id)
    asker, approver = who_decided(run)
    return render_template(
        "tenants/privacy/certificate.html",
        run=run,
        lines=erasures.read_results(run.results),
        titles=titles_in(current_language()),
        outcome=outcome_words,
        language=current_language(),
        asker=asker,
        approver=approver,
    )


@privacy.get("/erasures/<uuid:erasure_id>/certificate.pdf")
def certificate_file(erasure_id: UUID) -> Response:
    """The certificate on paper."""
    run = erasures.certificate(erasure_id)
    content = certificate_pdf(run, erasures.read_results(run.results), current_language())
    return _file(content, "application/pdf", "certificate.pdf")


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = make_response(content)
    response.mimetype = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response
