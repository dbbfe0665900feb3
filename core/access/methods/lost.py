"""Help for somebody who has lost phone, passkeys and recovery codes, once it is clear who they are."""

import logging

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from core.access import mails, sessions
from core.access.methods.recovery import forget_codes
from core.access.models import Passkey
from core.access.service import account_by_email
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.unit_of_work import unit_of_work

log = logging.getLogger(__name__)


def forget_second_factors(email: str) -> None:
    """Let an account be opened by its password alone again; sessions end and the owner is told.

    Raises NotFound.
    """
    account = account_by_email(email)
    if account is None:
        raise NotFound("account.not_found", _("Nobody has this e-mail address."))
    with unit_of_work():
        account.totp_secret = account.totp_since = account.totp_step = None
        db.session.execute(delete(Passkey).where(Passkey.account_id == account.id))
        forget_codes(account.id)
        sessions.end_all(account.id)
        mails.post(
            account.email,
            account.language,
            lambda: mails.sign_in_changed(
                name=account.name,
                change=gettext(
                    "Those who run Fotfeste removed your authenticator app, passkeys and recovery codes."
                ),
            ),
        )
    log.warning("the second factors of account %s were removed", account.id)
