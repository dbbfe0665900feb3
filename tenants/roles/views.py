"""Pages about roles: who may do what, and roles of the tenant's own."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import own_roles
from core.access import service as access
from core.access.permissions import GROUPS, scopes_of
from core.access.scopes import ALL, widest
from core.kernel.errors import Conflict, Invalid, Message, Refused
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import current_language
from tenants.roles.matrix import matrix, scope_sentences, scope_words, sentence_of
from tenants.roles.schemas import NO, answers, field_of, grants_in, role_form

roles = Blueprint("tenants_roles", __name__, url_prefix="/t/<slug>/roles")

Question = tuple[str, str, tuple[tuple[str, str], ...]]


@roles.get("")
def page() -> str:
    """Who may do what."""
    return render_template(
        "tenants/roles/matrix.html",
        matrix=matrix(current_language()),
        meanings=[(word, scope_sentences()[scope]) for scope, word in scope_words().items()],
        may_make=access.decide(own_roles.MANAGE).allowed,
        may_rename=access.decide("tenant:manage").allowed,
    )


@roles.get("/new")
def new() -> str:
    """The form of a role of one's own, filled like another role when the address names one."""
    access.require(own_roles.MANAGE)
    like = next((one for one in own_roles.roles_here() if one.key == request.args.get("like")), None)
    return _form_page(FormState(answers(widest(like.permissions) if like else {})))


@roles.post("/new")
def make() -> ResponseReturnValue:
    """Make a role."""
    access.require(own_roles.MANAGE)
    loaded, state = read_form(role_form(), request.form)
    if loaded is None:
        return _form_page(state), 422
    try:
        made = own_roles.make_role(loaded["title"], grants_in(loaded))
    except (Invalid, Refused) as problem:
        return _form_page(with_errors(state, problem.fields), trouble=problem.message), problem.status
    flash(
        _("The role %(title)s is there. Now give it to somebody under People.", title=made.title), "success"
    )
    return redirect(url_for("tenants_roles.page"), code=303)


@roles.get("/<uuid:role_id>")
def edit(role_id: UUID) -> str:
    """The form of a role that the tenant has made."""
    role = own_roles.role_by_id(role_id)
    return _form_page(FormState(answers(widest(role.grants)) | {"title": role.title}), role=role)


@roles.post("/<uuid:role_id>")
def change(role_id: UUID) -> ResponseReturnValue:
    """Change a role for everybody who has it."""
    role = own_roles.role_by_id(role_id)
    loaded, state = read_form(role_form(), request.form)
    if loaded is None:
        return _form_page(state, role=role), 422
    try:
        own_roles.change_role(role_id, loaded["title"], grants_in(loaded))
    except (Invalid, Refused, Conflict) as problem:
        state = with_errors(state, problem.fields)
        return _form_page(state, role=role, trouble=problem.message), problem.status
    flash(_("The role is changed for everybody who has it."), "success")
    return redirect(url_for("tenants_roles.page"), code=303)


@roles.post("/<uuid:role_id>/retire")
def retire(role_id: UUID) -> ResponseReturnValue:
    """Take a role out of use."""
    role = own_roles.role_by_id(role_id)
    try:
        own_roles.retire_role(role_id)
    except Conflict as problem:
        state = FormState(answers(widest(role.grants)) | {"title": role.title})
        return _form_page(state, role=role, trouble=problem.message), problem.status
    flash(_("The role is out of use."), "success")
    return redirect(url_for("tenants_roles.page"), code=303)


def _form_page(state: FormState, *, role: own_roles.MadeHere | None = None, trouble: Message = "") -> str:
    language = current_language()
    groups = [
        (title.in_language(language), [_question(one, language) for one in permissions])
        for title, permissions in GROUPS
    ]
    return render_template(
        "tenants/roles/form.html",
        form=state,
        role=role,
        trouble="" if state.errors else trouble,
        groups=groups,
        meanings=[(word, scope_sentences()[scope]) for scope, word in scope_words().items()],
    )


def _question(permission: str, language: str) -> Question:
    scopes = scopes_of(permission)
    words = scope_words() if len(scopes) > 1 else {ALL: _("yes")}
    options = ((NO, _("no")), *((scope, words[scope]) for scope in scopes))
    return field_of(permission), sentence_of(permission, language), options
