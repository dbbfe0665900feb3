"""Pages of composing."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.access import service as access
from core.agreements.catalogue import choice_of, types_on_offer
from core.agreements.drafts import clauses, service
from core.agreements.drafts.pages import Overlaps, Page, States, input_type, page
from core.agreements.drafts.schemas import BeginForm, DiscardForm
from core.agreements.types import AgreementType
from core.kernel.errors import Invalid, NotFound
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import LANGUAGES, current_language

drafts = Blueprint("agreements_drafts", __name__, url_prefix="/t/<slug>/agreements")


@drafts.get("/new")
def new() -> Any:
    """Choose which agreement to write."""
    access.require(service.WRITE)
    return _new_page(FormState({"type_key": request.args.get("type", "")}))


@drafts.post("/new")
def begin() -> Any:
    """Start writing."""
    access.require(service.WRITE)
    loaded, state = read_form(BeginForm(), request.form)
    if loaded is None:
        return _new_page(state), 422
    try:
        new_one = service.Beginning(loaded["type_key"], loaded["title"], {}, loaded["language"])
        agreement_id = service.begin(new_one)
    except Invalid as problem:
        return _new_page(with_errors(state, problem.fields)), 422
    return redirect(url_for(".compose", agreement_id=agreement_id, step="parties"), 303)


def _new_page(state: FormState) -> str:
    language, kinds = current_language(), types_on_offer()
    options = [
        (choice_of(kind), kind.title.in_language(language), kind.summary.in_language(language))
        for kind in kinds
    ]
    return render_template("agreements/new.html", form=state, options=options, languages=_languages(kinds))


def _languages(kinds: list[AgreementType]) -> list[tuple[str, str]]:
    """The languages to choose among, when a text is there in more than one."""
    written = {one for kind in kinds if len(kind.text_languages) > 1 for one in kind.text_languages}
    return [(code, name) for code, name in LANGUAGES.items() if code in written]


@drafts.get("/<uuid:agreement_id>/compose/<step>")
def compose(agreement_id: UUID, step: str) -> Any:
    """One page of the composer."""
    return step_page(agreement_id, step)


def step_page(
    agreement_id: UUID, step: str, states: States | None = None, overlaps: Overlaps | None = None
) -> str:
    """Render a page of the composer; ``states`` are forms that came back with messages."""
    shown = page(service.open_draft(agreement_id), step, states, overlaps)
    if shown is None:
        raise NotFound("agreement.no_step", _("We cannot find this page."))
    return render_template(_template(shown), page=shown, input_type=input_type)


def _template(shown: Page) -> str:
    known = {"parties": "agreements/compose_parties.html", "check": "agreements/compose_check.html"}
    return known.get(shown.key, "agreements/compose_section.html")


@drafts.get("/<uuid:agreement_id>/clauses/<key>/history")
def clause_history(agreement_id: UUID, key: str) -> Any:
    """All texts that a clause has had, and those that met somebody else's."""
    earlier = clauses.history(agreement_id, key)
    return render_template(
        "agreements/clause_history.html", earlier=earlier, agreement_id=agreement_id, key=key
    )


@drafts.post("/<uuid:agreement_id>/discard")
def discard(agreement_id: UUID) -> Any:
    """Give up a draft."""
    service.open_draft(agreement_id)
    loaded, _state = read_form(DiscardForm(), request.form)
    if loaded is None:
        flash(_("Write why you give up the draft."), "danger")
        return redirect(url_for("agreements_overview.page", agreement_id=agreement_id), 303)
    service.discard(agreement_id, loaded["reason"])
    flash(_("The draft has been given up."), "success")
    return redirect(url_for("agreements_overview.agreements"), 303)
