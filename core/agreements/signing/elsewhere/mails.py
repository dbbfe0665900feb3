"""What the adviser is told when a service cannot be reached, or ends before all have signed."""

from collections.abc import Iterator

from flask_babel import gettext as _

from core.agreements.models import Agreement
from core.agreements.notice_kinds import ANSWERS
from core.agreements.signing.mails import address_of
from core.agreements.signing.people import Person, advisers_of
from core.agreements.signing.providers.catalogue import title_of
from core.agreements.signing.providers.models import SentEnvelope
from core.agreements.signing.providers.states import REFUSED
from core.notices import letters
from core.tenancy.service import current_tenant
from core.web.languages import current_language, in_language


def tell_adviser_of_trouble(agreement: Agreement, envelope: SentEnvelope) -> None:
    """Tell the adviser that nobody has been asked yet, and what happens next."""
    for adviser in _to_advisers(agreement):
        service = title_of(envelope.provider, current_language())
        subject = _("Not at %(service)s yet: %(title)s", service=service, title=agreement.title)
        if envelope.trouble == REFUSED:
            what = _(
                "%(service)s does not take the agreement, so nobody has been asked to sign.", service=service
            )
            then = _("Ask an administrator to check the access to the service, and try again here:")
        else:
            what = _("%(service)s does not answer, so nobody has been asked to sign yet.", service=service)
            then = _("We try again by ourselves for a day. You can also try again or take it back here:")
        _tell(adviser, subject, what, then, address_of(agreement))


def tell_adviser_of_end(agreement: Agreement, envelope: SentEnvelope) -> None:
    """Tell the adviser that nobody can sign at the service any longer."""
    for adviser in _to_advisers(agreement):
        service = title_of(envelope.provider, current_language())
        subject = _("Over at %(service)s: %(title)s", service=service, title=agreement.title)
        what = _("%(service)s has ended the signing before all had signed.", service=service)
        then = _("Take the agreement back and send it anew:")
        _tell(adviser, subject, what, then, address_of(agreement))


def _to_advisers(agreement: Agreement) -> Iterator[Person]:
    for adviser in advisers_of(agreement):
        with in_language(adviser.language or current_tenant().language):
            yield adviser


def _tell(adviser: Person, subject: str, *paragraphs: str) -> None:
    letters.tell(ANSWERS, adviser, letters.Notice(subject, "", [letters.Item("\n\n".join(paragraphs))]))
