"""What a plugin declares about an agreement type.

A type is read from files by `core.agreements.declarations.load_type` and never changes afterwards: a new
wording is a new edition. Everything here is frozen, compares by value and can be hashed.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.agreements.type_texts import TypeText, with_key
from core.plugin_host.wording import Wording


class PlaceholderKind(StrEnum):
    """How a placeholder is filled and checked."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"  # an amount in the placeholder's currency
    DATE = "date"
    PERIOD = "period"  # from one day to another, both included
    CHOICE = "choice"
    LIST = "list"  # one line each; stands alone in a list item and becomes as many items as there are lines
    INTERVAL = "interval"  # every so many months
    PERSON = "person"  # the name of one of the contacts, who is chosen
    ROLE = "role"  # what one of the contacts is in the agreement


class NumberNeed(StrEnum):
    """Whether a party's organisation number is asked for."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


class GoalUnit(StrEnum):
    """What a goal's target counts."""

    PERCENT = "percent"
    COUNT = "count"
    DAYS = "days"
    MONTHS = "months"


DESCRIBED = "described"
"""The unit of a goal that is not counted, in the content of an agreement."""


class MeetingKind(StrEnum):
    """What happens on the dates that signing promises."""

    MEETING = "meeting"
    EVALUATION = "evaluation"
    REPORT = "report"
    CONTACT_LIST = "contact_list"


class Annex(StrEnum):
    """What can be printed after the text, made from the text."""

    WHEEL = "wheel"
    CONTACTS = "contacts"
    PLAN = "plan"


@dataclass(frozen=True)
class Reference:
    """A clause's basis, shown as a field of its own; `place` is a paragraph or a date, `url` may be ""."""

    law: str
    place: str = ""
    url: str = ""


@dataclass(frozen=True)
class DeclaredParty:
    """One who is bound. Exactly one party of a type is the tenant itself.

    `signs_in` is the round in which it signs, unless whoever sends says otherwise. `is_person`: a private
    person, who signs for themselves and may have no e-mail address. `signs` is False for a party that only
    receives what another one signs.
    """

    key: str
    is_tenant: bool
    title: Wording
    number: NumberNeed = NumberNeed.NONE
    asks_sector: bool = False
    signs_in: int = 1
    is_person: bool = False
    signs: bool = True


@dataclass(frozen=True)
class DeclaredPlaceholder:
    """A value that is filled once and used in every text.

    `source` names where the value comes from when nobody types it: `<party>.name`, `<party>.number` or
    `tenant.office_word`; "" means that it is typed. `minimum` and `maximum` bound numbers, percentages and
    months. `default` is a number or the key of a choice. `currency` is that of an amount of money.
    """

    key: str
    kind: PlaceholderKind
    source: str = ""
    required: bool = True
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    default: int | str | None = None
    currency: str = ""


@dataclass(frozen=True)
class DeclaredClause:
    """One clause. `included` says whether a new agreement begins with it or only offers it."""

    key: str
    required: bool = False
    included: bool = True
    responsible: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class DeclaredSection:
    """A heading with its clauses; a required section may be edited but not removed."""

    key: str
    required: bool = False
    clauses: tuple[DeclaredClause, ...] = ()


@dataclass(frozen=True)
class DeclaredGoal:
    """A goal that can be counted: `target` in `unit`, for each period of `period_months`.

    A `qualitative` goal has neither unit nor target: evidence shows how it goes. `measure` is the key of what
    counts it, `meetings` the meetings that alone are counted; `parent` is the goal that this is a part of.
    """

    key: str
    section: str
    unit: GoalUnit | None
    target: int | None
    period_months: int
    required: bool = False
    qualitative: bool = False
    measure: str = ""
    meetings: tuple[str, ...] = ()
    parent: str = ""

    @property
    def unit_key(self) -> str:
        """The unit as the content of an agreement names it."""
        return self.unit.value if self.unit else DESCRIBED


@dataclass(frozen=True)
class DeclaredMeeting:
    """Something that returns: the first `first_after_months` after the start, then every `every_months`."""

    key: str
    section: str
    kind: MeetingKind
    every_months: int
    first_after_months: int
    called_by: str
    participants: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class DeclaredContact:
    """A person to name for a party. `authority` asks for a confirmation that the person may decide.

    `signing` is "approves" or "sees" for somebody who does so beside the signatories; `signs_in` is the round
    in which an approval is asked for.
    """

    key: str
    party: str
    section: str
    required: bool = False
    may_sign: bool = False
    authority: bool = False
    signing: str = ""
    signs_in: int = 1


@dataclass(frozen=True)
class DeclaredAim:
    """What the parties want of their cooperation: no number, but rated by each of them at an evaluation."""

    key: str


