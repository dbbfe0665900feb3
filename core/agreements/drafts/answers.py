"""What the forms of the composer answer: saved, wrong, or met by what somebody else saved meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.agreements.drafts import pages, service
from core.agreements.drafts.overlaps import (
    KEEP_MINE,
    Overlap,
    OverlapError,
    fingerprint,
    refuse_newer,
    row_of,
)
from core.agreements.drafts.views import step_page
from core.kernel.errors import Invalid, NotFound
from core.kernel.unit_of_work import unit_of_work
from core.web.forms import FormState, with_errors
from core.web.htmx import is_fragment

Answer = Any
Save = Callable[[dict[str, Any]], object]
KEEP_THEIRS = "keep_theirs"


def keep(
    agreement_id: UUID,
    step: str,
    part: tuple[str, str],
    loaded: dict[str, Any],
    state: FormState,
    save: Save,
) -> Answer:
    """Save what a form holds, unless somebody else saved since it was shown."""
    kind, key = part
    anchor, action = f"{kind}-{key}" if kind != key else kind, request.form.get("action", "")
    if action == KEEP_THEIRS:
        return _form(agreement_id, step, anchor)
    shown = action.removeprefix(KEEP_MINE) if action.startswith(KEEP_MINE) else request.form.get("shown", "")
    try:
        with unit_of_work():
            refuse_newer(agreement_id, kind, key, shown, loaded)
            save(loaded)
    except Invalid as problem:
        return invalid(agreement_id, step, kind, key, with_errors(state, problem.fields))
    except OverlapError as error:
        return _overlapping(agreement_id, step, part, state, error.overlap)
    return _saved(agreement_id, step, anchor, part)


def _overlapping(
    agreement_id: UUID, step: str, part: tuple[str, str], state: FormState, overlap: Overlap
) -> Answer:
    """The form with one's own words, beside what stands now."""
    kind, key = part
    anchor = f"{kind}-{key}" if kind != key else kind
    shown = pages.shown_overlap(service.open_draft(agreement_id), kind, key, overlap)
    return _form(agreement_id, step, anchor, {part: _as_posted(state)}, {anchor: shown}), 409


def _form(
    agreement_id: UUID,
    step: str,
    anchor: str,
    states: pages.States | None = None,
    overlaps: pages.Overlaps | None = None,
) -> Answer:
    """One form anew: the whole page, of which htmx takes the form alone."""
    if not states and not is_fragment():
        return back(agreement_id, step, anchor)
    answer = make_response(step_page(agreement_id, step, states, overlaps))
    if is_fragment():
        answer.headers["HX-Retarget"] = answer.headers["HX-Reselect"] = f"#{anchor}"
        answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def _as_posted(state: FormState) -> FormState:
    """The form as it came, with the fingerprint of what it had shown."""
    return replace(state, values={**state.values, "shown": request.form.get("shown", "")})


def invalid(agreement_id: UUID, step: str, kind: str, key: str, state: FormState) -> Answer:
    """What is wrong: beside the field for htmx, which leaves what one typed alone; else on the whole page."""
    if is_fragment():
        return render_template("agreements/part_invalid.html", form=state), 422
    return step_page(agreement_id, step, {(kind, key): _as_posted(state)}), 422


def page_after(agreement_id: UUID, step: str) -> pages.Page:
    """The page of the composer as it stands after saving."""
    shown = pages.page(service.open_draft(agreement_id), step)
    if shown is None:
        raise NotFound("agreement.no_step", _("We cannot find this page."))
    return shown


def _saved(agreement_id: UUID, step: str, anchor: str, part: tuple[str, str]) -> Answer:
    if is_fragment():
        page = page_after(agreement_id, step)
        shown = fingerprint(part[0], row_of(page.parts, *part))
        return render_template("agreements/part_saved.html", page=page, anchor=anchor, shown=shown)
    return back(agreement_id, step, anchor)


def back(agreement_id: UUID, step: str, anchor: str) -> Answer:
    """Go to the place on the page that was saved, and say so."""
    flash(_("Saved."), "success")
    return redirect(
        url_for("agreements_drafts.compose", agreement_id=agreement_id, step=step, _anchor=anchor), 303
    )
