"""The pages of amending: begin, see what changes, apply by notice; versions; requests for a revision."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from core.access import service as access
from core.agreements import reach
from core.agreements.amending import revision_page, revisions, service, versions
from core.agreements.amending.schemas import AnswerForm, BeginForm, asked_form
from core.agreements.life.service import RUNNING, refuse_unless
from core.agreements.signing.link_views import as_download
from core.web.forms import FormState, read_form

INVALID = 422

amending = Blueprint("agreements_amending", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>")


@amending.get("/amend")
def begin_page(agreement_id: UUID) -> str:
    """Ask why the agreement is changed."""
    return _begin_page(agreement_id, FormState())


@amending.post("/amend")
def begin(agreement_id: UUID) -> Any:
    """Begin the draft that changes the agreement."""
    access.require(service.WRITE)
    typed, form = read_form(BeginForm(), request.form)
    if typed is None:
        return _begin_page(agreement_id, form), INVALID
    draft_id = service.begin(agreement_id, typed["reason"], typed["origin"])
    flash(
        _("A draft of the change is made. The agreement applies unchanged until it is taken up."), "success"
    )
    return redirect(url_for("agreements_drafts.compose", agreement_id=draft_id, step="parties"), 303)


def _begin_page(agreement_id: UUID, form: FormState) -> str:
    access.require(service.WRITE)
    agreement = reach.find(service.WRITE, agreement_id)
    refuse_unless(agreement, RUNNING)
    asked = revisions.open_of(agreement_id)
    return render_template("agreements/amending/begin.html", agreement=agreement, form=form, asked=asked)


@amending.get("/changes")
def changes(agreement_id: UUID) -> str:
    """What an amendment changes, and what each change needs."""
    return render_template("agreements/amending/changes.html", compared=service.compared(agreement_id))


@amending.post("/changes/tell")
def tell(agreement_id: UUID) -> BaseResponse:
    """Apply an amendment by notice."""
    base_id = service.tell(agreement_id)
    flash(_("The changes apply from today. Everybody who has signed is told by mail."), "success")
    return redirect(url_for("agreements_overview.page", agreement_id=base_id), 303)


@amending.get("/versions")
def version_list(agreement_id: UUID) -> str:
    """All versions that have been in force."""
    return render_template("agreements/amending/versions.html", versions=versions.versions(agreement_id))


@amending.get("/versions/<int:number>")
def version(agreement_id: UUID, number: int) -> str:
    """One version to read."""
    return render_template("agreements/amending/version.html", one=versions.version(agreement_id, number))


@amending.get("/versions/<int:number>/agreement.pdf")
def version_pdf(agreement_id: UUID, number: int) -> Response:
    """One version as PDF."""
    return as_download(versions.version_pdf(agreement_id, number))


@amending.get("/versions/compare")
def compare(agreement_id: UUID) -> str:
    """What differs between two versions."""
    before, after = (request.args.get(name, type=int) for name in ("before", "after"))
    two = versions.compare(agreement_id, before, after)
    form = FormState({"before": two.before, "after": two.after})
    return render_template("agreements/amending/compare.html", two=two, form=form)


@amending.get("/revision")
def revision(agreement_id: UUID) -> str:
    """The requests for a revision, and a form to write one down."""
    return _revision_page(revision_page.page(agreement_id))


@amending.post("/revision")
def write_down(agreement_id: UUID) -> Any:
    """Write down that a party has asked for a revision."""
    page = revision_page.page(agreement_id, service.WRITE)
    typed, form = read_form(asked_form(list(page.parties)), request.form)
    if typed is None:
        return _revision_page(page, form), INVALID
    revisions.write_down(agreement_id, typed["party_name"], typed["name"], typed["words"])
    flash(_("The request is written down. It stands on Home until it is answered."), "success")
    return redirect(url_for(".revision", agreement_id=agreement_id), 303)


@amending.post("/revision/<uuid:revision_id>/answer")
def answer(agreement_id: UUID, revision_id: UUID) -> Any:
    """Answer why there is no revision."""
    page = revision_page.page(agreement_id, service.WRITE)
    typed, form = read_form(AnswerForm(), request.form)
    if typed is None:
        return _revision_page(page, answer_form=form, answered_id=revision_id), INVALID
    revisions.answer(agreement_id, revision_id, typed["answer"])
    flash(_("The answer is saved. Whoever signed for the party is told by mail."), "success")
    return redirect(url_for(".revision", agreement_id=agreement_id), 303)


def _revision_page(
    page: revision_page.RevisionPage,
    form: FormState | None = None,
    answer_form: FormState | None = None,
    answered_id: UUID | None = None,
) -> str:
    return render_template(
        "agreements/amending/revision.html",
        page=page,
        form=form or FormState(),
        answer_form=answer_form or FormState(),
        answered_id=answered_id,
    )
