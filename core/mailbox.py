"""The local mailbox: on a developer's own machine mail and texts stay here instead of going out."""

from uuid import UUID

from flask import Blueprint, current_app, render_template, url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope
from core.kernel.settings import Settings
from core.kernel.sms import OutgoingSms

NEWEST = 200

mailbox = Blueprint("access_mailbox", __name__)


@mailbox.app_context_processor
def _offer() -> dict[str, str]:
    """``mailbox_url`` in every template: empty where there is no local mailbox."""
    return {"mailbox_url": url_for("access_mailbox.letters") if _is_open() else ""}


def _is_open() -> bool:
    settings: Settings = current_app.config["FOTFESTE"]
    return settings.development and not settings.mail_url


@mailbox.before_request
def _only_at_home() -> None:
    if not _is_open():
        raise NotFound("mailbox.closed", _("We cannot find this page."))


@mailbox.get("/mailbox")
def letters() -> str:
    """The newest mails and text messages, whether or not the worker has taken them up."""
    with platform_scope("show the local mailbox"):
        mails = select(OutgoingMail).order_by(OutgoingMail.written_at.desc(), OutgoingMail.id.desc())
        texts = select(OutgoingSms).order_by(OutgoingSms.written_at.desc(), OutgoingSms.id.desc())
        found = list(db.session.scalars(mails.limit(NEWEST)))
        messages = list(db.session.scalars(texts.limit(NEWEST)))
    return render_template("mailbox/letters.html", letters=found, messages=messages)


@mailbox.get("/mailbox/<uuid:mail_id>")
def letter(mail_id: UUID) -> str:
    """One mail, with links that work."""
    with platform_scope("show the local mailbox"):
        found = db.session.get(OutgoingMail, mail_id)
    if found is None:
        raise NotFound("mailbox.no_letter", _("We cannot find this mail."))
    return render_template("mailbox/letter.html", letter=found)
