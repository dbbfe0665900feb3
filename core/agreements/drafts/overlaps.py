"""Two people at one form: whoever saves over something newer is shown both and asked.

Each form carries the fingerprint of what it showed, so no column counts changes. Clauses, which are long,
have revisions and a history instead (`clauses.py`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _

from core.agreements import parts as agreement_parts
from core.agreements import reach
from core.agreements.drafts.service import WRITE
from core.agreements.models import Contact, Goal, Meeting, Party, Value
from core.agreements.parts import Parts
from core.agreements.types import PlaceholderKind
from core.agreements.values import CONTACTS

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title",),
    "value": ("value",),
    "party": ("name", "number", "sector", "signatory_key"),
    "contact": ("name", "role_title", "email", "phone", "authority"),
    "goal": ("included", "target", "period_months", "counting_rule"),
    "meeting": ("included", "every_months", "first_after_months"),
    "duration": ("starts_on", "ends_on"),
}
MODELS: Final[Mapping[str, Any]] = {
    "value": Value,
    "party": Party,
    "contact": Contact,
    "goal": Goal,
    "meeting": Meeting,
}
KEEP_MINE: Final = "keep_mine:"
LENGTH: Final = 24


@dataclass(frozen=True)
class Overlap:
    """What stands now, by name of the field, and the fingerprint by which one's own goes over it."""

    theirs: dict[str, Any]
    shown: str


class OverlapError(Exception):
    """Somebody else saved since the form was shown; nothing was saved over it."""

    def __init__(self, overlap: Overlap) -> None:
        super().__init__("newer than what was shown")
        self.overlap = overlap


def fingerprint(kind: str, row: object | None) -> str:
    """What a form shows of a row, in short; empty for forms that are not watched."""
    if row is None or kind not in FIELDS:
        return ""
    shown = json.dumps([kind, {name: as_shown(getattr(row, name)) for name in FIELDS[kind]}], default=str)
    return hashlib.sha256(shown.encode()).hexdigest()[:LENGTH]


def as_shown(value: object) -> object:
    """A stored value as a form shows it."""
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def refuse_newer(agreement_id: UUID, kind: str, key: str, shown: str, mine: Mapping[str, Any]) -> None:
    """Raise OverlapError when what stands is not what was shown, nor what is to be saved.

    Holds the agreement, inside the caller's unit of work, so that nobody comes between.
    """
    agreement = reach.find(WRITE, agreement_id, lock=True)
    model = MODELS.get(kind)
    row = agreement_parts.part(model, agreement_id, key, lock=True) if model else agreement
    now = fingerprint(kind, row)
    theirs = {name: getattr(row, name) for name in FIELDS[kind]}
    differs = any(_text(theirs[name]) != _text(mine.get(name)) for name in theirs)
    if shown and shown != now and differs:
        raise OverlapError(Overlap(theirs, now))


def _text(value: object) -> str:
    return "" if value is None else str(as_shown(value))


def row_of(parts: Parts, kind: str, key: str) -> object | None:
    """The row that a form of the composer is about."""
    rows: Mapping[str, Mapping[str, object]] = {
        "value": parts.values,
        "party": parts.parties,
        "contact": parts.contacts,
        "goal": parts.goals,
        "meeting": parts.meetings,
    }
    return rows[kind].get(key) if kind in rows else parts.agreement if kind in FIELDS else None


def in_words(parts: Parts, kind: str, key: str, overlap: Overlap) -> dict[str, str]:
    """What stands now, as people read it."""
    return {name: _in_words(parts, kind, key, name, value) for name, value in overlap.theirs.items()}


def _in_words(parts: Parts, kind: str, key: str, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "sector" and value:
        return _("Private") if value == "private" else _("Public")
    if name == "signatory_key" and value:
        return parts.text.contact(value).title
    if kind == "value" and value and parts.kind.placeholder(key).kind is PlaceholderKind.CHOICE:
        return parts.text.placeholder(key).choice(value)
    if kind == "value" and value and parts.kind.placeholder(key).kind in CONTACTS:
        return parts.text.contact(value).title
    return _text(value)
