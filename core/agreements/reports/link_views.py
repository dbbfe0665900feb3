"""The page of whoever got a report, by a personal link without an account."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core.access.security import personal_link
from core.agreements.reports import pages, paper, receipts
from core.agreements.reports.schemas import ReceiptForm
from core.agreements.reports.views import INVALID, as_download
from core.agreements.signing.people import adviser_of
from core.tenancy.service import current_tenant
from core.web.forms import FormState, read_form

report_links = Blueprint("agreements_report_links", __name__, url_prefix="/t/<slug>/report/<token>")


@report_links.after_request
def keep_from_search_engines(response: Response) -> Response:
    """A personal link is nobody else's to find."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@report_links.get("")
@personal_link
def by_link(token: str) -> str:
    """The report, and the form that says it arrived."""
    return _page(token)


@report_links.post("")
@personal_link
def confirm(token: str) -> BaseResponse | tuple[str, int]:
    """Say that it arrived; sent twice it shows the same receipt."""
    given, state = read_form(ReceiptForm(), request.form)
    if given is None:
        return _page(token, state), INVALID
    receipts.confirm(token, given["name"], given["remark"])
    return redirect(url_for(".by_link", token=token), code=303)


@report_links.get("/report.pdf")
@personal_link
def pdf(token: str) -> Any:
    """The report as PDF."""
    report = receipts.open_link(token).report
    return as_download(pages.printed_report(report, report.content))


def _page(token: str, form: FormState | None = None) -> str:
    found = receipts.open_link(token)
    return render_template(
        "agreements/reports/by_link.html",
        found=found,
        content=found.report.content,
        facts=list(paper.facts(found.report.content)),
        adviser=adviser_of(found.agreement),
        tenant=current_tenant().name,
        token=token,
        form=form or FormState({"name": found.receiver.name}),
    )
