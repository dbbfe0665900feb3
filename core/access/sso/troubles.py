"""What can be wrong with an identity provider or its answer, in words for those who meet it."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from core.kernel.errors import Message, Problem

MESSAGES: Final[Mapping[str, Message]] = {
    "address": _("The address of the sign-in service must begin with https:// and be open on the internet."),
    "not_found": _("No sign-in service answers there. Check the address, letter by letter."),
    "too_slow": _("The sign-in service does not answer, or answers too slowly. Try again in a moment."),
    "no_trust": _("The sign-in service cannot show a valid certificate, so we do not talk to it."),
    "redirected": _("The sign-in service sends us to another address. Use the address it ends up at."),
    "too_large": _("The sign-in service answers with far more than it should."),
    "not_json": _("What answers there is not a sign-in service by OpenID Connect."),
    "refused": _("The sign-in service refused to answer us. Try again in a moment."),
    "other_issuer": _(
        "The sign-in service calls itself something else than the address here. "
        "Copy its issuer exactly, with or without a slash at the end."
    ),
    "incomplete": _("The sign-in service does not say where people sign in or which keys it signs with."),
    "no_code": _("The sign-in service does not offer the authorization code flow, which we need."),
    "no_pkce": _("The sign-in service does not offer PKCE with S256, which we need."),
    "no_algorithm": _("The sign-in service signs in no way that we accept. Ask for RS256 or ES256."),
    "no_keys": _("The sign-in service shows no key that we can check its signatures with."),
    "wrong_secret": _("The sign-in service does not know the client id, or the secret is wrong."),
    "bad_code": _("The sign-in service did not accept the answer it gave you. Begin again."),
    "no_token": _("The sign-in service did not say who you are. Begin again."),
    "bad_token": _("We cannot read what the sign-in service says about you."),
    "bad_algorithm": _("What the sign-in service says is not signed in a way that we accept."),
    "unknown_key": _("What the sign-in service says is signed with a key that it does not show."),
    "bad_signature": _("What the sign-in service says is not signed by it."),
    "wrong_issuer": _("The answer comes from another sign-in service than the one you were sent to."),
    "wrong_audience": _("The answer is meant for another service than Fotfeste."),
    "wrong_nonce": _("The answer belongs to another sign-in than the one you began here. Begin again."),
    "expired": _("The answer of the sign-in service is too old, or its clock is wrong. Begin again."),
    "no_subject": _("The sign-in service does not say which person you are."),
    "too_weak": _(
        "Your organisation asks for a stronger way of signing in. Begin again and choose another one."
    ),
    "not_recent": _("The sign-in service did not ask you to sign in again. Begin again."),
    "other_person": _("The sign-in service speaks of two different people. Begin again."),
    "unknown_state": _(
        "We cannot tie this answer to a sign-in that began in this browser. "
        "It may be too old, or used already. Begin again."
    ),
    "denied": _("You cancelled, or your organisation did not let you in. Nothing has changed."),
}


class Trouble(Problem):
    """The identity provider, or what it answered, cannot be used; ``code`` says why."""

    status = 400

    def __init__(self, key: str) -> None:
        super().__init__(f"sso.{key}", MESSAGES[key])
        self.key = key
