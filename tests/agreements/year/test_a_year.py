"""A year in the life of an agreement, day by day, from the draft to the renewal.

The clock is set to each morning, when the jobs run, and to each noon, when people work (see `diary`). What is
listed and what is mailed is compared with a book that is kept by hand (see `book`).
"""

from datetime import date
from typing import Final

from core.agreements.states import Status
from core.obligations.service import Kept
from tests.agreements.year.conftest import LAST, SIGHT, Lived, days
from tests.agreements.year.people import DECIDE, DIARY, EVALUATION, LEADERS, MEETING, NAV, OURS, REPORT

STATUS: Final = {
    date(2026, 11, 16): Status.DRAFT,
    date(2026, 11, 23): Status.SENT,
    date(2026, 12, 1): Status.ACTIVE,
    date(2027, 6, 15): Status.PAUSED,
    date(2027, 8, 16): Status.ACTIVE,
    date(2028, 1, 1): Status.EXPIRED,
    date(2028, 1, 5): Status.RENEWED,
}
"""From which day the agreement stands how."""
SUBJECTS: Final = {
    "soon": ("1 frist innen en uke", "{} frister innen en uke"),
    "late": ("1 frist er passert", "{} frister er passert"),
    "escalated": ("1 frist ble passert for to uker siden", "{} frister ble passert for to uker siden"),
}
ASK, SIGNED, REMIND = "Til signering", "Signert av alle", "Påminnelse"
CALL, TOLD, PAUSED, RESUMED = "Innkalling", "Nye opplysninger i avtalen", "Satt på pause", "Gjenopptatt"
REPORTED, REMARK, ANSWERED, EVALUATED = (
    REPORT,
    "Merknad til en rapport",
    "Evalueringen er besvart",
    "Evaluering",
)
ADVISER, THEIR_CONTACT, OUR_CONTACT = "", "nav-contact@example.org", "municipality-contact@example.org"
POST: Final = [
    (date(2026, 11, 23), ASK, (OURS, NAV)),
    (date(2026, 12, 1), REMIND, (NAV,)),
    (date(2026, 12, 1), SIGNED, (OURS, NAV, ADVISER)),
    (date(2026, 12, 18), CALL, (OUR_CONTACT, THEIR_CONTACT)),
    (date(2027, 4, 1), REPORTED, (THEIR_CONTACT,)),
    (date(2027, 4, 5), REMARK, (ADVISER,)),
    (date(2027, 5, 10), TOLD, (OURS, NAV)),
    (date(2027, 6, 10), PAUSED, (OURS, NAV)),
    (date(2027, 8, 16), RESUMED, (OURS, NAV)),
    (date(2027, 8, 24), REPORTED, (THEIR_CONTACT,)),
    (date(2027, 8, 25), EVALUATED, (NAV,)),
    (date(2027, 8, 27), ANSWERED, (ADVISER,)),
    (date(2027, 9, 1), EVALUATED, (NAV, ADVISER)),
    (date(2027, 9, 6), ASK, (OURS, NAV)),
    (date(2027, 9, 10), SIGNED, (OURS, NAV, ADVISER)),
    (date(2027, 11, 30), REPORTED, (THEIR_CONTACT,)),
    (date(2027, 12, 22), ASK, (OURS, NAV)),
    (date(2027, 12, 30), REMIND, (NAV,)),
    (date(2028, 1, 5), SIGNED, (OURS, NAV, ADVISER)),
]
"""Every mail but the reminders of deadlines: when, what, and to whom."""


def test_obligations_are_right_on_every_day(lived: Lived) -> None:
    wrong = {day: (one.listed, one.book) for day, one in lived.days.items() if one.listed != one.book}
    assert (wrong, len(lived.days)) == ({}, len(list(days())))
    assert len(lived.days[LAST].listed) == 18


def test_what_is_late_and_what_is_ahead_follows_around_each_event(lived: Lived) -> None:
    for day in DIARY:
        shown, book = lived.days[day], lived.days[day].book
        assert shown.late == [one for one in book if one[2] in {"late", "missed"}]
        assert shown.ahead == [one for one in book if one[2] == "planned" and one[0] <= day + SIGHT]


