"""The public page: choose or drop a PDF, and read what it is."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access.limits import limited
from core.agreements.verification.service import Answer, verify
from core.documents.seals.checking import is_pdf
from core.web.forms import FormState, with_errors

FIELD = "document"

verification = Blueprint("agreements_verification", __name__)


@verification.get("/verify")
def page() -> str:
    """The form."""
    return _page(FormState())


@verification.post("/verify")
@limited("20 per minute")
def check() -> ResponseReturnValue:
    """What the file is."""
    uploaded = request.files.get(FIELD)
    content = uploaded.read() if uploaded else b""
    if not uploaded or not uploaded.filename:
        return _refused(_("Choose a PDF first."))
    if not content:
        return _refused(_("The file is empty. Choose the PDF that you want to check."))
    if not is_pdf(content):
        return _refused(_("This file is not a PDF. Choose the PDF as you received it."))
    return _page(FormState(), verify(content))


def _refused(sentence: str) -> ResponseReturnValue:
    return _page(with_errors(FormState(), {FIELD: sentence})), 422


def _page(form: FormState, answer: Answer | None = None) -> str:
    return render_template("agreements/verification/page.html", form=form, answer=answer)
