"""The rule for passwords: long enough and hard to guess, whatever characters somebody likes to use."""

import unicodedata
from typing import Any

from flask_babel import gettext
from flask_security import PasswordUtil
from zxcvbn import zxcvbn

SHORTEST = 10
LONGEST = 128
WEAKEST_SCORE = 3


def normalised(password: str) -> str:
    """One form for the same letters: keyboards differ in how they send å, and the hash must not."""
    return unicodedata.normalize("NFKD", password)


def password_complaints(password: str, personal: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with a new password, in the reader's language; empty when it is good.

    ``personal`` are words that somebody who knows the person would try: name, e-mail address, workplace.
    """
    if len(password) < SHORTEST:
        return [gettext("Use at least %(count)s characters, for example a few words.", count=SHORTEST)]
    if len(password) > LONGEST:
        return [gettext("Use at most %(count)s characters.", count=LONGEST)]
    if "\0" in password:
        return [gettext("The password holds a character that cannot be typed.")]
    words = [word for text in personal for word in (text, *text.replace("@", " ").split()) if word]
    if zxcvbn(password, user_inputs=[*words, "fotfeste"])["score"] < WEAKEST_SCORE:
        return [gettext("This password is easy to guess. Use several words that do not belong together.")]
    return []


class Passwords(PasswordUtil):
    """Flask-Security asks here about passwords, so that its pages follow the same rule."""

    def normalize(self, password: str) -> str:
        """The form of a password that is hashed and compared."""
        return normalised(password)

    def validate(self, password: str, is_register: bool, **fields: Any) -> tuple[list[str] | None, str]:  # noqa: FBT001
        """Complaints about a new password, and its normalised form."""
        del is_register
        account = fields.get("user")
        personal = (account.name, account.email) if account else ()
        return password_complaints(password, personal) or None, normalised(password)
