"""The vocabulary of the hooks: frozen values that plugins hand in and get."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from core.plugin_host.wording import Wording

FINDING_STATUSES = frozenset({"met", "not_met", "unknown", "not_applicable"})
FINDING_SEVERITIES = frozenset({"warning", "stop"})
MEASURE_UNITS = frozenset({"percent", "count", "days", "months"})


@dataclass(frozen=True)
class OfficialPlace:
    """A place from an official list. ``parent`` is the county or region that tells equal names apart.

    ``full_name`` is what the authority of the place calls itself in agreements; empty: the name alone.
    """

    code: str
    name: str
    sort_key: str
    parent: str = ""
    full_name: str = ""


@dataclass(frozen=True)
class NumberCheck:
    """How a number looks by which a country knows its organisations, or its people.

    ``normalise`` gives the compact form, or None when the text is not a valid number; it never raises.
    ``shown`` is how many characters of the compact form may be read where the number is masked.
    """

    label: Wording
    help: Wording
    normalise: Callable[[str], str | None]
    shown: int = 0

    def masked(self, number: str) -> str:
        """A compact number with all but its first characters hidden."""
        hidden = "*" * (len(number) - self.shown)
        return f"{number[: self.shown]} {hidden}".strip()


@dataclass(frozen=True)
class SampleActivity:
    """Something that is done each year, proposed for the annual wheel in the kind's own language.

    Without a ``day`` it belongs to the whole month.
    """

    title: str
    month: int
    day: int | None = None
    note: str = ""


@dataclass(frozen=True)
class TenantKind:
    """A kind of tenant that a country has.

    ``key`` begins with the plugin's name; ``country`` is ISO 3166 alpha-2; ``office_word`` is the default for
    the tenant's own word for its office (None: not asked); ``district`` labels a district asked for besides
    the place (None: not asked); ``timezone`` is an IANA name; ``person_number`` is how the country numbers
    its people (None: people have no number here); ``yearly_activities`` is a proposed annual wheel, which a
    tenant can take in and change.
    """

    key: str
    country: str
    title: Wording
    office_word: Wording | None
    places: tuple[OfficialPlace, ...]
    district: Wording | None
    number: NumberCheck
    language: str
    timezone: str
    suggested_plugins: tuple[str, ...]
    person_number: NumberCheck | None = None
    yearly_activities: tuple[SampleActivity, ...] = ()

    def place(self, code: str) -> OfficialPlace | None:
        """The official place with a code."""
        return next((place for place in self.places if place.code == code), None)


@dataclass(frozen=True)
class UnitKind:
    """A kind of unit that a tenant may have, such as a service. ``key`` begins with the plugin's name."""

    key: str
    title: Wording


@dataclass(frozen=True)
class Role:
    """A named bundle of permissions. ``key`` begins with the plugin's name.

    ``permissions`` are of the form ``scope:resource:action``; the scope is ``own``, ``related``, ``unit`` or
    ``all``, each holding the ones before it. ``other_words`` are titles that a tenant may prefer. An
    ``outside`` role is what somebody outside the organisation is to it, such as a participant: no member can
    have it, and it reaches no further than ``related``. ``tenant_kinds`` are the keys of the kinds of tenants
    that the role is for; empty: every kind.
    """

    key: str
    title: Wording
    permissions: frozenset[str]
    other_words: tuple[Wording, ...] = ()
    outside: bool = False
    tenant_kinds: tuple[str, ...] = ()


def _always() -> bool:
    return True


@dataclass(frozen=True)
class MenuEntry:
    """A door in a tenant's main menu, shown to members with ``permission``; to every member when it is "".

    ``endpoint`` is a page of the same plugin and takes no values but the slug. ``shown`` says on each page of
    the tenant in scope whether there is anything behind the door, without asking the database.
    """

    key: str
    title: Wording
    endpoint: str
    permission: str
    weight: int = 50
    shown: Callable[[], bool] = _always


@dataclass(frozen=True)
class ActionText:
    """What an action of the audit is called where people read it.

    ``action`` is written as it is recorded; ``text`` goes on after a name: "sent the agreement for signing".
    """

    action: str
    text: Wording


def _no_names(_ids: Collection[UUID]) -> Mapping[UUID, str]:
    return {}


def _no_text(_field: str, _language: str) -> str:
    return ""


