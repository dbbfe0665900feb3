"""The measures that the product has data for itself: what came of meetings, promises and decisions."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.kernel import clock
from core.obligations.calendar import Calendar
from core.obligations.counting import Came, calendar_here, in_time, what_came
from core.plugin_host.declarations import (
    GoalMeasure,
    Measured,
    MeasureQuestion,
)
from core.plugin_host.wording import Wording
from core.tenancy.service import current_tenant

VISIT_GRACE_DAYS = 1
_MEETINGS_DUE = Wording(
    nb="Møtene som skulle vært holdt i perioden. Møter som er frafalt, telles ikke.",
    da="De møder, der skulle have været holdt i perioden. Møder, der er frafaldet, tælles ikke.",
    en="The meetings that should have been held in the period. Meetings that were waived are not counted.",
)


@dataclass(frozen=True)
class Ground:
    """What the counting stands on: promises due in the period, its first day, and today."""

    came: list[Came]
    first: date
    today: date
    calendar: Calendar

    @property
    def settled(self) -> list[Came]:
        """Promises that were kept, or should have been by now."""
        return [one for one in self.came if one.is_settled(self.today)]

    @property
    def meetings(self) -> list[Came]:
        """Those of them that are kept by meeting."""
        return [one for one in self.settled if one.is_meeting]


Tally = tuple[int, int | None, float | None]
"""Over how many, how many of them, and the value: see `Measured`."""
Count = Callable[[Ground], Tally]


def _share(came: Iterable[Came], is_hit: Callable[[Came], bool]) -> Tally:
    every = list(came)
    return len(every), sum(map(is_hit, every)), None


def _is_kept(came: Came) -> bool:
    return came.kept_on is not None


def _meetings_held(ground: Ground) -> Tally:
    return _share(ground.meetings, _is_kept)


def _visits_in_time(ground: Ground) -> Tally:
    return _share(ground.meetings, lambda one: in_time(one, ground.calendar, grace_days=VISIT_GRACE_DAYS))


def _number_of_meetings(ground: Ground) -> Tally:
    return len(ground.meetings), None, sum(map(_is_kept, ground.meetings))


def _promises_in_time(ground: Ground) -> Tally:
    return _share(ground.settled, lambda one: in_time(one, ground.calendar))


def _actions_done(ground: Ground) -> Tally:
    return _share((one for one in ground.settled if one.is_action), _is_kept)


def _days_to_first_meeting(ground: Ground) -> Tally:
    held = [one.kept_on for one in ground.meetings if one.kept_on is not None]
    return (1, None, max(0, (min(held) - ground.first).days)) if held else (0, None, None)


COUNTS: dict[str, Count] = {
    "agreements.meetings_held": _meetings_held,
    "agreements.visits_in_time": _visits_in_time,
    "agreements.number_of_meetings": _number_of_meetings,
    "agreements.promises_in_time": _promises_in_time,
    "agreements.actions_done": _actions_done,
    "agreements.days_to_first_meeting": _days_to_first_meeting,
}
MEASURES = [
    GoalMeasure(
        "agreements.meetings_held",
        Wording(nb="Møter som ble holdt", da="Møder, der blev holdt", en="Meetings that were held"),
        Wording(
            nb="Et møte er holdt når det har et referat eller er merket som gjort.",
            da="Et møde er holdt, når det har et referat eller er markeret som udført.",
            en="A meeting was held when it has minutes or was marked as done.",
        ),
        _MEETINGS_DUE,
        "percent",
    ),
    GoalMeasure(
        "agreements.visits_in_time",
        Wording(
            nb="Møter som ble holdt til avtalt tid",
            da="Møder, der blev holdt til aftalt tid",
            en="Meetings that were held as agreed",
        ),
        Wording(
            nb="Et møte er holdt til avtalt tid når det er holdt senest første arbeidsdag etter den avtalte "
            "dagen. Er møtet flyttet, er den nye dagen den avtalte.",
            da="Et møde er holdt til aftalt tid, når det er holdt senest den første arbejdsdag efter den "
            "aftalte dag. Er mødet flyttet, er den nye dag den aftalte.",
            en="A meeting was held as agreed when it was held no later than the first working day after the "
            "agreed day. Where a meeting was moved, the new day is the agreed one.",
        ),
        _MEETINGS_DUE,
        "percent",
    ),
    GoalMeasure(
        "agreements.number_of_meetings",
        Wording(nb="Antall møter som ble holdt", da="Antal afholdte møder", en="Number of meetings held"),
        Wording(
            nb="Møter med referat og møter som er merket som gjort, telles på den avtalte dagen.",
            da="Møder med referat og møder, der er markeret som udført, tælles på den aftalte dag.",
            en="Meetings with minutes and meetings that were marked as done are counted on the agreed day.",
        ),
        _MEETINGS_DUE,
        "count",
    ),
    GoalMeasure(
        "agreements.promises_in_time",
        Wording(nb="Frister som ble holdt", da="Frister, der blev overholdt", en="Deadlines that were met"),
        Wording(
            nb="En frist er holdt når det avtalte ble gjort senest på dagen.",
            da="En frist er overholdt, når det aftalte blev gjort senest på dagen.",
            en="A deadline was met when the thing was done no later than on its day.",
        ),
        Wording(
            nb="Alle møter, rapporter, evalueringer og tiltak med frist i perioden.",
            da="Alle møder, rapporter, evalueringer og handlinger med frist i perioden.",
            en="All meetings, reports, evaluations and actions that were due in the period.",
        ),
        "percent",
    ),
    GoalMeasure(
        "agreements.actions_done",
        Wording(
            nb="Tiltak fra møtene som ble gjort",
            da="Handlinger fra møderne, der blev udført",
            en="Actions of the meetings that were done",
        ),
        Wording(
            nb="Et tiltak er gjort når noen har merket det som gjort.",
            da="En handling er udført, når nogen har markeret den som udført.",
            en="An action was done when somebody marked it as done.",
        ),
        Wording(
            nb="Tiltakene som møtene bestemte, med frist i perioden.",
            da="De handlinger, møderne besluttede, med frist i perioden.",
            en="The actions that the meetings decided on and that were due in the period.",
        ),
        "percent",
    ),
    GoalMeasure(
        "agreements.days_to_first_meeting",
        Wording(
            nb="Dager til det første møtet", da="Dage til det første møde", en="Days until the first meeting"
        ),
        Wording(
            nb="Dagene fra periodens første dag til det første møtet som ble holdt. Den første perioden "
            "begynner med avtalen.",
            da="Dagene fra periodens første dag til det første møde, der blev holdt. Den første periode "
            "begynder med aftalen.",
            en="The days from the first day of the period to the first meeting that was held. The first "
            "period begins with the agreement.",
        ),
        Wording(nb="Bare det første møtet.", da="Kun det første møde.", en="Only the first meeting."),
        "days",
        more_is_better=False,
    ),
]


def answers_to(wanted: list[MeasureQuestion]) -> list[Measured]:
    """The values, by one query however many are asked for."""
    known = [one for one in wanted if one.measure in COUNTS]
    if not known:
        return []
    by_agreement: dict[UUID, list[Came]] = defaultdict(list)
    ids = {one.agreement_id for one in known}
    for one in what_came(ids, min(one.first for one in known), max(one.last for one in known)):
        by_agreement[one.subject_id].append(one)
    today, calendar = clock.today(current_tenant().timezone), calendar_here()
    return [
        _answer(one, Ground(_asked(one, by_agreement[one.agreement_id]), one.first, today, calendar))
        for one in known
    ]


def _asked(question: MeasureQuestion, came: Iterable[Came]) -> list[Came]:
    return [
        one
        for one in came
        if question.first <= one.closes <= question.last
        and (not question.meetings or one.meeting in question.meetings)
    ]


def _answer(question: MeasureQuestion, ground: Ground) -> Measured:
    of, hits, value = COUNTS[question.measure](ground)
    return Measured(question, of, hits, value)
