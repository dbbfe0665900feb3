"""The page of the layout for Word."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.documents.word.errors import WordError
from core.web.forms import FormState, with_errors
from tenants.word_layout import service

word_layout = Blueprint("tenants_word_layout", __name__, url_prefix="/t/<slug>/settings/word")

INVALID = 422


@word_layout.get("")
def page() -> str:
    """The layout in use, and a form for another one."""
    return _page(FormState())


@word_layout.post("")
def replace() -> ResponseReturnValue:
    """Use another layout."""
    service.layout()
    uploaded = request.files.get("file")
    content = uploaded.read() if uploaded else b""
    if not uploaded or not content:
        return _page(with_errors(FormState(), {"file": _("Choose a file.")})), INVALID
    try:
        service.replace((uploaded.filename or "layout.docx").replace("\0", ""), content)
    except WordError as problem:
        return _page(with_errors(FormState(), {"file": problem.message})), INVALID
    flash(_("The layout is saved. Drafts for Word have it from now on."), "success")
    return redirect(url_for(".page"), 303)


@word_layout.post("/remove")
def remove() -> ResponseReturnValue:
    """Use no layout of one's own."""
    service.remove()
    flash(_("The layout is removed."), "success")
    return redirect(url_for(".page"), 303)


@word_layout.get("/sample.docx")
def sample() -> ResponseReturnValue:
    """A file that shows the layout."""
    content, kind = BytesIO(service.sample()), service.DOCX
    return send_file(content, mimetype=kind, as_attachment=True, download_name="sample.docx")


def _page(form: FormState) -> str:
    return render_template("tenants/word_layout.html", form=form, layout=service.layout())
