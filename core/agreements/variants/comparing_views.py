"""Pages that compare editions: what is new in an edition, and what it means for a variant."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.agreements.declaration_content import Content, content_of
from core.agreements.types import AgreementType
from core.agreements.variants import service
from core.agreements.variants.checks import clause_error
from core.agreements.variants.described import Described, described
from core.agreements.variants.three_way import Change, Choice, changes, merged
from core.agreements.variants.units import Name, Unit
from core.agreements.variants.views import INVALID, variants
from core.kernel.errors import Conflict, Invalid, NotFound
from core.web.fields import Paragraphs
from core.web.forms import FormState

EDIT = "edit"
LONGEST = 20_000


@variants.get("/editions/<type_key>")
def editions(type_key: str) -> str:
    """What each edition of a type changes in the one before it."""
    found = service.editions(type_key)
    if not found:
        raise NotFound("variant.unknown_type", _("We cannot find this type of agreement."))
    compared = [(kind, _differences(older, kind)) for kind, older in pairwise(found)]
    return render_template("agreements/variants/editions.html", kind=found[0], found=found, compared=compared)


def _differences(older: AgreementType, newer: AgreementType) -> list[Described]:
    old, new = content_of(older), content_of(newer)
    return [described(change, old, new, old) for change in changes(old, new)]


@variants.get("/<uuid:variant_id>/newer")
def newer(variant_id: UUID) -> str:
    """What a newer edition of the original changes, beside the tenant's own."""
    return _newer_page(variant_id, FormState())


@variants.post("/<uuid:variant_id>/newer")
def take_in(variant_id: UUID) -> ResponseReturnValue:
    """Take in what was chosen of the newer edition."""
    kind = _newest(variant_id)
    row = service.find(variant_id)
    base = content_of(kind)
    found = [described(one, row.base, base, row.content) for one in changes(row.base, base, row.content)]
    chosen, wrong = _chosen(found, kind)
    if wrong:
        form = FormState(dict(request.form), {name: (message,) for name, message in wrong.items()})
        return _newer_page(variant_id, form), INVALID
    try:
        service.rebase(variant_id, kind, lambda old, new, own: merged(old, new, own, chosen))
    except Invalid as problem:
        form = FormState(dict(request.form), {"": (problem.message,)})
        return _newer_page(variant_id, form), INVALID
    flash(_("The newer edition is taken in. Read it through, and publish it as a new version."), "success")
    return redirect(url_for(".page", variant_id=variant_id), 303)


def _newest(variant_id: UUID) -> AgreementType:
    kind = service.opened(variant_id).newer
    if kind is None:
        raise Conflict("variant.no_newer", _("This type is already compared with the newest edition."))
    return kind


def _newer_page(variant_id: UUID, form: FormState) -> str:
    kind, shown = _newest(variant_id), service.opened(variant_id)
    base, own = content_of(kind), shown.variant.content
    found = [described(one, shown.variant.base, base, own) for one in changes(shown.variant.base, base, own)]
    return render_template(
        "agreements/variants/newer.html",
        shown=shown,
        kind=kind,
        found=found,
        form=FormState({**_proposed(found), **form.values}, form.errors),
        may_edit=_may_edit,
    )


def _proposed(found: list[Described]) -> dict[str, str]:
    """What the page proposes: the new where nothing is the tenant's own; what is both must be decided."""
    proposed = {}
    for one in found:
        if one.change.is_untouched or one.change.own is None:
            proposed[one.field] = Choice.NEW.value
        elif one.change.is_taken:
            proposed[one.field] = Choice.OWN.value
        if _may_edit(one.change):
            proposed |= {f"{one.field}-{name}": words["text"] for name, words in _words(one.change.own)}
    return proposed


def _may_edit(change: Change) -> bool:
    """Whether one can write a text that takes both into account."""
    return change.name.group == "clauses" and change.own is not None and change.new is not None


def _words(unit: Unit | None) -> Any:
    return unit["words"].items() if unit else ()


def _chosen(found: list[Described], kind: AgreementType) -> tuple[dict[Name, Choice | Unit], dict[str, str]]:
    chosen: dict[Name, Choice | Unit] = {}
    wrong: dict[str, str] = {}
    for one in found:
        choice = request.form.get(one.field, "")
        if choice in set(Choice):
            chosen[one.change.name] = Choice(choice)
        elif choice == EDIT and _may_edit(one.change) and one.change.own:
            chosen[one.change.name] = _edited(one, kind, wrong)
        else:
            wrong[one.field] = _("Choose one of the alternatives.")
    return chosen, wrong


def _edited(one: Described, kind: AgreementType, wrong: dict[str, str]) -> Unit:
    """The tenant's own unit with the texts that were written; what is wrong with them goes to ``wrong``."""
    own: Content = one.change.own or {"declared": {}, "words": {}}
    words = {}
    for language, said in own["words"].items():
        name = f"{one.field}-{language}"
        text = request.form.get(name, "").replace("\r\n", "\n").strip()
        trouble = clause_error(kind, text) if text else _("Fill in this field.")
        if trouble or len(text) > LONGEST:
            wrong[name] = trouble or str(
                Paragraphs(max=LONGEST).make_error("too_long", max=LONGEST, length=len(text))
            )
        words[language] = {**said, "text": text}
    return {"declared": own["declared"], "words": words}
