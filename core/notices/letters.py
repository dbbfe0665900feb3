"""Writing notices: to the parties at once, to colleagues as each of them has chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.access.service import Person, account_by_email
from core.kernel import mail
from core.kernel.database import db
from core.notices.kinds import Kind
from core.notices.models import OwnText, Waiting
from core.notices.rhythms import Rhythm, rhythm_of
from core.tenancy.service import current_tenant
from core.web.languages import current_language


@dataclass(frozen=True)
class Item:
    """One thing to tell. It can be read without the others; ``about_id`` is what it is about."""

    text: str
    about_id: UUID | None = None


@dataclass(frozen=True)
class Notice:
    """A mail to a colleague: ``opening`` says what its items have in common."""

    subject: str
    opening: str
    items: Sequence[Item]


def write(
    kind: Kind,
    recipient: str,
    subject: str,
    paragraphs: Iterable[str],
    files: Iterable[mail.TextFile] = (),
) -> None:
    """Write a mail at once, in the language that is spoken now, with the tenant's own words around it.

    The first paragraph greets. The tenant's opening comes after it, its closing and its name at the end.
    """
    greeting, *rest = paragraphs
    own = own_text(kind.key, current_language())
    parts = [greeting, own.opening if own else "", *rest, own.closing if own else "", current_tenant().name]
    body = "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
    mail.send(recipient, subject, body, files, sender=current_tenant().name)


def tell(kind: Kind, person: Person, notice: Notice) -> None:
    """Tell a colleague at once, or keep it for the gathered mail that the colleague has chosen."""
    account = account_by_email(person.email)
    if account is None or rhythm_of(account.id, kind.key) is Rhythm.AT_ONCE:
        greeting = _("Hello %(name)s", name=person.name)
        lines = [one.text for one in notice.items]
        write(kind, person.email, notice.subject, [greeting, notice.opening, *lines])
        return
    heading = notice.opening or notice.subject
    db.session.add_all(
        Waiting(
            account_id=account.id, kind=kind.key, heading=heading[:500], body=one.text, about_id=one.about_id
        )
        for one in notice.items
    )


def own_text(kind: str, language: str) -> OwnText | None:
    """The tenant's own words in a kind of mail and a language."""
    query = select(OwnText).where(OwnText.kind == kind, OwnText.language == language)
    return db.session.scalar(query)
