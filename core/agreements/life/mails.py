"""The mails that tell the parties what happened to their agreement, in its language."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _

from core.agreements.life.facts import TITLES, Kind
from core.agreements.models import Agreement, LifeEvent, SignatureRequest
from core.agreements.notice_kinds import LIFE
from core.agreements.signing.people import Person, adviser_of
from core.notices import letters
from core.web.formats import written_date
from core.web.languages import in_language

SILENT = frozenset({Kind.RENEWED, Kind.AMENDED})
"""The parties have signed it themselves, or a mail of its own tells them what is new."""


def tell(agreement: Agreement, requests: Iterable[SignatureRequest], event: LifeEvent) -> None:
    """Write to everybody who signed, once for each address."""
    kind = Kind(event.kind)
    people = {one.email: one.signed_name or one.name for one in requests if one.email}
    if kind in SILENT or not people:
        return
    adviser = adviser_of(agreement)
    with in_language(agreement.language):
        word = TITLES[kind].in_language(agreement.language)
        subject = f"{word}: {agreement.title}"
        for email, name in people.items():
            letters.write(LIFE, email, subject, _body(agreement, event, name, adviser))


def _body(agreement: Agreement, event: LifeEvent, name: str, adviser: Person) -> Iterable[str]:
    yield _("Hello %(name)s", name=name)
    yield _sentence(agreement, event)
    if event.reason:
        yield _("Reason: %(reason)s", reason=event.reason)
    yield _("Questions? Ask %(name)s: %(email)s", name=adviser.name, email=adviser.email)


def _sentence(agreement: Agreement, event: LifeEvent) -> str:
    title, day, until = agreement.title, _day(event.day), _day(event.until)
    match Kind(event.kind):
        case Kind.EXTENDED:
            told = _(
                "The agreement “%(title)s” is extended. Its last day is now %(until)s.",
                title=title,
                until=until,
            )
        case Kind.SHORTENED:
            told = _(
                "The agreement “%(title)s” is shortened. Its last day is now %(until)s.",
                title=title,
                until=until,
            )
        case Kind.NOTICED:
            told = _(
                "The agreement “%(title)s” comes to an end. Its last day is %(until)s.",
                title=title,
                until=until,
            )
        case Kind.PAUSED if event.until:
            told = _(
                "The agreement “%(title)s” is paused from %(day)s. It resumes on %(until)s.",
                title=title,
                day=day,
                until=until,
            )
        case Kind.PAUSED:
            told = _(
                "The agreement “%(title)s” is paused from %(day)s until further notice.", title=title, day=day
            )
        case _other:
            told = _("The agreement “%(title)s” applies again as before from %(day)s.", title=title, day=day)
    return told


def _day(day: date | None) -> str:
    return written_date(day) if day else ""
