"""The mails about contacts: whether everything is right, and what the adviser hears of answers."""

from flask import current_app
from flask_babel import gettext as _

from core.agreements.contacts.models import ContactCheck
from core.agreements.contacts.people import Listed
from core.agreements.models import Agreement, Contact
from core.agreements.notice_kinds import ANSWERS, CONTACTS
from core.agreements.signing.people import adviser_of, advisers_of
from core.kernel import clock
from core.kernel.settings import Settings
from core.notices import letters
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language


def ask_whether_right(agreement: Agreement, one: Listed, check: ContactCheck, token: str) -> None:
    """Give a contact the personal link, in the language of the agreement."""
    adviser, tenant = adviser_of(agreement), current_tenant()
    with in_language(agreement.language):
        until = written_date(clock.local(check.expires_at, tenant.timezone).date())
        told = [
            _("Hello %(name)s", name=one.row.name),
            _(
                "You are named as “%(title)s” in the agreement “%(agreement)s” with %(tenant)s. "
                "Are your name, telephone number and e-mail address still right?",
                title=one.title,
                agreement=agreement.title,
                tenant=tenant.name,
            ),
            _("Look at them and confirm by one click, or say what has changed:"),
            _address(f"contact/{token}"),
            _("The link is personal and works until %(date)s.", date=until),
            _("Questions? Ask %(name)s: %(email)s", name=adviser.name, email=adviser.email),
        ]
        subject = _("Are your contact details still right? %(agreement)s", agreement=agreement.title)
        letters.write(CONTACTS, check.email, subject, told)


def say_proposed(agreement: Agreement, contact: Contact) -> None:
    """Tell the adviser that a contact asks for a change."""
    for person in advisers_of(agreement):
        with in_language(person.language or current_tenant().language):
            told = [
                _(
                    "%(who)s has new contact details in “%(agreement)s”. Take them in, or decline them:",
                    who=contact.name,
                    agreement=agreement.title,
                ),
                _address(f"agreements/{agreement.id}/contacts"),
            ]
            subject = _("New contact details: %(agreement)s", agreement=agreement.title)
            item = letters.Item("\n\n".join(told))
            letters.tell(ANSWERS, person, letters.Notice(subject, "", [item]))


def _address(path: str) -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    return f"{settings.public_url}/t/{current_tenant().slug}/{path}"
