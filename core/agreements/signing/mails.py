"""The mails of signing. Those to the parties speak the agreement's language, those to advisers their own."""

from collections.abc import Iterator
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from core.agreements.models import Agreement, SignatureRequest
from core.agreements.notice_kinds import ANSWERS, SIGNING
from core.agreements.signing.people import Person, adviser_of, advisers_of
from core.agreements.ways import Part
from core.kernel import clock
from core.kernel.settings import Settings
from core.notices import letters
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language


def ask(agreement: Agreement, request: SignatureRequest, token: str) -> None:
    """Send a personal link for the first time, or anew after it was revoked."""
    with in_language(agreement.language):
        subject, opening = _asked(agreement, request)
        _send(agreement, request, subject, opening, *_link(request, token))


def _asked(agreement: Agreement, request: SignatureRequest) -> tuple[str, str]:
    tenant, title = current_tenant().name, agreement.title
    if request.part == Part.APPROVES:
        return (
            _("For you to approve: %(title)s", title=title),
            _(
                "%(tenant)s asks you to read and approve the agreement “%(title)s” before it goes on.",
                tenant=tenant,
                title=title,
            ),
        )
    if request.part == Part.SEES:
        return (
            _("For you to read: %(title)s", title=title),
            _(
                "%(tenant)s lets you read the agreement “%(title)s”. You need not do anything.",
                tenant=tenant,
                title=title,
            ),
        )
    return (
        _("For you to sign: %(title)s", title=title),
        _(
            "%(tenant)s asks you to read and sign the agreement “%(title)s” for %(party)s.",
            tenant=tenant,
            title=title,
            party=request.party_name,
        ),
    )


def remind(agreement: Agreement, request: SignatureRequest, token: str) -> None:
    """Send a new link to somebody who has not answered."""
    with in_language(agreement.language):
        subject, opening = _reminded(agreement, request)
        replaced = _("The link below is new. The link in our earlier mail no longer works.")
        _send(agreement, request, subject, opening, replaced, *_link(request, token))


def _reminded(agreement: Agreement, request: SignatureRequest) -> tuple[str, str]:
    tenant, title = current_tenant().name, agreement.title
    if request.part == Part.APPROVES:
        return (
            _("Reminder: %(title)s waits for your approval", title=title),
            _(
                "The agreement “%(title)s” of %(tenant)s still waits for your approval.",
                title=title,
                tenant=tenant,
            ),
        )
    return (
        _("Reminder: %(title)s waits for your signature", title=title),
        _(
            "The agreement “%(title)s” with %(tenant)s still waits for your signature for %(party)s.",
            title=title,
            tenant=tenant,
            party=request.party_name,
        ),
    )


def send_code(agreement: Agreement, request: SignatureRequest, code: str, minutes: int) -> None:
    """Send a one-time code by mail."""
    with in_language(agreement.language):
        subject = _("Your code to sign: %(title)s", title=agreement.title)
        opening = _("Your code is %(code)s. It works for %(minutes)s minutes.", code=code, minutes=minutes)
        after = _(
            "You asked for it on the page where “%(title)s” is signed. If you did not, do nothing.",
            title=agreement.title,
        )
        _send(agreement, request, subject, opening, after)


def text_of_code(agreement: Agreement, code: str, minutes: int) -> str:
    """A one-time code as a text message."""
    with in_language(agreement.language):
        return _(
            "%(code)s is your code to sign an agreement with %(tenant)s. It works for %(minutes)s minutes.",
            code=code,
            tenant=current_tenant().name,
            minutes=minutes,
        )


def tell_of_behalf(agreement: Agreement, request: SignatureRequest, reason: str, authority: str) -> None:
    """Tell a signatory that somebody else's signature was recorded in their place."""
    with in_language(agreement.language):
        subject = _("Signed on your behalf: %(title)s", title=agreement.title)
        opening = _(
            "%(tenant)s has recorded that %(name)s signed “%(title)s” on your behalf for %(party)s.",
            tenant=current_tenant().name,
            name=request.signed_name,
            title=agreement.title,
            party=request.party_name,
        )
        why = _("Reason: %(reason)s", reason=reason)
        may = _("Authority: %(authority)s", authority=authority)
        after = _("If this is not right, say so at once.")
        _send(agreement, request, subject, opening, why, may, after)


