"""The pages of the register: finding, one person, registering and changing, health and family, letting in."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import service as access
from core.access.limits import limited
from core.access.links import public_link
from core.history import service as histories
from core.history.paging import before, older_url
from core.kernel.errors import Conflict, Invalid
from core.persons import admission, lists, sensitive, service
from core.persons.choices import Choices, choices, entry_of, number_search, ways
from core.persons.models import Person
from core.persons.reaching import ADMIT, SHIELDED, WRITE, find, may
from core.persons.schemas import AdmitForm, SensitiveForm
from core.persons.service import REVEAL, Shown
from core.persons.wordings import kind_titles, shield_title
from core.tenancy.service import current_tenant
from core.web.forms import FormState, read_form, with_errors
from core.web.languages import LANGUAGES, current_language

INVALID = 422
LONGEST_SEARCH = 100

register = Blueprint("persons_register", __name__, url_prefix="/t/<slug>/persons")


@register.get("")
def people() -> str:
    """The list, filtered by the address."""
    return _list_page(FormState())


@register.post("/find")
@limited("30 per minute")
def find_by_number() -> ResponseReturnValue:
    """Go to the person with an exact number, which so never stands in an address."""
    loaded, form = read_form(number_search(), request.form)
    if loaded is None:
        return _list_page(form), INVALID
    try:
        person_id = lists.find_by_number(loaded["national_id"])
    except Invalid as problem:
        return _list_page(with_errors(form, problem.fields)), problem.status
    return _to(person_id)


@register.get("/shielded")
def shielded() -> str:
    """People with a protected address."""
    found = lists.shielded(_page_number())
    return render_template("persons/shielded.html", found=found, **_words())


@register.get("/new")
def new() -> str:
    """The form of somebody new."""
    member = access.require(WRITE)
    values = {"language": current_tenant().language, "adviser": str(member.account_id)}
    return _form_page(choices(), FormState(values))


@register.post("/new")
def add() -> ResponseReturnValue:
    """Register somebody."""
    access.require(WRITE)
    offered = choices()
    loaded, form = read_form(offered.form(), request.form)
    if loaded is None:
        return _form_page(offered, form), INVALID
    try:
        person_id = service.register(entry_of(loaded))
    except Invalid as problem:
        return _form_page(offered, with_errors(form, problem.fields)), problem.status
    flash(_("%(name)s is registered.", name=loaded["name"]), "success")
    return _to(person_id)


@register.get("/<uuid:person_id>")
def page(person_id: UUID) -> str:
    """One person."""
    return _person_page(service.show(person_id))


@register.post("/<uuid:person_id>/number")
def number(person_id: UUID) -> str:
    """One person with the whole number, once."""
    return _person_page(service.reveal_number(person_id))


@register.get("/<uuid:person_id>/history")
def history(person_id: UUID) -> str:
    """What has happened to one person's data."""
    name = find(person_id).name
    found = histories.history_of("person", person_id, before=before())
    return render_template(
        "history/page.html",
        title=name,
        back=(name, url_for("persons_register.page", person_id=person_id)),
        active="persons",
        history=found,
        history_of="person",
        older_url=older_url(found),
    )


@register.get("/<uuid:person_id>/change")
def edit(person_id: UUID) -> str:
    """The form with what is written."""
    person = service.stored(person_id)
    return _form_page(choices(), FormState(_values(person)), person)


@register.post("/<uuid:person_id>/change")
def change(person_id: UUID) -> ResponseReturnValue:
    """Change what is written."""
    person, offered = service.stored(person_id), choices()
    loaded, form = read_form(offered.form(), request.form)
    if loaded is None:
        return _form_page(offered, form, person), INVALID
    try:
        service.change(person_id, entry_of(loaded))
    except Invalid as problem:
        return _form_page(offered, with_errors(form, problem.fields), person), problem.status
    flash(_("The changes are saved."), "success")
    return _to(person_id)


@register.get("/<uuid:person_id>/end")
def ask_to_end(person_id: UUID) -> str:
    """What it means to end the work with somebody, and the button that does it."""
    return render_template("persons/end.html", person=find(person_id, WRITE))


@register.post("/<uuid:person_id>/end")
def end(person_id: UUID) -> ResponseReturnValue:
    """End the work with somebody."""
    service.end(person_id)
    flash(_("The work is ended. Links and visits no longer work."), "success")
    return _to(person_id)


