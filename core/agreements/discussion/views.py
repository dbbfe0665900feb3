"""The page of comments, and its forms."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.access import service as access
from core.agreements.discussion import service
from core.agreements.discussion.page import comments_page
from core.agreements.discussion.schemas import AcceptForm, AnswerForm, CommentForm
from core.agreements.drafts.service import WRITE
from core.kernel.errors import Invalid
from core.web.forms import FormState, read_form, with_errors

discussion = Blueprint(
    "agreements_discussion", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>/comments"
)


@discussion.get("")
def page(agreement_id: UUID) -> str:
    """What colleagues have said, of the whole draft or of the clause that the address names."""
    return _page(agreement_id, request.args.get("clause", ""))


@discussion.post("")
def comment(agreement_id: UUID) -> Any:
    """Say something, and perhaps suggest a text."""
    access.require(WRITE)
    loaded, form = read_form(CommentForm(), request.form)
    key = request.form.get("clause_key", "")
    if loaded is None:
        return _page(agreement_id, key, {"new": form}), 422
    try:
        thread_id = service.comment(agreement_id, service.NewComment(**loaded))
    except Invalid as problem:
        return _page(agreement_id, key, {"new": with_errors(form, problem.fields)}), problem.status
    flash(_("The comment is saved. Only colleagues see it."), "success")
    return _back(agreement_id, thread_id)


@discussion.post("/<uuid:comment_id>/answer")
def answer(agreement_id: UUID, comment_id: UUID) -> Any:
    """Answer in a thread."""
    return _with_words(agreement_id, comment_id, service.answer, _("The answer is saved."))


@discussion.post("/<uuid:comment_id>/decline")
def decline(agreement_id: UUID, comment_id: UUID) -> Any:
    """Decline a suggestion, with a word."""
    return _with_words(agreement_id, comment_id, service.decline, _("The suggestion is declined."))


@discussion.post("/<uuid:comment_id>/accept")
def accept(agreement_id: UUID, comment_id: UUID) -> Any:
    """Let the suggested text stand in its clause."""
    access.require(WRITE)
    loaded, _form = read_form(AcceptForm(), request.form)
    if loaded is not None and service.accept(agreement_id, comment_id, loaded["revision"]):
        flash(_("The suggested text stands in the clause now."), "success")
        return _back(agreement_id, comment_id)
    sentence = _(
        "The clause was changed while you read. Look at the suggestion beside the new text, and decide."
    )
    flash(sentence, "warning")
    return _page(agreement_id, request.args.get("clause", "")), 409


@discussion.post("/<uuid:comment_id>/resolve")
def resolve(agreement_id: UUID, comment_id: UUID) -> Any:
    """Settle a thread."""
    service.resolve(agreement_id, comment_id)
    flash(_("The comment is resolved."), "success")
    return _back(agreement_id, comment_id)


@discussion.post("/<uuid:comment_id>/reopen")
def reopen(agreement_id: UUID, comment_id: UUID) -> Any:
    """Take a thread up again."""
    service.reopen(agreement_id, comment_id)
    flash(_("The comment is open again."), "success")
    return _back(agreement_id, comment_id)


def _with_words(agreement_id: UUID, comment_id: UUID, verb: Any, done: str) -> Any:
    access.require(WRITE)
    loaded, form = read_form(AnswerForm(), request.form)
    if loaded is None:
        return _page(agreement_id, request.args.get("clause", ""), {str(comment_id): form}), 422
    verb(agreement_id, comment_id, loaded["text"])
    flash(done, "success")
    return _back(agreement_id, comment_id)


def _page(agreement_id: UUID, key: str, states: dict[str, FormState] | None = None) -> str:
    shown = comments_page(service.discussion(agreement_id), key, states or {})
    return render_template("agreements/discussion/page.html", page=shown)


def _back(agreement_id: UUID, thread_id: UUID) -> Any:
    clause = request.args.get("clause") or None
    there = url_for(".page", agreement_id=agreement_id, clause=clause, _anchor=f"thread-{thread_id}")
    return redirect(there, 303)
