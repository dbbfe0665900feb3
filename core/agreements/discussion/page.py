"""What the page of comments shows: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _

from core.agreements.comments.threads import Thread
from core.agreements.difference import Piece, marked
from core.agreements.discussion.service import Discussion
from core.agreements.drafts.completeness import anchor_of
from core.agreements.models import Agreement
from core.web.forms import FormState

States = Mapping[str, FormState]
"""Forms that come back with messages: by id of the thread, or ``new``."""


@dataclass(frozen=True)
class ShownThread:
    """A thread with its place, what its suggestion would change, and its form."""

    thread: Thread
    place: str
    step: str
    anchor: str
    revision: int
    pieces: list[Piece]
    form: FormState


@dataclass(frozen=True)
class CommentsPage:
    """The page: of the whole draft, or of the clause with ``key``."""

    agreement: Agreement
    key: str
    place: str
    may_write: bool
    new: FormState
    open: list[ShownThread] = field(default_factory=list)
    settled: list[ShownThread] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)


def comments_page(found: Discussion, key: str, states: States) -> CommentsPage:
    """What is shown; an unknown key shows the whole draft."""
    places = _places(found)
    key = key if key in places else ""
    threads = [_shown(found, one, places, states) for one in found.threads if key in {"", one.clause_key}]
    stands = found.parts.clauses[key].text if key else ""
    new = states.get("new", FormState({"clause_key": key, "proposal": stands}))
    return CommentsPage(
        found.parts.agreement,
        key,
        places[key],
        found.may_write,
        replace(new, prefix="new"),
        [one for one in threads if one.thread.is_open],
        [one for one in threads if not one.thread.is_open],
        list(places.items()),
    )


def _places(found: Discussion) -> dict[str, str]:
    """What each clause is called, the whole draft first."""
    places = {"": _("The whole draft")}
    for section in found.parts.kind.sections:
        title = found.parts.text.section(section.key).title
        places |= {one.key: f"{title}, {number}" for number, one in enumerate(section.clauses, start=1)}
    return places


def _shown(found: Discussion, thread: Thread, places: dict[str, str], states: States) -> ShownThread:
    clause = found.parts.clauses.get(thread.clause_key)
    text, revision = (clause.text, clause.revision) if clause else ("", 0)
    step = next(
        (one.key for one in found.parts.kind.sections if thread.clause_key in {c.key for c in one.clauses}),
        "",
    )
    return ShownThread(
        thread,
        places.get(thread.clause_key, thread.clause_key),
        step,
        anchor_of(thread.clause_key),
        revision,
        marked(text, thread.proposal) if thread.proposal and thread.is_open else [],
        replace(states.get(str(thread.id), FormState()), prefix=f"thread-{thread.id}"),
    )
