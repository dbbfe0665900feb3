"""Who hears of a comment: the adviser and those in the thread, by a mail that says nothing of its content."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext as _

from core.access import service as access
from core.access.members import left_before
from core.access.service import Person
from core.access.standing_in.service import deputies_of
from core.agreements.comments.models import Comment
from core.agreements.models import Agreement
from core.agreements.notice_kinds import COMMENTS
from core.agreements.signing.mails import address_of
from core.kernel import clock
from core.notices import letters
from core.tenancy.service import current_tenant
from core.web.languages import in_language

QUIET: Final = timedelta(hours=1)


def tell(agreement: Agreement, thread: Comment, others: Iterable[UUID], writer: UUID) -> None:
    """Write to everybody concerned but the writer, unless there was mail about the thread within the hour."""
    if thread.told_at is not None and clock.now() - thread.told_at < QUIET:
        return
    people = _concerned(agreement, {thread.written_by, *others}, writer)
    if not people:
        return
    thread.told_at = clock.now()
    name = access.names_of([writer]).get(writer, "")
    for person in people:
        _write(person, agreement, thread, name)


def _concerned(agreement: Agreement, in_thread: set[UUID], writer: UUID) -> list[Person]:
    wanted = {agreement.adviser_id, *in_thread} - {writer} - left_before(clock.now())
    people = [*access.people_of(wanted).values()]
    if agreement.adviser_id != writer:
        people += deputies_of(agreement.adviser_id)
    return list({one.email: one for one in people}.values())


def _write(person: Person, agreement: Agreement, thread: Comment, name: str) -> None:
    with in_language(person.language or current_tenant().language):
        subject = _("New comment: %(title)s", title=agreement.title)
        opening = _(
            "%(name)s has commented on the draft “%(title)s”. Read and answer here:",
            name=name or _("A colleague"),
            title=agreement.title,
        )
        address = f"{address_of(agreement)}/comments#thread-{thread.id}"
        quiet = _("You get at most one such mail an hour for each thread.")
        item = letters.Item(f"{opening}\n\n{address}\n\n{quiet}")
        letters.tell(COMMENTS, person, letters.Notice(subject, "", [item]))
