"""The mails of amending: the parties are told of what needs no signature, and hear about their requests."""

from collections.abc import Iterable

from flask_babel import gettext as _

from core.agreements.amending.models import RevisionRequest
from core.agreements.changes import Change, Changes
from core.agreements.models import Agreement, SignatureRequest
from core.agreements.notice_kinds import ANSWERS, LIFE
from core.agreements.signing.case import today
from core.agreements.signing.mails import address_of
from core.agreements.signing.people import adviser_of, advisers_of
from core.notices import letters
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language


def tell_of_notice(
    agreement: Agreement, requests: Iterable[SignatureRequest], changes: Changes, reason: str
) -> None:
    """Tell everybody who signed what is new, once for each address."""
    with in_language(agreement.language):
        subject = _("New details in the agreement: %(title)s", title=agreement.title)
        opening = _(
            "%(tenant)s tells you that details of the agreement “%(title)s” are new from %(day)s. "
            "Everything that you have signed is as it was, and you need not do anything.",
            tenant=current_tenant().name,
            title=agreement.title,
            day=written_date(today()),
        )
        told = "\n\n".join(_told(one) for one in changes.all)
        _to_signatories(agreement, requests, subject, opening, told, _("Reason: %(reason)s", reason=reason))


def _told(change: Change) -> str:
    lines = [change.heading]
    if change.before:
        lines.append(_("Before: %(text)s", text=_on_one_line(change.before)))
    if change.after:
        lines.append(_("Now: %(text)s", text=_on_one_line(change.after)))
    return "\n".join(lines)


def _on_one_line(text: str) -> str:
    return ", ".join(text.splitlines())


def tell_adviser_of_request(agreement: Agreement, asked: RevisionRequest) -> None:
    """Tell the adviser that a party asks for a revision."""
    for adviser in advisers_of(agreement):
        with in_language(adviser.language or current_tenant().language):
            subject = _("A party asks for a revision: %(title)s", title=agreement.title)
            who = _(
                "%(name)s asks for a revision on behalf of %(party)s:",
                name=asked.name,
                party=asked.party_name,
            )
            after = _("Begin a change of the agreement, or answer why not:")
            told = "\n\n".join((who, asked.words, after, address_of(agreement)))
            letters.tell(ANSWERS, adviser, letters.Notice(subject, "", [letters.Item(told, agreement.id)]))


def tell_party_of_answer(
    agreement: Agreement, requests: Iterable[SignatureRequest], asked: RevisionRequest
) -> None:
    """Tell whoever signed for the party why there is no revision."""
    theirs = [one for one in requests if one.party_name == asked.party_name]
    with in_language(agreement.language):
        subject = _("Your request for a revision: %(title)s", title=agreement.title)
        opening = _("%(tenant)s has answered your request for a revision.", tenant=current_tenant().name)
        applies = _("The agreement applies unchanged.")
        _to_signatories(agreement, theirs, subject, opening, asked.answer, applies)


def _to_signatories(
    agreement: Agreement, requests: Iterable[SignatureRequest], subject: str, *paragraphs: str
) -> None:
    adviser = adviser_of(agreement)
    ask = _("Questions? Ask %(name)s: %(email)s", name=adviser.name, email=adviser.email)
    people = {one.email: one.signed_name or one.name for one in requests if one.email}
    for email, name in people.items():
        letters.write(LIFE, email, subject, (_("Hello %(name)s", name=name), *paragraphs, ask))