@dataclass(frozen=True)
class Duration:
    """How long an agreement lasts unless the parties say otherwise, and how long before its end we remind.

    `notice_days` is the notice period; 0 when the type names none.
    """

    section: str
    months: int
    reminder_days: int
    open_ended: bool = False
    notice_days: int = 0


@dataclass(frozen=True)
class AgreementType:
    """One edition of an agreement type with its texts. `key` begins with the name of its plugin.

    New agreements may be begun from `valid_from` to `valid_to`, both included; None: without an end.
    `from_switch` and `until_switch` name law that is adopted but not in force (`pending_law.py`): the type is
    on offer only from then on, or only until then.
    """

    key: str
    plugin: str
    edition: str
    valid_from: date
    title: Wording
    summary: Wording
    parties: tuple[DeclaredParty, ...]
    placeholders: tuple[DeclaredPlaceholder, ...]
    sections: tuple[DeclaredSection, ...]
    goals: tuple[DeclaredGoal, ...]
    meetings: tuple[DeclaredMeeting, ...]
    contacts: tuple[DeclaredContact, ...]
    duration: Duration
    texts: tuple[TypeText, ...]
    aims: tuple[DeclaredAim, ...] = ()
    annexes: tuple[Annex, ...] = ()
    valid_to: date | None = None
    from_switch: str = ""
    until_switch: str = ""

    def is_valid_on(self, day: date) -> bool:
        """Whether a new agreement may be begun from this edition on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def is_law(self, in_force: Collection[str]) -> bool:
        """Whether the law lets a new agreement be begun, given the switches of pending law in force."""
        return not self.waits_for_law(in_force) and self._switch(self.until_switch) not in in_force

    def waits_for_law(self, in_force: Collection[str]) -> bool:
        """Whether the law of this type is not in force yet, so that nobody can have such an agreement."""
        return bool(self.from_switch) and self._switch(self.from_switch) not in in_force

    def _switch(self, key: str) -> str:
        return f"{self.plugin}.{key}"

    @property
    def is_with_a_person(self) -> bool:
        """Whether a party is a private person."""
        return any(party.is_person for party in self.parties)

    @property
    def text_languages(self) -> tuple[str, ...]:
        """The languages in which an agreement of this type can be written, the first one preferred."""
        return tuple(text.language for text in self.texts)

    def text(self, language: str) -> TypeText:
        """The texts in `language`; KeyError when the type has none."""
        for text in self.texts:
            if text.language == language:
                return text
        raise KeyError(language)

    def nearest_language(self, wanted: str) -> str:
        """`wanted` when the type has texts in it, otherwise the type's preferred language."""
        return wanted if wanted in self.text_languages else self.texts[0].language

    @property
    def tenant_party(self) -> DeclaredParty:
        """The party that is the tenant itself."""
        return next(party for party in self.parties if party.is_tenant)

    @property
    def other_parties(self) -> tuple[DeclaredParty, ...]:
        """The parties outside the tenant, in the order of print and signing."""
        return tuple(party for party in self.parties if not party.is_tenant)

    def clauses(self) -> Iterator[DeclaredClause]:
        """Every clause in the order of print."""
        for section in self.sections:
            yield from section.clauses

    def clause_keys(self) -> tuple[str, ...]:
        """The keys of every clause in the order of print."""
        return tuple(clause.key for clause in self.clauses())

    def party(self, key: str) -> DeclaredParty:
        """The party with `key`; KeyError when there is none, as in all look-ups below."""
        return with_key(self.parties, key)

    def placeholder(self, key: str) -> DeclaredPlaceholder:
        """The placeholder with `key`."""
        return with_key(self.placeholders, key)

    def section(self, key: str) -> DeclaredSection:
        """The section with `key`."""
        return with_key(self.sections, key)

    def clause(self, key: str) -> DeclaredClause:
        """The clause with `key`."""
        return with_key(self.clauses(), key)

    def goal(self, key: str) -> DeclaredGoal:
        """The goal with `key`."""
        return with_key(self.goals, key)

    def meeting(self, key: str) -> DeclaredMeeting:
        """The meeting with `key`."""
        return with_key(self.meetings, key)

    def contact(self, key: str) -> DeclaredContact:
        """The contact with `key`."""
        return with_key(self.contacts, key)

    def goals_in(self, section: str) -> tuple[DeclaredGoal, ...]:
        """The goals that are printed in `section`."""
        return tuple(goal for goal in self.goals if goal.section == section)

    def meetings_in(self, section: str) -> tuple[DeclaredMeeting, ...]:
        """The meetings that are printed in `section`."""
        return tuple(meeting for meeting in self.meetings if meeting.section == section)

    def contacts_in(self, section: str) -> tuple[DeclaredContact, ...]:
        """The contacts that are printed in `section`."""
        return tuple(contact for contact in self.contacts if contact.section == section)
