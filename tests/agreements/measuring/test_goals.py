"""The goals of an agreement in force: counted, noted by hand, described, and kept when a period is over."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from core.agreements.drafts import service as drafts
from core.agreements.measuring import evidence, keeping, noting, words
from core.agreements.measuring.evidence import Seen
from core.agreements.measuring.figures import Outcome
from core.agreements.measuring.keeping import IN_TENANT
from core.agreements.measuring.models import GoalEvidence, GoalSnapshot
from core.agreements.measuring.noting import Noted
from core.agreements.measuring.reading import Goal, goals_on_page
from core.kernel import clock, jobs
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations
from core.obligations.models import Obligation
from core.plugin_host.host import Contribution, Host
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, signed_in
from core.testing.pages import page_of
from core.testing.statements import counted
from tests.agreements.life.steps import TODAY, noon

HIRED, MEETINGS, LANGUAGE, COMPLETED = (
    "hire_share",
    "meetings_held",
    "language_on_the_job",
    "completion_share",
)
HALF_A_YEAR_LATER = date(2027, 6, 1)
Promises = Callable[[], list[Obligation]]


def goal(agreement_id: UUID, key: str) -> Goal:
    return next(one for one in goals_on_page(agreement_id).every() if one.agreed.key == key)


def figure(agreement_id: UUID, key: str) -> tuple[Outcome, str]:
    found = goal(agreement_id, key)
    return found.outcome, words.figure_of(found.current)


def share(hits: int, of: int, day: date = TODAY) -> Noted:
    return Noted(day, "Oversikten", of=of, hits=hits)


def hold(row: Obligation, on: date) -> None:
    with clock.frozen(noon(on)):
        obligations.mark_done(row.id)


def steering(promises: Promises) -> Obligation:
    return next(one for one in promises() if one.key == "meeting.steering_group")


def kept(agreement_id: UUID) -> list[tuple[date, int, float | None]]:
    """Last day, revision and value of what was kept of the meetings."""
    query = select(GoalSnapshot).where(
        GoalSnapshot.agreement_id == agreement_id, GoalSnapshot.goal_key == MEETINGS
    )
    rows = db.session.scalars(query.order_by(GoalSnapshot.last_day, GoalSnapshot.revision))
    return [(row.last_day, row.revision, row.value) for row in rows]


def test_a_meeting_every_six_months_closes_the_six_months_before_it(
    agreement_id: UUID, promises: Promises
) -> None:
    assert figure(agreement_id, MEETINGS) == (Outcome.TOO_EARLY, "")
    first = steering(promises)
    hold(first, first.due_on)
    with clock.frozen(noon(HALF_A_YEAR_LATER)):
        closed, under_way = goal(agreement_id, MEETINGS).counted
    assert (closed.outcome, closed.period.last) == (Outcome.REACHED, date(2027, 5, 29))
    assert under_way.outcome is Outcome.TOO_EARLY


def test_a_goal_whose_measure_is_not_here_says_what_it_waits_for(agreement_id: UUID) -> None:
    found = goal(agreement_id, COMPLETED)
    assert (found.measure, found.outcome) == (None, Outcome.NO_DATA)
    assert "because this is not registered here yet: plasseringer under avtalen." in words.why_no_figure(
        found
    )


def test_a_sub_goal_stands_under_its_goal(agreement_id: UUID) -> None:
    shown = goals_on_page(agreement_id)
    above = next(one for one in shown.goals if one.agreed.key == HIRED)
    assert [one.agreed.key for one in above.sub_goals] == [LANGUAGE]
    assert LANGUAGE not in {one.agreed.key for one in shown.goals}


def test_what_is_noted_counts_until_it_is_corrected_or_taken_back(agreement_id: UUID) -> None:
    first = noting.note(agreement_id, HIRED, share(3, 4))
    assert figure(agreement_id, HIRED) == (Outcome.TOO_FEW, "3 of 4")
    second = noting.correct(agreement_id, HIRED, first, share(7, 10), "Counted twice")
    assert figure(agreement_id, HIRED) == (Outcome.REACHED, "70% (7 of 10)")
    assert words.interval_of(goal(agreement_id, HIRED).current) == "40% to 89%"
    with pytest.raises(Conflict, match="already"):
        noting.correct(agreement_id, HIRED, first, share(1, 10), "Late")
    noting.take_back(agreement_id, HIRED, second, "Of another agreement")
    assert figure(agreement_id, HIRED) == (Outcome.NO_DATA, "")
    assert len(goal(agreement_id, HIRED).noted) == 3


@pytest.mark.parametrize(
    ("noted", "field"),
    [
        (share(5, 4), "hits"),
        (share(1, 4, TODAY - timedelta(days=1)), "counted_on"),
        (share(1, 4, TODAY + timedelta(days=1)), "counted_on"),
    ],
)
def test_an_impossible_figure_is_refused_at_its_field(agreement_id: UUID, noted: Noted, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        noting.note(agreement_id, HIRED, noted)
    assert set(refused.value.fields) == {field}


def test_figures_belong_to_goals_that_nothing_counts_and_examples_to_described_ones(
    agreement_id: UUID,
) -> None:
    with pytest.raises(Conflict, match="counted by itself"):
        noting.note(agreement_id, MEETINGS, Noted(TODAY, "Oversikten", value=3))
    with pytest.raises(Conflict, match="no number"):
        noting.note(agreement_id, LANGUAGE, share(1, 2))
    with pytest.raises(Conflict, match="has a number"):
        evidence.add(agreement_id, HIRED, Seen(TODAY, "Fadder", "Bra"))
    with pytest.raises(NotFound):
        noting.note(agreement_id, "nothing", share(1, 2))
    with pytest.raises(NotFound):
        noting.take_back(agreement_id, HIRED, new_id(), "Nothing")
    draft = complete_draft(type_key="no_work_training.intention_agreement")
    with pytest.raises(Conflict, match="all parties have signed"):
        noting.note(draft, HIRED, share(1, 2))


def test_a_withdrawn_example_loses_its_words_and_leaves_a_trace(agreement_id: UUID) -> None:
    seen = evidence.add(agreement_id, LANGUAGE, Seen(TODAY, "Fadder", "Leser vaktplanen"))
    assert [one.text for one in goal(agreement_id, LANGUAGE).evidence] == ["Leser vaktplanen"]
    evidence.withdraw(agreement_id, LANGUAGE, seen, "Named somebody")
    row = db.session.scalars(select(GoalEvidence)).one()
    assert (row.text, row.told_by, row.withdrawn_reason) == ("", "", "Named somebody")
    with pytest.raises(Conflict, match="already"):
        evidence.withdraw(agreement_id, LANGUAGE, seen, "Again")


def test_a_kept_figure_stays_when_what_was_counted_changes_and_the_difference_is_told(
    agreement_id: UUID, promises: Promises
) -> None:
    first = steering(promises)
    hold(first, first.due_on)
    with clock.frozen(noon(date(2027, 6, 10))):
        jobs.run(IN_TENANT, {"tenant_id": str(first.tenant_id)})
    assert kept(agreement_id) == []
    with clock.frozen(noon(date(2027, 6, 15))):
        for _night in range(2):
            jobs.run(IN_TENANT, {"tenant_id": str(first.tenant_id)})
        assert kept(agreement_id) == [(date(2027, 5, 29), 1, 1)]
        with unit_of_work():
            db.session.execute(update(Obligation).where(Obligation.id == first.id).values(done_at=None))
        keeping.keep([agreement_id])
        assert kept(agreement_id) == [(date(2027, 5, 29), 1, 1), (date(2027, 5, 29), 2, 0)]
        closed = goal(agreement_id, MEETINGS).counted[0]
        assert (words.figure_of(closed), words.number_of(closed.now)) == ("1", "0")
    with clock.frozen(noon(date(2028, 1, 15))):
        with unit_of_work():
            db.session.execute(
                update(Obligation).where(Obligation.id == first.id).values(dropped_at=clock.now())
            )
        keeping.keep([agreement_id])
        assert words.figure_of(goal(agreement_id, MEETINGS).counted[0]) == "1"


def test_a_measure_that_fails_leaves_the_other_goals_theirs(
    agreement_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    noting.note(agreement_id, HIRED, share(7, 10))
    monkeypatch.setattr(
        Host, "ask", lambda _host, plugin, *_rest, **_named: Contribution(plugin, error="broken")
    )
    assert "could not be computed" in words.why_no_figure(goal(agreement_id, MEETINGS))
    assert figure(agreement_id, HIRED)[0] is Outcome.REACHED


def test_the_page_shows_every_goal_and_asks_as_often_however_much_was_noted(
    app: Flask, tenant: MadeTenant, agreement_id: UUID
) -> None:
    address = f"/t/{tenant.slug}/agreements/{agreement_id}"
    browser = signed_in(app, tenant.admin_email)

    def asked() -> int:
        browser.get(f"{address}/goals")
        with counted() as sent:
            assert browser.get(f"{address}/goals").status_code == 200
        return len(sent)

    noting.note(agreement_id, HIRED, share(5, 9))
    evidence.add(agreement_id, LANGUAGE, Seen(TODAY, "Fadder", "Leser <vaktplanen>"))
    few = asked()
    for number in range(5):
        noting.note(agreement_id, HIRED, share(number, 9))
        evidence.add(agreement_id, LANGUAGE, Seen(TODAY, "Fadder", "Mer"))
    assert asked() == few <= 6 + 8
    page = page_of(browser.get(f"{address}/goals", headers={"Cookie": "language=en"}))
    assert "Leser <vaktplanen>" in page.text
    assert "Noted by a person, and not counted by the product. Source: Oversikten" in page.text
    line = browser.get(f"{address}/goals", headers={"HX-Request": "true", "Cookie": "language=en"}).text
    assert "On the way: 1" in line
    assert "<html" not in line


def test_a_wrong_form_comes_back_with_what_was_typed(
    app: Flask, tenant: MadeTenant, agreement_id: UUID
) -> None:
    browser = signed_in(app, tenant.admin_email)
    url = f"/t/{tenant.slug}/agreements/{agreement_id}/goals/{HIRED}/values"
    typed = {"counted_on": TODAY.isoformat(), "hits": "9", "of": "4", "source": "Oversikten"}
    answer = browser.post(url, data=typed, headers={"Cookie": "language=en"})
    assert answer.status_code == 422
    assert "There cannot be more of them than there are in all." in answer.text
    assert 'value="Oversikten"' in answer.text
    assert browser.post(url, data=typed | {"of": "12"}).status_code == 303
    assert figure(agreement_id, HIRED) == (Outcome.REACHED, "75% (9 of 12)")


def test_somebody_who_only_reads_sees_the_goals_and_notes_nothing(
    app: Flask, tenant: MadeTenant, agreement_id: UUID
) -> None:
    reader = make_member(tenant, "access.reader")
    with acting(app, tenant, reader):
        assert not goals_on_page(agreement_id).may_note
        with pytest.raises(Refused):
            noting.note(agreement_id, HIRED, share(1, 2))


def test_a_draft_shows_its_targets_and_a_described_goal_is_saved_without_a_number(inside: None) -> None:
    draft = complete_draft(type_key="no_work_training.intention_agreement")
    drafts.save_goal(
        draft, LANGUAGE, {"included": True, "period_months": 6, "counting_rule": "Vi noterer eksempler."}
    )
    shown = goal(draft, LANGUAGE)
    assert (shown.agreed.is_described, shown.agreed.months, shown.counted) == (True, 6, ())
    assert goal(draft, HIRED).outcome is Outcome.TOO_EARLY
