"""What a plugin declares for the demo: organisations, people, and agreements with what happened to them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DemoTenant:
    """A fictional tenant of the demo: ``people`` are (role key, name, e-mail); the first one founds it."""

    key: str
    kind: str
    place_code: str
    name: str
    number: str
    district: str = ""
    people: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class DemoMeeting:
    """What came of a meeting of a fictional agreement; ``actions`` are (what, days from today)."""

    place: str
    minutes: str
    decisions: str
    actions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class DemoPoint:
    """A point of a fictional evaluation: from the other party when ``is_theirs``.

    ``outcome`` is ``clause`` (``what`` is the wish, ``clause`` its key), ``action`` (``what`` is to be done
    in so many ``days``), ``none`` (``what`` is the reason), or empty while it is open.
    """

    text: str
    outcome: str = ""
    what: str = ""
    clause: str = ""
    days: int = 0
    is_theirs: bool = False


@dataclass(frozen=True)
class DemoEvaluation:
    """An evaluation of a fictional agreement; ratings stand in the order of aims, ``reached`` of goals."""

    ours: tuple[int, ...] = ()
    theirs: tuple[int, ...] = ()
    experience: str = ""
    practice: str = ""
    their_experience: str = ""
    participants: str = ""
    reached: tuple[str, ...] = ()
    points: tuple[DemoPoint, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True)
class DemoFigure:
    """What somebody noted on a goal of a fictional agreement, so many days after its first day.

    ``hits`` of ``of`` for a share, ``hits`` alone for another number; ``source`` is where it comes from.
    """

    goal: str
    after_days: int
    hits: int
    of: int | None
    source: str


@dataclass(frozen=True)
class DemoEvidence:
    """What somebody noted on a described goal of a fictional agreement: who told what."""

    goal: str
    after_days: int
    told_by: str
    text: str


@dataclass(frozen=True)
class DemoReport:
    """What is written in the reports of a fictional agreement, and what their receiver remarks."""

    overview: str
    ahead: str
    remark: str


@dataclass(frozen=True)
class DemoComment:
    """What the leader says about a clause of a fictional draft, and perhaps a text suggested for it."""

    clause: str
    text: str
    proposal: str = ""


@dataclass(frozen=True)
class DemoAgreement:
    """A fictional agreement of the demo, brought to ``state`` through the services.

    States: ``draft``, ``asked`` (sent, nobody has signed), ``sent`` (the first party has signed), ``active``,
    ``refused``, ``expired``, ``cancelled``, and of those in force once: ``paused``, ``ending``, ``ended``,
    ``renewed``, ``amended`` (with a second version), ``amending`` (a change is begun). How it is signed:
    ``rounds`` (the first of two is complete, somebody approved it, somebody reads along), ``in_meeting``
    (in force), ``on_paper`` (the scan waits for a second colleague).

    ``tenants`` are keys of demo tenants; ``parties`` maps a party key to (name, number, sector); ``people``
    maps a contact key to (name, position, e-mail, phone); ``days_ago`` is how long ago it was
    written and sent; ``reason`` is why it was refused, cancelled, paused or ended; ``meeting`` is what came
    of its last meeting but those of the last weeks, and the next one is called; ``evaluation`` is its first;
    ``noted`` is what was noted on its goals; ``report`` is what is written in its reports, of which the last
    one is still a draft; ``comments`` stand beside a draft.
    """

    type_key: str
    tenants: tuple[str, ...]
    state: str
    title: str
    parties: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    days_ago: int = 0
    reason: str = ""
    meeting: DemoMeeting | None = None
    evaluation: DemoEvaluation | None = None
    noted: tuple[DemoFigure | DemoEvidence, ...] = ()
    report: DemoReport | None = None
    comments: tuple[DemoComment, ...] = ()


@dataclass(frozen=True)
class DemoVariant:
    """A type of its own that a demo tenant has copied from ``type_key`` and published.

    ``tenants`` are keys of demo tenants; ``questions`` are (kind, label), and the first one's word is
    ``{own_1}``; ``texts`` are clauses by key, in the type's first language.
    """

    type_key: str
    tenants: tuple[str, ...]
    name: str
    questions: tuple[tuple[str, str], ...] = ()
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DemoChoice:
    """What a demo tenant decided on its local practice, so many days ago and from that day.

    ``key`` is `<plugin>.<setting>`; ``tenants`` are keys of demo tenants.
    """

    key: str
    tenants: tuple[str, ...]
    value: str | int | bool
    reason: str
    days_ago: int = 0


@dataclass(frozen=True)
class DemoPerson:
    """A fictional person outside the demo's organisations; ``tenants`` are keys of demo tenants.

    ``kind`` is the key of an outside role. A national identity number must be a synthetic one.
    """

    tenants: tuple[str, ...]
    kind: str
    name: str
    email: str = ""
    phone: str = ""
    national_id: str = ""
    address: str = ""
    shield: str = ""
    health: str = ""