def say_cancelled(agreement: Agreement, request: SignatureRequest) -> None:
    """Tell somebody with a link that there is nothing to sign any longer."""
    with in_language(agreement.language):
        subject = _("Cancelled: %(title)s", title=agreement.title)
        opening = _(
            "%(tenant)s has cancelled the agreement “%(title)s”. You need not do anything.",
            tenant=current_tenant().name,
            title=agreement.title,
        )
        _send(agreement, request, subject, opening, _("Reason: %(reason)s", reason=agreement.cancel_reason))


def say_withdrawn(agreement: Agreement, request: SignatureRequest) -> None:
    """Tell another party that the text was refused and that the link no longer works."""
    with in_language(agreement.language):
        subject = _("Not to be signed now: %(title)s", title=agreement.title)
        opening = _("Another party has refused to sign “%(title)s” as it stands.", title=agreement.title)
        after = _("Your link no longer works. If the agreement is changed and sent again, you get a new one.")
        _send(agreement, request, subject, opening, after)


def say_taken_back(agreement: Agreement, request: SignatureRequest) -> None:
    """Tell a party that the text is being changed and that the link no longer works."""
    with in_language(agreement.language):
        subject = _("Not to be signed now: %(title)s", title=agreement.title)
        opening = _(
            "%(tenant)s has taken the agreement “%(title)s” back to change it.",
            tenant=current_tenant().name,
            title=agreement.title,
        )
        after = _("Your link no longer works. When the agreement is sent again, you get a new one to sign.")
        _send(agreement, request, subject, opening, after)


def say_all_have_signed(agreement: Agreement, request: SignatureRequest) -> None:
    """Tell a party that the agreement is in force and where the signed PDF is."""
    with in_language(agreement.language):
        subject = _("Signed by all: %(title)s", title=agreement.title)
        opening = _(
            "All parties have signed the agreement “%(title)s”. It is now in force.", title=agreement.title
        )
        where = _(
            "Open the link in our latest mail to you to download the signed PDF. It works until %(date)s.",
            date=_date(request.expires_at),
        )
        _send(agreement, request, subject, opening, where)


def tell_adviser_of_refusal(agreement: Agreement, request: SignatureRequest) -> None:
    """Tell the adviser who refused, and why."""
    for adviser in _to_advisers(agreement):
        subject = _("Refused: %(title)s", title=agreement.title)
        who = _("%(name)s has refused to sign for %(party)s.", name=request.name, party=request.party_name)
        reason = _("Reason: %(reason)s", reason=request.refusal_reason)
        after = _("You can change the agreement and send it again:")
        _tell(adviser, subject, who, reason, after, address_of(agreement))


def tell_adviser_of_force(agreement: Agreement) -> None:
    """Tell the adviser that all have signed."""
    for adviser in _to_advisers(agreement):
        subject = _("Signed by all: %(title)s", title=agreement.title)
        opening = _(
            "All parties have signed the agreement “%(title)s”. It is now in force.", title=agreement.title
        )
        after = _("The signed PDF and the dates that were promised are here:")
        _tell(adviser, subject, opening, after, address_of(agreement))


def address_of(agreement: Agreement) -> str:
    """The agreement's page, for people with an account."""
    return f"{_tenant_address()}/agreements/{agreement.id}"


def _to_advisers(agreement: Agreement) -> Iterator[Person]:
    """The adviser and who stands in, each while their own language is spoken."""
    for adviser in advisers_of(agreement):
        with in_language(adviser.language or current_tenant().language):
            yield adviser


def _link(request: SignatureRequest, token: str) -> tuple[str, str, str]:
    return (
        _("Open this link to read the agreement and to answer. It is yours alone: do not pass it on."),
        f"{_tenant_address()}/sign/{token}",
        _("The link works until %(date)s.", date=_date(request.expires_at)),
    )


def _send(agreement: Agreement, request: SignatureRequest, subject: str, *paragraphs: str) -> None:
    if not request.email:
        return  # a private person without an address, who signs in a meeting or on paper
    adviser = adviser_of(agreement)
    greeting = _("Hello %(name)s", name=request.name)
    ask = _("Questions? Ask %(name)s: %(email)s", name=adviser.name, email=adviser.email)
    letters.write(SIGNING, request.email, subject, [greeting, *paragraphs, ask])


def _tell(adviser: Person, subject: str, *paragraphs: str) -> None:
    item = letters.Item("\n\n".join(paragraphs))
    letters.tell(ANSWERS, adviser, letters.Notice(subject, "", [item]))


def _date(instant: datetime) -> str:
    return written_date(clock.local(instant, current_tenant().timezone).date())


def _tenant_address() -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    return f"{settings.public_url}/t/{current_tenant().slug}"
