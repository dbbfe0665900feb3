"""What the people of the year do, day by day, and what they cross out in their own book."""

from datetime import date, time

from core.agreements import parts as agreement_parts
from core.agreements.amending import service as amending
from core.agreements.discussion import service as discussion
from core.agreements.drafts import service as drafts
from core.agreements.evaluating import answering, asking, deciding, next_draft
from core.agreements.evaluating import sending as evaluation_mails
from core.agreements.evaluating import service as evaluating
from core.agreements.evaluating.finding import begun_case
from core.agreements.evaluating.states import Outcome
from core.agreements.life import renewing
from core.agreements.life import service as life
from core.agreements.reports import receipts, sending, writing
from core.agreements.signing import service as signing
from core.obligations import changing
from core.obligations.meetings import holding, invitations, planning
from core.obligations.meetings.actions import Action, add_action
from core.testing.drafts import complete_draft
from tests.agreements.year.people import (
    DECIDE,
    EVALUATION,
    LEADERS,
    MEETING,
    NAV,
    OURS,
    REPORT,
    TEMPLATE,
    TYPE,
    WELCOME,
    Year,
    newest_token,
    on,
    sign,
    take_effect,
)


@on(2026, 11, 16)
def write_a_draft(year: Year) -> None:
    year.agreement_id = complete_draft("Samarbeid om introduksjonsprogrammet", type_key=TYPE)
    rhythm = {"included": True, "every_months": 12, "first_after_months": 9}
    drafts.save_meeting(year.agreement_id, "yearly_evaluation", rhythm)
    drafts.save_duration(year.agreement_id, None, date(2027, 12, 31))


@on(2026, 11, 23)
def send_it(year: Year) -> None:
    signing.send(year.agreement_id)


@on(2026, 11, 24)
def the_municipality_signs(year: Year) -> None:
    sign(newest_token(OURS))


@on(2026, 12, 1)
def nav_signs_when_it_is_reminded(year: Year) -> None:
    take_effect(sign(newest_token(NAV)))
    days = [(1, 4), (2, 1), (3, 1), (4, 1), (5, 3), (6, 1), (7, 1), (8, 2), (9, 1), (10, 1), (11, 1), (12, 1)]
    promise = year.book.promise
    promise(MEETING, *(date(2027, *day) for day in days), is_meeting=True)
    promise(LEADERS, date(2027, 3, 1), date(2027, 9, 1), is_meeting=True)
    promise(REPORT, date(2027, 4, 1), date(2027, 8, 2), date(2027, 12, 1))
    promise(EVALUATION, date(2027, 9, 1), is_meeting=True)
    promise(DECIDE, date(2027, 10, 4))


@on(2026, 12, 18)
def call_the_first_meeting(year: Year) -> None:
    first = year.promise(MEETING, date(2027, 1, 4))
    contacts = ["municipality_contact", "nav_contact"]
    planning.plan(first, planning.Plan(date(2027, 1, 4), time(10), 60, contacts=contacts))
    invitations.invite(first)


@on(2027, 1, 4)
def hold_it_and_decide_on_an_action(year: Year) -> None:
    first = year.promise(MEETING, date(2027, 1, 4))
    add_action(first, Action(TEMPLATE, date(2027, 2, 15), number=1))
    holding.hold(first, holding.Record(minutes="Vi begynte.", decisions="En mal."))
    year.book.fate("done", MEETING, date(2027, 1, 4))
    year.book.promise(TEMPLATE, date(2027, 2, 15))


@on(2027, 2, 1)
def hold_the_second_meeting(year: Year) -> None:
    year.keep(MEETING, date(2027, 2, 1))


@on(2027, 2, 12)
def finish_the_action(year: Year) -> None:
    year.keep(TEMPLATE, date(2027, 2, 15))


@on(2027, 3, 3)
def move_the_meeting_that_was_missed(year: Year) -> None:
    changing.set_date(year.promise(MEETING, date(2027, 3, 1)), date(2027, 3, 8), "Vinterferie.")
    year.book.line(MEETING, date(2027, 3, 1)).due = date(2027, 3, 8)


@on(2027, 3, 8)
def hold_it_a_week_late(year: Year) -> None:
    year.keep(MEETING, date(2027, 3, 8))


@on(2027, 3, 30)
def begin_the_report(year: Year) -> None:
    year.report_id = writing.begin(year.promise(REPORT, date(2027, 4, 1)))
    writing.save(year.report_id, {"overview": "Vi er i gang."}, 0)


@on(2027, 4, 1)
def hold_the_fourth_meeting_and_send_the_report(year: Year) -> None:
    year.keep(MEETING, date(2027, 4, 1))
    tokens = sending.send(year.report_id, with_new_figures=True)
    year.token = next(iter(tokens.values()))
    year.book.fate("done", REPORT, date(2027, 4, 1))


@on(2027, 4, 5)
def nav_confirms_it(year: Year) -> None:
    year.facts = receipts.open_link(year.token).report.facts
    for _click in range(2):
        receipts.confirm(year.token, "Kontakt nav_contact", "Takk.")


@on(2027, 5, 3)
def hold_the_fifth_meeting(year: Year) -> None:
    year.keep(MEETING, date(2027, 5, 3))


