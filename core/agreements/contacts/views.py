"""The pages of contacts for members: the list of an agreement, and changing one contact."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.agreements.contacts import asking, changing, pages
from core.agreements.contacts.changing import Cover, Details
from core.agreements.contacts.schemas import CoverForm, DetailsForm
from core.kernel.errors import Invalid
from core.web.forms import FormSchema, FormState, read_form, with_errors

contacts = Blueprint("agreements_contacts", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>")
INVALID = 422


@contacts.get("/contacts")
def page(agreement_id: UUID) -> str:
    """Who the contacts are, and when each was confirmed."""
    return render_template("agreements/contacts/page.html", page=pages.contacts_page(agreement_id))


@contacts.get("/contacts/<key>/change")
def change_page(agreement_id: UUID, key: str) -> str:
    """The forms of one contact."""
    return _page(agreement_id, key)


@contacts.post("/contacts/<key>/change")
def change(agreement_id: UUID, key: str) -> Any:
    """Give a contact other details."""

    def act(given: dict[str, Any]) -> None:
        changing.change(agreement_id, key, Details(**given))

    return _act(agreement_id, key, "details", DetailsForm(), act)


@contacts.post("/contacts/<key>/cover")
def cover(agreement_id: UUID, key: str) -> Any:
    """Say who stands in, and when."""

    def act(given: dict[str, Any]) -> None:
        named = {name.removeprefix("deputy_"): one for name, one in given.items() if name != "deputy_key"}
        changing.cover(agreement_id, key, Cover(deputy_key=given["deputy_key"], **named))

    return _act(agreement_id, key, "cover", CoverForm(), act)


@contacts.post("/contacts/<key>/confirm")
def confirm(agreement_id: UUID, key: str) -> Response:
    """Write down that a contact is right."""
    changing.confirm(agreement_id, key)
    return _back(agreement_id, _("Noted: the contact details are right."))


@contacts.post("/contacts/<key>/ask")
def ask(agreement_id: UUID, key: str) -> Response:
    """Send a contact the link that confirms."""
    asking.ask(agreement_id, key)
    return _back(agreement_id, _("The question is on its way."))


@contacts.post("/contacts/proposals/<uuid:check_id>/take")
def take(agreement_id: UUID, check_id: UUID) -> Response:
    """Take in what a contact proposes."""
    changing.decide(agreement_id, check_id, take=True)
    return _back(agreement_id, _("The new contact details are in the list."))


@contacts.post("/contacts/proposals/<uuid:check_id>/decline")
def decline(agreement_id: UUID, check_id: UUID) -> Response:
    """Leave a contact as it is."""
    changing.decide(agreement_id, check_id, take=False)
    return _back(agreement_id, _("The contact details stay as they are."))


def _act(
    agreement_id: UUID, key: str, name: str, schema: FormSchema, verb: Callable[[dict[str, Any]], None]
) -> Any:
    pages.contact_page(agreement_id, key)
    given, state = read_form(schema, request.form)
    if given is not None:
        try:
            verb(given)
        except Invalid as problem:
            state = with_errors(state, problem.fields)
        else:
            return _back(agreement_id, _("Saved."))
    return _page(agreement_id, key, **{name: state}), INVALID


def _page(agreement_id: UUID, key: str, **forms: FormState) -> str:
    found = pages.contact_page(agreement_id, key)
    fresh = {"details": _details(found), "cover": _cover(found)}
    states = {name: replace(forms.get(name, fresh[name]), prefix=name) for name in fresh}
    return render_template("agreements/contacts/change.html", page=found, forms=states)


def _details(found: pages.ContactPage) -> FormState:
    row = found.one.listed.row
    return FormState({name: getattr(row, name) for name in ("name", "role_title", "email", "phone")})


def _cover(found: pages.ContactPage) -> FormState:
    row = found.cover
    if row is None:
        return FormState()
    days = {name: getattr(row, name) for name in ("absent_from", "absent_until")}
    texts = {f"deputy_{name}": getattr(row, name) for name in ("name", "email", "phone")}
    known_days = {name: day.isoformat() for name, day in days.items() if day}
    return FormState({"deputy_key": row.deputy_key, **texts, **known_days})


def _back(agreement_id: UUID, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("agreements_contacts.page", agreement_id=agreement_id), code=303)
