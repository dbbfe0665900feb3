"""What is sent to people outside: the personal link and the one-time code, in their own language."""

from flask_babel import gettext as _

from core.kernel import mail, sms
from core.persons.models import Person
from core.tenancy.service import current_tenant
from core.web.languages import in_language


def send_link(person: Person, way: str, address: str) -> None:
    """Send the personal link. What it is about is not said: others may read the screen of a phone."""
    tenant = current_tenant().name
    with in_language(person.language):
        if way == "sms":
            sms.send(person.phone, _("Your link to %(tenant)s: %(link)s", tenant=tenant[:80], link=address))
            return
        body = _(
            "Hello %(name)s\n\n%(tenant)s gives you access to what concerns you in Fotfeste.\n\n"
            "Open this link. We then send you a code, so that nobody else can use the link:\n%(link)s\n\n"
            "The link works for 30 days. If you do not know who this is from, you need not do anything.\n",
            name=person.name,
            tenant=tenant,
            link=address,
        )
        mail.send(person.email, _("Your link to %(tenant)s", tenant=tenant), body)


def send_code(person: Person, way: str, code: str) -> None:
    """Send the one-time code."""
    tenant = current_tenant().name
    with in_language(person.language):
        if way == "sms":
            text = _("Your code for %(tenant)s is %(code)s", tenant=tenant[:80], code=code)
            sms.send(person.phone, text)
            return
        body = _(
            "Hello\n\nYour code for %(tenant)s is %(code)s.\n\n"
            "It works for 10 minutes. Tell it to nobody: %(tenant)s never asks for it.\n",
            tenant=tenant,
            code=code,
        )
        mail.send(person.email, _("Your code for %(tenant)s", tenant=tenant), body)