@on(2027, 5, 10)
def tell_of_another_contact_without_signatures(year: Year) -> None:
    draft_id = amending.begin(year.agreement_id, "Ny kontaktperson.")
    row = agreement_parts.load(draft_id).contacts["nav_specialist"]
    values = {"name": "Nils Ny", "role_title": row.role_title, "email": row.email, "authority": False}
    drafts.save_contact(draft_id, row.key, values | {"phone": "99887766"})
    amending.tell(draft_id)


@on(2027, 6, 1)
def hold_the_sixth_meeting(year: Year) -> None:
    year.keep(MEETING, date(2027, 6, 1))


@on(2027, 6, 10)
def plan_a_pause_without_an_end(year: Year) -> None:
    life.pause(year.agreement_id, date(2027, 6, 15), None, "Omorganisering.")
    for line in year.book.lines:
        if line.due >= date(2027, 6, 15) and line.title != DECIDE:
            line.fate = "resting"


@on(2027, 8, 16)
def resume(year: Year) -> None:
    life.resume(year.agreement_id, "Vi er på plass.")
    for line in year.book.lines:
        if line.fate == "resting":
            line.fate = ""
    year.book.fate("dropped", MEETING, date(2027, 7, 1))
    for title in (MEETING, REPORT):
        year.book.line(title, date(2027, 8, 2)).due = date(2027, 8, 16)


@on(2027, 8, 18)
def hold_the_meeting_after_the_pause_late(year: Year) -> None:
    year.keep(MEETING, date(2027, 8, 16))


@on(2027, 8, 24)
def send_the_second_report_late(year: Year) -> None:
    sending.send(writing.begin(year.promise(REPORT, date(2027, 8, 16))))
    year.book.fate("done", REPORT, date(2027, 8, 16))


@on(2027, 8, 25)
def begin_the_evaluation_and_ask_nav(year: Year) -> None:
    promise = year.promise(EVALUATION, date(2027, 9, 1))
    evaluating.begin(promise)
    year.token = asking.ask(promise, "nav", "nav_leader").token


@on(2027, 8, 27)
def nav_answers(year: Year) -> None:
    wishes = ["Færre møter", "Bedre mottak", "Felles kaffe"]
    said = answering.Theirs({}, "Greit.", "", wishes)
    for _click in range(2):
        answering.answer(answering.key_of_link(year.token), said)


@on(2027, 9, 1)
def meet_evaluate_and_close(year: Year) -> None:
    for title in (MEETING, LEADERS):
        year.keep(title, date(2027, 9, 1))
    promise = year.promise(EVALUATION, date(2027, 9, 1))
    clause = next(iter(agreement_parts.load(year.agreement_id).clauses))
    outcomes = (
        deciding.Decision(Outcome.CLAUSE, clause_key=clause, wish="Partene møtes annenhver måned."),
        deciding.Decision(Outcome.ACTION, title=WELCOME, due_on=date(2027, 10, 15)),
        deciding.Decision(Outcome.NONE, reason="Hver for seg."),
    )
    for point, outcome in zip(begun_case(promise).points, outcomes, strict=True):
        deciding.decide(promise, point.id, outcome)
    evaluating.save_ours(promise, evaluating.Ours(experience="Det går bra."))
    evaluating.close(promise)
    evaluation_mails.send(promise)
    year.book.fate("done", EVALUATION, date(2027, 9, 1))
    year.book.promise(WELCOME, date(2027, 10, 15))


@on(2027, 9, 6)
def send_the_next_version_that_came_of_it(year: Year) -> None:
    year.draft_id = next_draft.begin(year.promise(EVALUATION, date(2027, 9, 1)))
    there = discussion.discussion(year.draft_id)
    (suggested,) = there.threads
    discussion.accept(year.draft_id, suggested.id, there.parts.clauses[suggested.clause_key].revision)
    rhythm = {"included": True, "every_months": 2, "first_after_months": 2}
    drafts.save_meeting(year.draft_id, "cooperation_meeting", rhythm)
    signing.send(year.draft_id)


@on(2027, 9, 10)
def both_sign_it_anew(year: Year) -> None:
    for recipient in (OURS, NAV):
        sign(newest_token(recipient))
    take_effect(year.draft_id)
    year.book.fate("dropped", MEETING, date(2027, 10, 1), date(2027, 11, 1), date(2027, 12, 1))
    year.book.promise(MEETING, date(2027, 11, 10), is_meeting=True)


@on(2027, 10, 12)
def waive_the_action(year: Year) -> None:
    changing.waive(year.promise(WELCOME, date(2027, 10, 15)), "Det kom ingen nye.")
    year.book.fate("waived", WELCOME, date(2027, 10, 15))


@on(2027, 11, 10)
def hold_the_meeting_of_the_new_rhythm(year: Year) -> None:
    year.keep(MEETING, date(2027, 11, 10))


@on(2027, 11, 30)
def send_the_third_report(year: Year) -> None:
    sending.send(writing.begin(year.promise(REPORT, date(2027, 12, 1))))
    year.book.fate("done", REPORT, date(2027, 12, 1))


@on(2027, 12, 20)
def decide_to_renew(year: Year) -> None:
    year.keep(DECIDE, date(2027, 10, 4))
    year.draft_id = renewing.renew(year.agreement_id)


@on(2027, 12, 22)
def send_the_renewal(year: Year) -> None:
    signing.send(year.draft_id)


@on(2027, 12, 23)
def the_municipality_signs_the_renewal(year: Year) -> None:
    sign(newest_token(OURS))


@on(2028, 1, 5)
def nav_signs_it_after_the_end(year: Year) -> None:
    take_effect(sign(newest_token(NAV)))
