"""Pages for editing what stands in a variant: a section with all that is in it, and the questions."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from core.agreements.declaration_content import Content
from core.agreements.types import AgreementType
from core.agreements.variants import changing, editing, schemas, service
from core.agreements.variants.schemas import CLAUSE, GOAL, MEETING, QUESTION, SECTION, words_in
from core.agreements.variants.views import INVALID, States, variants
from core.kernel.errors import Invalid, NotFound, Refused
from core.web.forms import FormState, read_form, with_errors

Save = Callable[[dict[str, Any]], object]
STEPS = {"up": -1, "down": 1}


@variants.get("/<uuid:variant_id>/sections/<key>")
def section(variant_id: UUID, key: str) -> str:
    """A section: its heading, its clauses in order, its goals, meetings and the duration."""
    return section_page(variant_id, key)


def section_page(variant_id: UUID, key: str, states: States | None = None) -> str:
    """Render the page of a section; ``states`` are forms that came back."""
    shown = service.opened(variant_id)
    if key not in {one.key for one in shown.kind.sections}:
        raise _no_part()
    declared = shown.kind.section(key)
    content = shown.variant.content
    bound = {one.key for one in declared.clauses if changing.is_bound(shown.variant.base, one.key)}
    return render_template(
        "agreements/variants/section.html",
        shown=shown,
        declared=declared,
        text=shown.kind.texts[0],
        forms=_Forms(content, shown.kind, states or {}),
        bound=bound,
    )


class _Forms:
    """The form of each thing: as it came back, or as it is stored."""

    def __init__(self, content: Content, kind: AgreementType, states: States) -> None:
        self.content, self.kind, self.states = content, kind, states

    def of(self, group: str, key: str) -> FormState:
        """The form of one thing, with a prefix of its own."""
        found = self.states.get(f"{group}:{key}") or FormState(_typed(self.content, group, key))
        prefix = f"{group}-{key}".replace(".", "-").replace("_", "-")
        return FormState(found.values, found.errors, found.labels, prefix)


def _typed(content: Content, group: str, key: str) -> dict[str, object]:
    """What stands in the fields of a thing."""
    if group == "duration":
        return {"notice_days": 0, **content["type"]["duration"]}
    if not key:
        return {"required": "on"}
    declared = editing.find(content, group, key)
    typed: dict[str, object] = {
        f"{name}_{language}": "\n".join(said) if isinstance(said, list) else said
        for language, text in content["texts"].items()
        for name, said in text[group][key].items()
    }
    required = {"required": "on" if declared.get("required", True) else ""} if group == "placeholders" else {}
    return {**declared, **typed, **required, "presence": editing.presence_of(declared)}


@variants.post("/<uuid:variant_id>/sections/<key>")
def save_section(variant_id: UUID, key: str) -> ResponseReturnValue:
    """Write a section's heading and guidance."""
    languages = _kind(variant_id).text_languages
    form = schemas.words_form(languages, SECTION)
    return _save(
        variant_id,
        key,
        ("sections", key),
        form,
        lambda loaded: changing.save_section(variant_id, key, words_in(loaded, languages, SECTION)),
    )


@variants.post("/<uuid:variant_id>/clauses/<key>")
def save_clause(variant_id: UUID, key: str) -> ResponseReturnValue:
    """Write a clause; ``action`` then puts it a place up or down."""
    languages = _kind(variant_id).text_languages

    def save(loaded: dict[str, Any]) -> None:
        changing.save_clause(variant_id, key, words_in(loaded, languages, CLAUSE), loaded["presence"])
        if step := STEPS.get(request.form.get("action", "")):
            changing.move_clause(variant_id, key, step)

    home = key.partition(".")[0]
    return _save(variant_id, home, ("clauses", key), schemas.clause_form(languages), save)


@variants.post("/<uuid:variant_id>/goals/<key>")
def save_goal(variant_id: UUID, key: str) -> ResponseReturnValue:
    """Write a goal."""
    kind = _kind(variant_id)
    if key not in {one.key for one in kind.goals}:
        raise _no_part()
    goal, languages = kind.goal(key), kind.text_languages

    def save(loaded: dict[str, Any]) -> None:
        values: dict[str, int] = {
            name: loaded[name] for name in ("target", "period_months") if name in loaded
        }
        changing.save_goal(variant_id, key, words_in(loaded, languages, GOAL), values)

    return _save(variant_id, goal.section, ("goals", key), schemas.goal_form(languages, goal.unit), save)


