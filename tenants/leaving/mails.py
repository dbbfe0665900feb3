"""The letters about leaving: to everybody who works in the tenant, each in their own language."""

from collections.abc import Callable, Iterable
from datetime import date

from flask import current_app
from flask_babel import gettext as _

from core.access.mails import Letter, post
from core.access.service import Person
from core.kernel.settings import Settings
from core.tenancy.service import current_tenant
from core.web.formats import written_date

Write = Callable[[Person], Letter]


def tell(people: Iterable[Person], write: Write) -> None:
    """Write to each in the language that the person reads, else in the tenant's."""
    tenant = current_tenant()
    for person in people:
        post(person.email, person.language or tenant.language, lambda one=person: write(one))  # type: ignore[misc]


def closing_asked(by: str, day: date) -> Write:
    """Everything will be deleted on a day, unless somebody takes it back."""
    tenant = current_tenant()

    def write(person: Person) -> Letter:
        body = _(
            "Hello %(name)s\n\n%(by)s has decided that %(tenant)s stops using Fotfeste.\n\n"
            "On %(day)s everything that %(tenant)s has there is deleted and cannot be brought back. "
            "Until then you can work as before.\n\n"
            "An administrator can take this back, or take everything out, here:\n%(link)s\n",
            name=person.name,
            by=by,
            tenant=tenant.name,
            day=written_date(day),
            link=_address("settings/closing"),
        )
        return Letter(_("%(tenant)s stops using Fotfeste", tenant=tenant.name), body)

    return write


def closing_taken_back(by: str) -> Write:
    """Nothing will be deleted after all."""
    tenant = current_tenant()

    def write(person: Person) -> Letter:
        body = _(
            "Hello %(name)s\n\n%(by)s has taken back that %(tenant)s stops using Fotfeste. "
            "Nothing is deleted.\n",
            name=person.name,
            by=by,
            tenant=tenant.name,
        )
        return Letter(_("%(tenant)s goes on using Fotfeste", tenant=tenant.name), body)

    return write


def export_asked(by: str) -> Write:
    """Tell those who answer for the data that somebody takes all of it out."""
    tenant = current_tenant()

    def write(person: Person) -> Letter:
        body = _(
            "Hello %(name)s\n\n%(by)s has asked for an archive with everything that %(tenant)s has in "
            "Fotfeste, confidential information included. It is here when it is ready:\n%(link)s\n\n"
            "If you did not expect this, talk to %(by)s.\n",
            name=person.name,
            by=by,
            tenant=tenant.name,
            link=_address("settings/data"),
        )
        return Letter(_("Everything of %(tenant)s is being taken out", tenant=tenant.name), body)

    return write


def _address(below: str) -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    return f"{settings.public_url}/t/{current_tenant().slug}/{below}"
