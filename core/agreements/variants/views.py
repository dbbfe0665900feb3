"""Pages of a tenant's own types of agreements: the list, one variant, its preview and its versions."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.agreements.catalogue import types_in_force
from core.agreements.own_types import reading
from core.agreements.types import AgreementType
from core.agreements.variants import changing, service
from core.agreements.variants.preview import preview as previewed
from core.agreements.variants.schemas import PublishForm, copy_form, name_form
from core.agreements.variants.service import Opened
from core.agreements.variants.states import TITLES
from core.kernel.errors import Invalid, NotFound
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language

INVALID = 422
States = dict[str, FormState]
"""Forms that come back with messages, by what they change."""

variants = Blueprint("agreements_variants", __name__, url_prefix="/t/<slug>/types")


@variants.get("")
def types() -> str:
    """The types that can be copied, and the tenant's own."""
    return render_template(
        "agreements/variants/list.html",
        originals=service.originals(),
        cards=service.variants(),
        titles=_state_titles(),
    )


def _state_titles() -> dict[str, str]:
    return {state.value: title.in_language(current_language()) for state, title in TITLES.items()}


@variants.get("/new")
def new() -> str:
    """Copy a type."""
    return _new_page(FormState({"type_key": request.args.get("type", "")}))


@variants.post("/new")
def copy() -> ResponseReturnValue:
    """Make a variant of a type."""
    loaded, form = read_form(copy_form(one.key for one in service.originals()), request.form)
    if loaded is None:
        return _new_page(form), INVALID
    variant_id = service.copy(loaded["type_key"], loaded["name"])
    flash(_("The type is copied. Edit it, and publish it when it is ready."), "success")
    return redirect(url_for(".page", variant_id=variant_id), 303)


def _new_page(form: FormState) -> str:
    language = current_language()
    options = [
        (kind.key, kind.title.in_language(language), kind.summary.in_language(language))
        for kind in service.originals()
    ]
    return render_template("agreements/variants/new.html", form=form, options=options)


@variants.get("/<uuid:variant_id>")
def page(variant_id: UUID) -> str:
    """One variant: its name, its sections in order, its versions, and what can be done with it."""
    return variant_page(variant_id)


def variant_page(variant_id: UUID, states: States | None = None) -> str:
    """Render the page of a variant; ``states`` are forms that came back."""
    shown = service.opened(variant_id)
    stored = {"name": FormState(_named(shown)), "publish": FormState({"valid_from": service.today()})}
    return render_template(
        "agreements/variants/page.html",
        shown=shown,
        copied_from=types_in_force(current_language()).get(shown.kind.key, shown.kind.key),
        text=shown.kind.texts[0],
        forms=stored | (states or {}),
        titles=_state_titles(),
    )


def _named(shown: Opened) -> dict[str, str]:
    headings = {f"heading_{text.language}": text.title for text in shown.kind.texts}
    return {"name": shown.variant.name, "about": shown.kind.summary.nb, **headings}


@variants.post("/<uuid:variant_id>/name")
def rename(variant_id: UUID) -> ResponseReturnValue:
    """Call a variant something else."""
    languages = service.opened(variant_id).kind.text_languages
    loaded, form = read_form(name_form(languages), request.form)
    if loaded is None:
        return variant_page(variant_id, {"name": form}), INVALID
    headings = {language: loaded[f"heading_{language}"] for language in languages}
    changing.rename(variant_id, loaded["name"], loaded["about"], headings)
    return _saved(variant_id)


@variants.post("/<uuid:variant_id>/sections/<key>/move")
def move_section(variant_id: UUID, key: str) -> ResponseReturnValue:
    """Put a section one place up or down."""
    changing.move_section(variant_id, key, -1 if request.form.get("step") == "up" else 1)
    return redirect(url_for(".page", variant_id=variant_id, _anchor=f"section-{key}"), 303)


@variants.post("/<uuid:variant_id>/publish")
def publish(variant_id: UUID) -> ResponseReturnValue:
    """Freeze what stands as a new version."""
    service.find(variant_id)
    loaded, form = read_form(PublishForm(), request.form)
    if loaded is None:
        return variant_page(variant_id, {"publish": form}), INVALID
    try:
        number = service.publish(variant_id, loaded["valid_from"])
    except Invalid as problem:
        return variant_page(variant_id, {"publish": with_errors(form, problem.fields)}), INVALID
    flash(_("Version %(number)s is published.", number=number), "success")
    return redirect(url_for(".page", variant_id=variant_id), 303)


@variants.post("/<uuid:variant_id>/retire")
def retire(variant_id: UUID) -> ResponseReturnValue:
    """Begin no new agreements from it."""
    service.retire(variant_id)
    flash(_("The type is retired. Agreements that use it are as they were."), "success")
    return redirect(url_for(".page", variant_id=variant_id), 303)


@variants.post("/<uuid:variant_id>/resume")
def resume(variant_id: UUID) -> ResponseReturnValue:
    """Take it into use again."""
    service.resume(variant_id)
    flash(_("The type is in use again."), "success")
    return redirect(url_for(".page", variant_id=variant_id), 303)


@variants.get("/<uuid:variant_id>/preview")
def preview(variant_id: UUID) -> str:
    """How an agreement would read as the variant stands now."""
    shown = service.opened(variant_id)
    return _preview_page(variant_id, shown.variant.name, shown.kind, 0)


@variants.get("/<uuid:variant_id>/versions/<int:number>")
def version(variant_id: UUID, number: int) -> str:
    """How an agreement reads that is begun from a version."""
    variant = service.find(variant_id)
    kind = reading.kind_of(service.version(variant_id, number))
    return _preview_page(variant_id, variant.name, kind, number)


def _preview_page(variant_id: UUID, name: str, kind: AgreementType, number: int) -> str:
    language = request.args.get("language") or kind.nearest_language(current_language())
    if language not in kind.text_languages:
        raise NotFound("variant.no_language", _("We cannot find this page."))
    return render_template(
        "agreements/variants/preview.html",
        variant_id=variant_id,
        name=name,
        kind=kind,
        number=number,
        text=previewed(kind, language),
    )


def _saved(variant_id: UUID) -> Any:
    flash(_("Saved."), "success")
    return redirect(url_for(".page", variant_id=variant_id), 303)