@variants.post("/<uuid:variant_id>/meetings/<key>")
def save_meeting(variant_id: UUID, key: str) -> ResponseReturnValue:
    """Write a meeting."""
    kind = _kind(variant_id)
    if key not in {one.key for one in kind.meetings}:
        raise _no_part()
    languages = kind.text_languages

    def save(loaded: dict[str, Any]) -> None:
        values: dict[str, int] = {name: loaded[name] for name in ("every_months", "first_after_months")}
        changing.save_meeting(variant_id, key, words_in(loaded, languages, MEETING), values)

    home = kind.meeting(key).section
    return _save(variant_id, home, ("meetings", key), schemas.meeting_form(languages), save)


@variants.post("/<uuid:variant_id>/duration")
def save_duration(variant_id: UUID) -> ResponseReturnValue:
    """Propose how long an agreement lasts."""
    home = _kind(variant_id).duration.section
    return _save(
        variant_id,
        home,
        ("duration", "duration"),
        schemas.DurationForm(),
        lambda loaded: changing.save_duration(variant_id, loaded),
    )


@variants.get("/<uuid:variant_id>/questions")
def questions(variant_id: UUID) -> str:
    """What is asked once and used in every clause."""
    return questions_page(variant_id)


def questions_page(variant_id: UUID, states: States | None = None) -> str:
    """Render the page of questions; ``states`` are forms that came back."""
    shown = service.opened(variant_id)
    return render_template(
        "agreements/variants/questions.html",
        shown=shown,
        text=shown.kind.texts[0],
        asked=[one for one in shown.kind.placeholders if not one.source],
        forms=_Forms(shown.variant.content, shown.kind, states or {}),
        askable=[kind.value for kind in schemas.ASKABLE],
        is_own=editing.is_own_question,
    )


@variants.post("/<uuid:variant_id>/questions")
def add_question(variant_id: UUID) -> ResponseReturnValue:
    """Ask something more."""
    languages = _kind(variant_id).text_languages
    loaded, form = read_form(schemas.new_question_form(languages), request.form)
    if loaded is None:
        return questions_page(variant_id, {"placeholders:": form}), INVALID
    words = words_in(loaded, languages, QUESTION)
    changing.add_question(variant_id, loaded["kind"], words, required=loaded["required"])
    flash(_("The question is added. Use its word in braces in the texts of clauses."), "success")
    return redirect(url_for(".questions", variant_id=variant_id, _anchor="asked"), 303)


@variants.post("/<uuid:variant_id>/questions/<key>")
def save_question(variant_id: UUID, key: str) -> ResponseReturnValue:
    """Write the words of a question."""
    kind = _kind(variant_id)
    if key not in {one.key for one in kind.placeholders if not one.source}:
        raise _no_part()
    loaded, form = read_form(schemas.question_form(kind.text_languages), request.form)
    if loaded is None:
        return questions_page(variant_id, {f"placeholders:{key}": form}), INVALID
    words = words_in(loaded, kind.text_languages, QUESTION)
    changing.save_question(variant_id, key, words, required=loaded["required"])
    flash(_("Saved."), "success")
    return redirect(url_for(".questions", variant_id=variant_id, _anchor=f"question-{key}"), 303)


@variants.post("/<uuid:variant_id>/questions/<key>/remove")
def remove_question(variant_id: UUID, key: str) -> ResponseReturnValue:
    """Take away a question of one's own."""
    try:
        changing.remove_question(variant_id, key)
    except Invalid as problem:
        flash(str(problem.message), "danger")
        return redirect(url_for(".questions", variant_id=variant_id, _anchor=f"question-{key}"), 303)
    flash(_("The question is removed."), "success")
    return redirect(url_for(".questions", variant_id=variant_id), 303)


def _kind(variant_id: UUID) -> AgreementType:
    return service.kind_of(service.find(variant_id))


def _no_part() -> NotFound:
    return NotFound("variant.no_part", _("We cannot find this part of the agreement."))


def _save(
    variant_id: UUID, home: str, thing: tuple[str, str], schema: Schema, save: Save
) -> ResponseReturnValue:
    """Save one form of a section's page, or show it again with what was typed and what is wrong."""
    group, key = thing
    loaded, form = read_form(schema, request.form)
    if loaded is None:
        return section_page(variant_id, home, {f"{group}:{key}": form}), INVALID
    try:
        save(loaded)
    except (Invalid, Refused) as problem:
        told: Mapping[str, Any] = problem.fields or {"": problem.message}
        return section_page(variant_id, home, {f"{group}:{key}": with_errors(form, told)}), problem.status
    flash(_("Saved."), "success")
    anchor = f"{group}-{key}".replace(".", "-")
    return redirect(url_for(".section", variant_id=variant_id, key=home, _anchor=anchor), 303)