@dataclass(frozen=True)
class SubjectText:
    """What a kind of subject of the audit is called, and its fields.

    ``field_text`` gives the name of a field that ``fields`` has not, in a language, or "".
    ``names`` gives the names of subjects by id, in one query, for the tenant in scope and as whoever asks may
    see them; ids that are gone are left out. ``endpoint`` is the page of a subject, which takes its id as
    ``argument``. ``acts_as`` is the kind of actor that these subjects are, where they act themselves.
    """

    kind: str
    title: Wording
    fields: Mapping[str, Wording] = field(default_factory=dict)
    field_text: Callable[[str, str], str] = _no_text
    names: Callable[[Collection[UUID]], Mapping[UUID, str]] = _no_names
    endpoint: str = ""
    argument: str = ""
    acts_as: str = ""


@dataclass(frozen=True)
class AgreementTypeFolder:
    """Where the files of one edition of an agreement type lie."""

    path: Path


@dataclass(frozen=True)
class AgreementFacts:
    """What a plugin may know of an agreement when it is asked for findings or next steps.

    ``values`` are the filled placeholders by key, as text; ``authorities`` the contact keys whose authority
    has been confirmed; ``status`` is the derived status; ``clauses`` are the keys of those that are in.
    ``starts_on`` is None when the agreement begins on signing. ``signed`` is the day on which each party
    signed, by the party's key; empty for a draft.
    """

    type_key: str
    status: str
    language: str
    values: dict[str, str] = field(default_factory=dict)
    contacts: frozenset[str] = frozenset()
    authorities: frozenset[str] = frozenset()
    goals: dict[str, float] = field(default_factory=dict)
    clauses: frozenset[str] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None
    signed: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What a plugin found: ``met``, ``not_met``, ``unknown`` or ``not_applicable``.

    Only ``severity="stop"`` findings that are not met, or unknown, keep an agreement from being sent.
    ``about`` is the key of the placeholder or clause where it is mended, or ``duration``.
    """

    key: str
    status: str
    message: Wording
    severity: str = "warning"
    about: str = ""

    def __post_init__(self) -> None:
        """Refuse a word that would be read as a passed rule. Raises ValueError."""
        if self.status not in FINDING_STATUSES or self.severity not in FINDING_SEVERITIES:
            raise ValueError(f"the finding {self.key} says {self.status!r} and {self.severity!r}")


@dataclass(frozen=True)
class GoalMeasure:
    """Something that can be counted for a goal. ``key`` begins with the plugin's name.

    ``how`` says in one or two sentences what is counted, and ``counts_over`` what it is counted among: the
    denominator of a share. ``unit`` is ``percent``, ``count``, ``days`` or ``months``. ``about_people`` keeps
    figures over few people from being shown.
    """

    key: str
    title: Wording
    how: Wording
    counts_over: Wording
    unit: str
    more_is_better: bool = True
    about_people: bool = False

    def __post_init__(self) -> None:
        """Refuse a unit that nobody could read. Raises ValueError."""
        if self.unit not in MEASURE_UNITS:
            raise ValueError(f"the measure {self.key} counts in {self.unit!r}")


@dataclass(frozen=True)
class MeasureQuestion:
    """What is asked of a measure: for an agreement, from one local date to another, both included.

    ``meetings`` are keys of the agreement's meetings that alone are counted; empty: all of them.
    """

    measure: str
    agreement_id: UUID
    first: date
    last: date
    meetings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """The answer. ``of`` is over how many was counted; with 0 there is no value yet.

    A share says how many of them in ``hits``; its value is worked out from that. Any other unit says its
    ``value``.
    """

    question: MeasureQuestion
    of: int
    hits: int | None = None
    value: float | None = None

    def __post_init__(self) -> None:
        """Refuse a share of more than all. Raises ValueError."""
        if self.of < 0 or not 0 <= (self.hits or 0) <= self.of:
            raise ValueError(f"{self.question.measure} counted {self.hits} of {self.of}")


@dataclass(frozen=True)
class Matter:
    """Something that concerns a person outside the organisation, as they see it themselves.

    ``at`` is when it last moved, an aware instant; ``url`` is a page that the person can open ("": none).
    """

    title: str
    status: Wording
    at: datetime
    url: str = ""


@dataclass(frozen=True)
class HandedOver:
    """Work that passes to a colleague: ``what`` it is, how many, and what the first ones are called."""

    what: Wording
    count: int
    titles: tuple[str, ...] = ()


Holidays = set[date]
