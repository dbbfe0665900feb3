"""Who takes part, as somebody types it: contacts that are ticked, and others on a line each."""

from collections.abc import Iterable
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _

from core.kernel.errors import Invalid
from core.obligations.models import Participant
from core.obligations.subjects import Contact

LONGEST_NAME, MOST = 160, 60


@dataclass(frozen=True)
class Guest:
    """Somebody who is to take part."""

    name: str
    role_title: str = ""
    email: str = ""

    @property
    def identity(self) -> str:
        """What tells one from another: the address, or the name where there is none."""
        return (self.email or self.name).casefold()


def guest_of(somebody: Contact | Participant) -> Guest:
    """A contact, or somebody who was asked before."""
    if isinstance(somebody, Contact):
        return Guest(somebody.name, somebody.role, somebody.email)
    return Guest(somebody.name, somebody.role_title, somebody.email)


def read_others(text: str) -> list[Guest]:
    """Lines of ``Name, e-mail`` as people; the address may be missing. Raises Invalid for ``others``."""
    guests = [_read(line) for line in text.splitlines() if line.strip()]
    if len(guests) > MOST:
        raise _wrong(_("Name at most %(count)s people.", count=MOST))
    return guests


def _read(line: str) -> Guest:
    name, _comma, email = (part.strip() for part in line.partition(","))
    if not name or len(name) > LONGEST_NAME or "@" in name:
        raise _wrong(_("Write a name and an e-mail address on each line, with a comma between them."))
    try:
        return Guest(name, "", validate_email(email, check_deliverability=False).normalized if email else "")
    except EmailNotValidError as error:
        raise _wrong(_("“%(email)s” is no e-mail address.", email=email[:100])) from error


def _wrong(message: object) -> Invalid:
    return Invalid("meeting.others", message, {"others": message})


def written(people: Iterable[Participant], contacts: Iterable[Contact]) -> str:
    """Those who are no contacts, as one would type them."""
    known = {guest_of(one).identity for one in contacts}
    others = [one for one in people if guest_of(one).identity not in known]
    return "\n".join(f"{one.name}, {one.email}" if one.email else one.name for one in others)
