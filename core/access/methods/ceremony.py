"""What a page and a passkey say to each other: the questions, and whether an answer holds (WebAuthn).

The host of PUBLIC_URL is what a passkey is bound to. Each question carries a challenge that the cookie of
this browser remembers for a few minutes.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from flask import session as cookie
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import generate_challenge, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from core.access.models import Account, Passkey
from core.kernel import clock
from core.kernel.settings import Settings

CHALLENGE = "passkey_challenge"
LASTS = timedelta(minutes=10)
PRODUCT = "Fotfeste"


class AnswerError(Exception):
    """What the browser sent is no answer to our question."""


def question_for_new_key(account: Account, known: Sequence[Passkey]) -> str:
    """Ask for a new passkey that is kept on the device and unlocked by its owner, as JSON."""
    options = generate_registration_options(
        rp_id=_host(),
        rp_name=PRODUCT,
        user_id=account.id.bytes,
        user_name=account.email,
        user_display_name=account.name,
        challenge=_challenge(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(known),
    )
    return options_to_json(options)


def question(known: Sequence[Passkey] = ()) -> str:
    """Ask for one of the known passkeys, or for any that the device keeps for us, as JSON."""
    options = generate_authentication_options(
        rp_id=_host(),
        challenge=_challenge(),
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def new_key(answer: str, challenge: bytes) -> VerifiedRegistration:
    """The passkey that an answer brings. Raises AnswerError."""
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise AnswerError(str(error)) from error


def read_answer(answer: str) -> AuthenticationCredential:
    """An answer before it is checked: it names the passkey. Raises AnswerError."""
    try:
        return parse_authentication_credential_json(answer)
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise AnswerError(str(error)) from error


def check_answer(answer: AuthenticationCredential, key: Passkey, challenge: bytes) -> VerifiedAuthentication:
    """Whether the passkey signed our question, and was not copied. Raises AnswerError."""
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise AnswerError(str(error)) from error


def take_challenge() -> bytes:
    """The challenge that this browser was asked with; it answers once. Raises AnswerError."""
    text, _colon, at = str(cookie.pop(CHALLENGE, "")).partition(" ")
    if not text or clock.now() - datetime.fromisoformat(at) > LASTS:
        raise AnswerError("the question is too old, or was asked in another browser")
    return urlsafe_b64decode(text)


def _challenge() -> bytes:
    made = generate_challenge()
    cookie[CHALLENGE] = f"{urlsafe_b64encode(made).decode()} {clock.now().isoformat()}"
    return made


def _described(known: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=one.credential_id) for one in known]


def _origin() -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    parts = urlsplit(settings.public_url)
    return f"{parts.scheme}://{parts.netloc}"


def _host() -> str:
    return urlsplit(_origin()).hostname or ""
