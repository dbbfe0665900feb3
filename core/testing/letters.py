"""Reading mail in tests: what was written, to whom, and the links in it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select

from core.kernel.database import db
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope


@dataclass(frozen=True)
class Read:
    """A mail as its recipient sees it."""

    subject: str
    body: str

    @property
    def links(self) -> list[str]:
        """Every address in the text."""
        return re.findall(r"https?://\S+", self.body)

    @property
    def path(self) -> str:
        """Path and query of the only link."""
        (link,) = self.links
        parts = urlsplit(link)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


def letters_to(recipient: str) -> list[Read]:
    """All mails to somebody, oldest first."""
    with platform_scope("read mail in a test"):
        query = select(OutgoingMail).where(OutgoingMail.recipient == recipient).order_by(OutgoingMail.id)
        return [Read(one.subject, one.body) for one in db.session.scalars(query)]
