"""The pages of drafts in Word."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from core.agreements import parts as agreement_parts
from core.agreements.drafts.service import open_draft
from core.agreements.printing.service import PrintedFile
from core.agreements.word import service
from core.agreements.word.pages import Refusal, answer_page, is_editable
from core.agreements.word.schemas import DecisionForm
from core.kernel.errors import Conflict, Invalid
from core.web.forms import FormState, read_form, with_errors

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INVALID = 422

word = Blueprint("agreements_word", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>/word")


@word.get("")
def page(agreement_id: UUID) -> str:
    """Fetch the draft, hand in an answer, and the answers so far."""
    return _page(agreement_id, FormState())


@word.post("/draft.docx")
def hand_out(agreement_id: UUID) -> Response:
    """The draft as a file for Word."""
    return as_word(service.hand_out(agreement_id))


@word.post("")
def receive(agreement_id: UUID) -> Any:
    """Read an answer."""
    open_draft(agreement_id)
    uploaded = request.files.get("file")
    content = uploaded.read() if uploaded else b""
    if not uploaded or not content:
        return _page(agreement_id, with_errors(FormState(), {"file": _("Choose a file.")})), INVALID
    try:
        name = (uploaded.filename or "").replace("\0", "") or "answer.docx"
        answer_id = service.receive(agreement_id, name, content)
    except Invalid as problem:
        return _page(agreement_id, with_errors(FormState(), {"file": problem.message})), INVALID
    return redirect(url_for(".answer", agreement_id=agreement_id, answer_id=answer_id), 303)


@word.get("/answers/<uuid:answer_id>")
def answer(agreement_id: UUID, answer_id: UUID) -> str:
    """What an answer asks for, clause by clause."""
    return render_template("agreements/word/answer.html", page=answer_page(agreement_id, answer_id))


@word.post("/answers/<uuid:answer_id>/findings/<uuid:finding_id>")
def decide(agreement_id: UUID, answer_id: UUID, finding_id: UUID) -> Any:
    """Take or leave one thing."""
    service.require_finding(agreement_id, answer_id, finding_id)
    loaded, state = read_form(DecisionForm(), request.form)
    if loaded is None:
        problem = " ".join(sentence for _name, sentence in state.messages())
        return _refused(agreement_id, answer_id, Refusal(finding_id, problem, dict(request.form))), INVALID
    decision = service.Decision(loaded["action"] == "take", loaded["reason"], loaded["revision"])
    try:
        service.decide(agreement_id, finding_id, decision)
    except Conflict as problem:
        refusal = Refusal(finding_id, str(problem.message), {"reason": loaded["reason"]})
        return _refused(agreement_id, answer_id, refusal), problem.status
    flash(_("The clause has the change now.") if decision.taken else _("Noted."), "success")
    return redirect(url_for(".answer", agreement_id=agreement_id, answer_id=answer_id), 303)


def as_word(file: PrintedFile) -> Response:
    """A file for Word as a download."""
    return send_file(BytesIO(file.content), mimetype=DOCX, as_attachment=True, download_name=file.name)


def _page(agreement_id: UUID, form: FormState) -> str:
    answers, parts = service.answers(agreement_id), agreement_parts.load(agreement_id)
    editable = is_editable(parts)
    return render_template(
        "agreements/word/page.html", parts=parts, form=form, answers=answers, editable=editable
    )


def _refused(agreement_id: UUID, answer_id: UUID, refusal: Refusal) -> str:
    page = answer_page(agreement_id, answer_id, refusal)
    return render_template("agreements/word/answer.html", page=page)