@register.post("/<uuid:person_id>/take-up")
def take_up(person_id: UUID) -> ResponseReturnValue:
    """Work with somebody again."""
    service.take_up_again(person_id)
    flash(_("The work is taken up again. A new link is needed to come in."), "success")
    return _to(person_id)


@register.get("/<uuid:person_id>/health")
def health(person_id: UUID) -> str:
    """What is written about health and family."""
    text = sensitive.read(person_id)
    return _health_page(text, FormState({"health": text.health, "family": text.family}))


@register.post("/<uuid:person_id>/health")
def write_health(person_id: UUID) -> ResponseReturnValue:
    """Change what is written about health and family."""
    loaded, form = read_form(SensitiveForm(), request.form)
    if loaded is None:
        return _health_page(sensitive.read(person_id), form), INVALID
    sensitive.write(person_id, health=loaded["health"], family=loaded["family"])
    flash(_("The changes are saved."), "success")
    return _to(person_id)


@register.post("/<uuid:person_id>/admit")
@limited("30 per minute")
def admit(person_id: UUID) -> ResponseReturnValue:
    """Send a personal link; an earlier one stops working."""
    person = find(person_id, ADMIT)
    loaded, form = read_form(AdmitForm(), request.form)
    if loaded is None:
        return _person_page(service.show(person.id), form), INVALID
    try:
        admission.give_link(person_id, loaded["way"], _link)
    except (Invalid, Conflict) as problem:
        errors = problem.fields or {"way": problem.message}
        return _person_page(service.show(person.id), with_errors(form, errors)), problem.status
    flash(_("The link is on its way. It works for 30 days."), "success")
    return _to(person_id)


@register.post("/<uuid:person_id>/links/<uuid:link_id>/revoke")
def revoke(person_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """Take a link back."""
    admission.revoke_link(person_id, link_id)
    flash(_("The link no longer works, and whoever came in by it is out."), "success")
    return _to(person_id)


def _link(token: str) -> str:
    return public_link("persons_visit.door", token=token)


def _to(person_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("persons_register.page", person_id=person_id), code=303)


def _page_number() -> int:
    written = request.args.get("page", "1")
    return int(written) if written.isdecimal() and len(written) < LONGEST_SEARCH // 10 else 1


def _words() -> dict[str, Any]:
    language = current_language()
    return {"kinds": kind_titles(language), "shield_title": lambda shield: shield_title(shield, language)}


def _list_page(number: FormState) -> str:
    words = request.args.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    ended = request.args.get("ended") == "yes"
    return render_template(
        "persons/list.html",
        found=lists.search(words=words, ended=ended, page=_page_number()),
        words=words,
        ended=ended,
        number=number,
        check=service.person_number(),
        may_write=access.decide(WRITE).allowed,
        may_see_shielded=access.decide(SHIELDED).allowed,
        language=current_language(),
        **_words(),
    )


def _person_page(shown: Shown, admit_form: FormState | None = None) -> str:
    person = find(shown.id)
    may_admit = may(ADMIT, person) and (not person.shield or may(SHIELDED, person))
    return render_template(
        "persons/page.html",
        person=shown,
        check=service.person_number(),
        language=current_language(),
        languages=LANGUAGES,
        may_write=may(WRITE, person),
        may_change=may(WRITE, person) and not shown.hides_contact and shown.ended_at is None,
        may_reveal=may(REVEAL, person) and bool(shown.number) and shown.number_is_masked,
        may_read_health=may(sensitive.READ, person),
        may_admit=may_admit and shown.ended_at is None,
        ways=ways(admission.ways_to(person)) if may_admit else [],
        links=admission.open_links(person.id) if may_admit else [],
        form=admit_form or FormState({"way": next(iter(admission.ways_to(person)), "")}),
        **_words(),
    )


def _form_page(offered: Choices, form: FormState, person: Person | None = None) -> str:
    return render_template(
        "persons/form.html",
        choices=offered,
        form=form,
        person=person,
        masked=service.masked(person) if person else "",
        language=current_language(),
    )


def _values(person: Person) -> dict[str, object]:
    names = ("kind", "name", "email", "phone", "language", "born_on", "address", "shield")
    values: dict[str, object] = {name: getattr(person, name) for name in names}
    return values | {"adviser": person.adviser_id, "unit": person.unit_id}


def _health_page(text: sensitive.SensitiveText, form: FormState) -> str:
    person = find(text.person_id)
    return render_template(
        "persons/health.html", text=text, form=form, may_write=may(sensitive.WRITE, person)
    )
