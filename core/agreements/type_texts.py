"""The texts of an agreement type in one language, as its file `<language>.yaml` holds them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True)
class PlaceholderText:
    """What the one who fills a placeholder reads. `examples` are offered, never filled in unasked."""

    key: str
    label: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    examples: tuple[str, ...] = ()

    def choice(self, key: str) -> str:
        """The label of a choice, which is also what is printed; KeyError when there is no such choice."""
        return dict(self.choices)[key]


@dataclass(frozen=True)
class SectionText:
    """A section's heading, and guidance that is shown while drafting and never printed."""

    key: str
    title: str
    guidance: str = ""


@dataclass(frozen=True)
class ClauseText:
    """A clause as block text, guidance that is never printed, and examples to insert and edit."""

    key: str
    text: str
    guidance: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoalText:
    """A goal's name and how it is counted, both printed; guidance is not.

    `waits_for` is what must be registered before the goal has figures; it is said while nothing counts it.
    """

    key: str
    title: str
    counting_rule: str
    guidance: str = ""
    waits_for: str = ""


@dataclass(frozen=True)
class MeetingText:
    """A meeting's name and its agenda, both printed; guidance is not."""

    key: str
    title: str
    agenda: tuple[str, ...] = ()
    guidance: str = ""


@dataclass(frozen=True)
class ContactText:
    """A contact's role, and the sentence that confirms the person's authority ("" when it is not asked)."""

    key: str
    title: str
    authority: str = ""


@dataclass(frozen=True)
class AimText:
    """An aim as one sentence, which the parties read when they rate it."""

    key: str
    text: str


@dataclass(frozen=True)
class TypeText:
    """Everything an agreement type says in one language; `title` is the agreement's heading in print."""

    language: str
    title: str
    placeholders: tuple[PlaceholderText, ...]
    sections: tuple[SectionText, ...]
    clauses: tuple[ClauseText, ...]
    goals: tuple[GoalText, ...]
    meetings: tuple[MeetingText, ...]
    contacts: tuple[ContactText, ...]
    aims: tuple[AimText, ...] = ()

    def placeholder(self, key: str) -> PlaceholderText:
        """The words of the placeholder with `key`; KeyError when there is none, as in all look-ups below."""
        return with_key(self.placeholders, key)

    def section(self, key: str) -> SectionText:
        """The words of the section with `key`."""
        return with_key(self.sections, key)

    def clause(self, key: str) -> ClauseText:
        """The words of the clause with `key`."""
        return with_key(self.clauses, key)

    def goal(self, key: str) -> GoalText:
        """The words of the goal with `key`."""
        return with_key(self.goals, key)

    def meeting(self, key: str) -> MeetingText:
        """The words of the meeting with `key`."""
        return with_key(self.meetings, key)

    def contact(self, key: str) -> ContactText:
        """The words of the contact with `key`."""
        return with_key(self.contacts, key)

    def aim(self, key: str) -> AimText:
        """The words of the aim with `key`."""
        return with_key(self.aims, key)


class Keyed(Protocol):
    """Anything that is found by its key."""

    @property
    def key(self) -> str:
        """The key, unique among its siblings."""
        ...


KeyedItem = TypeVar("KeyedItem", bound=Keyed)


def with_key(items: Iterable[KeyedItem], key: str) -> KeyedItem:
    """The one of `items` that has `key`; KeyError when there is none."""
    for item in items:
        if item.key == key:
            return item
    raise KeyError(key)