def test_the_status_changes_on_its_days_and_on_no_other(lived: Lived) -> None:
    changes, before = {}, None
    for day, shown in lived.days.items():
        if shown.status is not before:
            changes[day] = before = shown.status
    assert changes == STATUS


def test_a_meeting_that_nobody_holds_is_missed_until_it_is_held(lived: Lived) -> None:
    def kept(*day: int) -> Kept | None:
        return lived.days[date(*day)].kept

    assert [kept(2027, 3, 2), kept(2027, 3, 3), kept(2027, 3, 8)] == [Kept(2, 2), Kept(2, 1), Kept(3, 1)]
    assert [kept(2027, 8, 16), kept(2027, 8, 17), kept(2027, 8, 18)] == [Kept(6, 1), Kept(6, 2), Kept(7, 1)]
    assert kept(2028, 1, 6) == Kept(held=11, missed=1)


def test_each_reminder_is_written_once(lived: Lived) -> None:
    written = [one for one in lived.letters if one.by_itself and one.recipient == lived.adviser]
    expected = [(day, _subject(step, titles)) for day, step, titles in lived.reminders]
    assert [(one.day, one.subject) for one in written] == expected
    for letter, (_day, _step, titles) in zip(written, lived.reminders, strict=True):
        assert all(letter.body.count(f": {title} (") == 1 for title in titles)


def _subject(step: str, titles: list[str]) -> str:
    one, more = SUBJECTS[step]
    return one if len(titles) == 1 else more.format(len(titles))


def test_every_other_mail_is_written_once(lived: Lived) -> None:
    written = [one for one in lived.letters if "frist" not in one.subject]
    expected = {(day, word, to or lived.adviser) for day, word, recipients in POST for to in recipients}
    assert {(one.day, one.subject.partition(":")[0], one.recipient) for one in written} == expected
    assert len(written) == len(expected)


def test_a_report_is_filled_with_what_happened(lived: Lived) -> None:
    assert lived.facts["meetings"] == [
        "4. januar 2027: Samarbeidsmøte (holdt)",
        "1. februar 2027: Samarbeidsmøte (holdt)",
        "1. mars 2027: Ledermøte (ikke holdt)",
        "8. mars 2027: Samarbeidsmøte (holdt)",
        "1. april 2027: Samarbeidsmøte (holdt)",
    ]
    assert lived.facts["actions"] == ["15. februar 2027: Lage en felles mal (gjort)"]
    assert lived.facts["goals"][:4] == [
        "Møter mellom partene som blir holdt: 80\xa0% (4 av 5); målet er 90\xa0%",
        "Dager til det første samarbeidsmøtet: 34 dager; målet er 45 dager",
        "Partene opptrer samlet overfor deltakerne",
        "Andel i arbeid eller utdanning rett etter programmet: målet er 60\xa0%",
    ]


def test_the_evaluation_leads_to_the_version_that_both_sign_anew(lived: Lived) -> None:
    assert lived.versions == [
        (3, date(2027, 9, 10), False, "Evaluering av avtalen 1. september 2027, punkt 1"),
        (2, date(2027, 5, 10), True, ""),
        (1, date(2026, 12, 1), False, ""),
    ]
    assert lived.points == [("Færre møter", 3), ("Bedre mottak", None), ("Felles kaffe", None)]


def test_its_successor_follows_the_day_after_and_promises_by_the_newest_text(lived: Lived) -> None:
    assert lived.papers == [True, True]
    assert lived.successor == (Status.ACTIVE, date(2028, 1, 1), date(2030, 1, 1))
    first = {title: day for day, title in reversed(lived.promised_anew)}
    assert [first[title] for title in (MEETING, LEADERS, REPORT, EVALUATION)] == [
        date(2028, 3, 1),
        date(2028, 4, 3),
        date(2028, 5, 2),
        date(2028, 10, 2),
    ]
    assert DECIDE not in first
