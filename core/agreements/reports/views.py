"""The pages of reports for members: the reports of a promise, writing one, reading one."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.agreements.printing.service import PDF, PrintedFile
from core.agreements.reports import pages, paper, sending, writing
from core.agreements.reports.content import html_of
from core.agreements.reports.facts import SECTIONS, titles_in
from core.agreements.reports.finding import find_to_write
from core.agreements.reports.schemas import CorrectForm, texts_form
from core.kernel.errors import Conflict
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language

reports = Blueprint("agreements_reports", __name__, url_prefix="/t/<slug>")
INVALID = 422


@reports.app_template_filter("report_text")
def _report_text(text: str) -> Any:
    """What somebody wrote in a report, as HTML."""
    return html_of(text)


@reports.get("/obligations/<uuid:obligation_id>/reports")
def of_promise(obligation_id: UUID) -> str:
    """The reports of a promise."""
    return render_template(
        "agreements/reports/of_promise.html", page=pages.reports_page(obligation_id), words=_words()
    )


@reports.post("/obligations/<uuid:obligation_id>/reports")
def begin(obligation_id: UUID) -> Response:
    """Begin a report."""
    return _to(writing.begin(obligation_id))


@reports.get("/reports/<uuid:report_id>")
def page(report_id: UUID) -> str:
    """One report: the form of a draft, or what was sent."""
    return _page(report_id)


@reports.post("/reports/<uuid:report_id>")
def save(report_id: UUID) -> Any:
    """Save what was written, and go on to what the button says."""
    find_to_write(report_id)
    given, state = read_form(texts_form(), request.form)
    if given is None:
        return _page(report_id, form=state), INVALID
    try:
        writing.save(report_id, {key: given[key] for key in SECTIONS}, given["revision"])
    except Conflict as problem:
        if problem.code != "report.changed_meanwhile":
            raise
        return _page(report_id, form=with_errors(state, {"": problem.message})), problem.status
    return _go_on(report_id, request.form.get("then", ""))


def _go_on(report_id: UUID, then: str) -> Response:
    if then == "check":
        return redirect(url_for(".check", report_id=report_id), code=303)
    if then == "figures":
        writing.take_figures(report_id)
        flash(_("Your text is saved, and the lines from the data are as of now."), "success")
    else:
        flash(_("The report is saved. It has not been sent yet."), "success")
    return _to(report_id)


@reports.get("/reports/<uuid:report_id>/check")
def check(report_id: UUID) -> str:
    """The report as it will be sent, and to whom."""
    found = pages.report_page(report_id)
    return render_template(
        "agreements/reports/check.html", page=found, facts=list(paper.facts(found.content))
    )


@reports.post("/reports/<uuid:report_id>/send")
def send(report_id: UUID) -> Response:
    """Send it to the other parties."""
    sending.send(report_id)
    flash(_("The report is sent, and the deadline is done."), "success")
    return _to(report_id)


@reports.post("/reports/<uuid:report_id>/correct")
def correct(report_id: UUID) -> Any:
    """Begin a report that replaces this one."""
    find_to_write(report_id)
    given, state = read_form(CorrectForm(), request.form)
    if given is None:
        return _page(report_id, correction=state), INVALID
    return _to(writing.correct(report_id, given["reason"]))


@reports.post("/reports/<uuid:report_id>/give-up")
def give_up(report_id: UUID) -> Response:
    """Throw a draft away."""
    obligation_id = writing.give_up(report_id)
    flash(_("The draft is gone."), "success")
    return redirect(url_for(".of_promise", obligation_id=obligation_id), code=303)


@reports.get("/reports/<uuid:report_id>/report.pdf")
def pdf(report_id: UUID) -> Response:
    """One report as PDF."""
    return as_download(pages.printed(report_id))


def as_download(file: PrintedFile) -> Response:
    """A PDF that the browser saves."""
    return send_file(BytesIO(file.content), mimetype=PDF, as_attachment=True, download_name=file.name)


def _page(report_id: UUID, form: FormState | None = None, correction: FormState | None = None) -> str:
    found = pages.report_page(report_id)
    report = found.found.report
    template = "write" if found.is_draft and found.found.promise.may_do else "read"
    return render_template(
        f"agreements/reports/{template}.html",
        page=found,
        facts=list(paper.facts(found.content)),
        titles=titles_in(current_language()),
        form=replace(form or FormState({**report.texts, "revision": report.revision}), prefix="report"),
        correction=correction or FormState(),
        words=_words(),
    )


def _words() -> dict[str, tuple[str, str]]:
    language = current_language()
    return {key.value: (word.in_language(language), sign) for key, (word, sign) in pages.STATUS.items()}


def _to(report_id: UUID) -> Response:
    return redirect(url_for("agreements_reports.page", report_id=report_id), code=303)
