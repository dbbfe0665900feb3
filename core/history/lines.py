"""Lines of the audit with names for ids and words for keys: as many queries as there are kinds of things."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from core.access import service as access
from core.history.texts import action_in_words, all_actions, all_subjects, field_in_words
from core.kernel.audit import READ, AuditEntry
from core.plugin_host.declarations import SubjectText
from core.web.languages import current_language

Names = Mapping[UUID, str]


@dataclass(frozen=True)
class Line:
    """One line as it is read. ``subject`` is its name, "" when it is gone; ``page`` is the endpoint it has.

    ``for_whom`` is who the line was written on behalf of, "" when nobody.
    """

    number: int
    at: datetime
    who: str
    for_whom: str
    what: str
    subject_kind: str
    subject_title: str
    subject: str
    subject_id: UUID
    page: tuple[str, str]
    fields: tuple[str, ...]
    reason: str
    is_look: bool


def in_words(entries: Sequence[AuditEntry]) -> list[Line]:
    """Lines of the tenant in scope as people read them, in the order given."""
    subjects, actions = all_subjects(), all_actions()
    language = current_language()
    people = _people(entries, subjects)
    names = _subject_names(entries, subjects)
    lines = []
    for entry in entries:
        subject = subjects.get(entry.subject_kind)
        lines.append(
            Line(
                number=entry.number,
                at=entry.at,
                who=_who(people, entry.actor_kind, entry.actor_id),
                for_whom=_who(people, "account", entry.on_behalf_of) if entry.on_behalf_of else "",
                what=action_in_words(actions, entry.action, language),
                subject_kind=entry.subject_kind,
                subject_title=subject.title.in_language(language) if subject else entry.subject_kind,
                subject=names.get(entry.subject_kind, {}).get(entry.subject_id, ""),
                subject_id=entry.subject_id,
                page=(subject.endpoint, subject.argument) if subject else ("", ""),
                fields=tuple(field_in_words(subject, field, language) for field in entry.fields),
                reason=entry.reason,
                is_look=entry.action.endswith(READ),
            )
        )
    return lines


def _who(people: Mapping[str, Names], kind: str, actor_id: UUID | None) -> str:
    if kind == "system":
        return _("Fotfeste itself")
    known = people.get(kind, {}).get(actor_id) if actor_id else None
    return known or _("Somebody who is no longer known")


def _people(entries: Iterable[AuditEntry], subjects: Mapping[str, SubjectText]) -> dict[str, Names]:
    """Names of whoever acted, by kind of actor and id."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        if entry.actor_id:
            ids[entry.actor_kind].add(entry.actor_id)
        if entry.on_behalf_of:
            ids["account"].add(entry.on_behalf_of)
    named = {subject.acts_as: subject for subject in subjects.values() if subject.acts_as}
    found: dict[str, Names] = {
        kind: named[kind].names(wanted) for kind, wanted in ids.items() if kind in named
    }
    found["account"] = access.names_of(ids["account"])
    return found


def _subject_names(entries: Iterable[AuditEntry], subjects: Mapping[str, SubjectText]) -> dict[str, Names]:
    ids: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        ids[entry.subject_kind].add(entry.subject_id)
    return {kind: subjects[kind].names(wanted) for kind, wanted in ids.items() if kind in subjects}
