"""What the audit says in plain words about contacts of agreements in force."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.agreements.models import Contact
from core.kernel.database import db
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording


def _names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(Contact.id, Contact.name).where(Contact.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}


_FIELDS = {
    "name": Wording(nb="navn", da="navn", en="name"),
    "role_title": Wording(nb="stilling", da="stilling", en="position"),
    "email": Wording(nb="e-post", da="e-mail", en="e-mail"),
    "phone": Wording(nb="telefon", da="telefon", en="phone"),
    "deputy": Wording(nb="stedfortreder", da="stedfortræder", en="deputy"),
    "absent_from": Wording(nb="fravær", da="fravær", en="absence"),
}
_ACTIONS = {
    "contact.asked": Wording(
        nb="spurte om opplysningene stemmer hos", da="spurgte, om oplysningerne passer hos", en="asked"
    ),
    "contact.opened": Wording(
        nb="åpnet kontaktopplysningene til",
        da="åbnede kontaktoplysningerne for",
        en="opened the contact details of",
    ),
    "contact.read": Wording(
        nb="så kontaktopplysningene til",
        da="så kontaktoplysningerne for",
        en="saw the contact details of",
    ),
    "contact.confirmed": Wording(
        nb="bekreftet kontaktopplysningene til",
        da="bekræftede kontaktoplysningerne for",
        en="confirmed the contact details of",
    ),
    "contact.proposed": Wording(
        nb="foreslo nye kontaktopplysninger for",
        da="foreslog nye kontaktoplysninger for",
        en="proposed new contact details of",
    ),
    "contact.proposal_taken": Wording(
        nb="godtok de nye kontaktopplysningene til",
        da="godtog de nye kontaktoplysninger for",
        en="took in the new contact details of",
    ),
    "contact.proposal_declined": Wording(
        nb="avslo nye kontaktopplysninger for",
        da="afviste nye kontaktoplysninger for",
        en="declined new contact details of",
    ),
    "contact.changed": Wording(
        nb="endret kontaktopplysningene til",
        da="ændrede kontaktoplysningerne for",
        en="changed the contact details of",
    ),
    "contact.covered": Wording(
        nb="endret stedfortreder eller fravær for",
        da="ændrede stedfortræder eller fravær for",
        en="changed deputy or absence of",
    ),
    "contact.unreached": Wording(
        nb="noterte at e-post ikke når fram til",
        da="noterede, at e-mail ikke når frem til",
        en="noted that mail does not reach",
    ),
}

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "contact",
        Wording(nb="Kontaktperson", da="Kontaktperson", en="Contact"),
        _FIELDS,
        names=_names,
        acts_as="contact_link",
    ),
    *(ActionText(action, text) for action, text in _ACTIONS.items()),
)
