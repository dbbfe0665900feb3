from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from core.agreements.models import Agreement
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service
from core.obligations.models import Obligation
from core.plugin_host.host import Contribution
from core.tenancy.kinds import host
from core.testing.agreements import MEETING, content, section
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.web.languages import in_language

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
STARTS, ENDS = date(2026, 11, 30), date(2027, 11, 30)


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def inside(app: Flask, tenant: MadeTenant) -> Iterator[None]:
    with clock.frozen(NOW), acting(app, tenant), in_language("en"):
        yield


def make(
    values: dict[str, Any] | None = None,
    starts: date = STARTS,
    ends: date | None = ENDS,
    agreement_id: Any = None,
) -> Any:
    subject = agreement_id or new_id()
    with unit_of_work():
        service.make_for_agreement(subject, values or content(), starts, ends)
    return subject


def rows() -> list[Obligation]:
    return list(db.session.scalars(select(Obligation).order_by(Obligation.due_on, Obligation.id)))


def test_meetings_evaluations_and_the_end_become_dates(inside: None) -> None:
    make()
    assert [(one.kind, one.due_on) for one in rows()] == [
        ("meeting", date(2027, 5, 31)),
        ("expiry", date(2027, 10, 1)),
        ("meeting", date(2027, 11, 30)),
        ("evaluation", date(2027, 11, 30)),
    ]


def test_a_date_on_a_holiday_moves_to_the_next_working_day_and_keeps_its_nominal_day(inside: None) -> None:
    make(
        content(sections=[section("1", "Møter", meetings=[MEETING])]),
        starts=date(2026, 11, 17),
        ends=date(2027, 6, 1),
    )
    may = next(one for one in rows() if one.kind == "meeting")
    assert (may.nominal_on, may.due_on) == (date(2027, 5, 17), date(2027, 5, 18))


def test_making_promises_twice_makes_them_once(inside: None) -> None:
    subject = make()
    make(agreement_id=subject)
    assert len(rows()) == 4


def test_an_agreement_without_an_end_gets_two_years_and_no_expiry(inside: None) -> None:
    make(content(sections=[section("1", "Møter", meetings=[MEETING])]), ends=None)
    assert [one.kind for one in rows()] == ["meeting"] * 4


def test_a_short_agreement_reminds_of_its_end_no_earlier_than_its_start(inside: None) -> None:
    make(ends=STARTS + timedelta(days=10))
    assert [(one.kind, one.due_on) for one in rows()] == [("expiry", STARTS)]


def test_when_holidays_fail_the_dates_are_made_and_say_that_they_are_unchecked(
    inside: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host(), "collect", lambda *_a, **_o: [Contribution("norway", error="broken")])
    with unit_of_work():
        made = service.make_for_agreement(new_id(), content(), STARTS, ENDS)
    assert (made.made, made.checked) == (4, False)
    assert all("could not be checked" in one.notice for one in service.due(10, within_days=400))


def test_a_day_that_has_become_a_holiday_says_so(inside: None) -> None:
    make()
    rows()[0].due_on = date(2027, 5, 17)
    db.session.commit()
    assert "day off" in service.due(1, within_days=400)[0].notice


def test_late_is_before_today_and_due_from_today(inside: None) -> None:
    make()
    with clock.frozen(datetime(2027, 5, 31, 12, tzinfo=UTC)):
        assert service.late(10) == []
        assert [one.due_on for one in service.due(10)] == [date(2027, 5, 31)]
    with clock.frozen(datetime(2027, 6, 1, 12, tzinfo=UTC)):
        assert [(one.due_on, one.is_late) for one in service.late(10)] == [(date(2027, 5, 31), True)]


def test_the_overview_puts_each_promise_in_one_list(inside: None) -> None:
    make()
    with clock.frozen(datetime(2027, 10, 2, 12, tzinfo=UTC)):
        found = service.overview(10)
    assert [len(found.late), len(found.expiring), len(found.next)] == [1, 1, 2]


def test_the_overview_shows_the_first_of_each_however_many_are_late(inside: None) -> None:
    for _number in range(8):
        make()
    with clock.frozen(datetime(2027, 10, 2, 12, tzinfo=UTC)):
        found = service.overview(3)
    assert [len(found.late), len(found.expiring), len(found.next)] == [3, 3, 3]


def test_marking_done_twice_is_the_same_as_once(inside: None) -> None:
    subject = make()
    first = rows()[0].id
    service.mark_done(first)
    at = rows()[0].done_at
    service.mark_done(first)
    assert rows()[0].done_at == at
    assert [one.is_done for one in service.for_subject(subject)] == [True, False, False, False]


def test_a_reader_may_not_mark_done_and_an_unknown_promise_is_not_found(
    app: Flask, tenant: MadeTenant, inside: None
) -> None:
    make()
    first = rows()[0].id
    with pytest.raises(NotFound):
        service.mark_done(new_id())
    with acting(app, tenant, make_member(tenant, "access.reader")), pytest.raises(Refused):
        service.mark_done(first)


def test_what_is_dropped_is_listed_no_longer_and_what_was_done_stays_done(inside: None) -> None:
    subject = make()
    done, dropped = rows()[0].id, rows()[1].id
    service.mark_done(done)
    with unit_of_work():
        assert service.drop_for(subject) == 3
    assert [one.id for one in service.for_subject(subject)] == [done]
    assert service.due(10, within_days=400) == []
    with pytest.raises(Conflict):
        service.mark_done(dropped)


def test_the_list_is_paged_in_sql_and_stays_within_its_pages(inside: None) -> None:
    for _number in range(20):
        make()
    found = service.page(1)
    assert (found.count, found.pages, len(found.promises)) == (40, 2, 25)
    assert len(service.page(10**30).promises) == 15
    assert service.page(-3).page == 1


def test_the_page_lists_what_is_due_and_a_button_marks_it_done(
    app: Flask, tenant: MadeTenant, inside: None
) -> None:
    agreement = Agreement(
        id=new_id(), type_key="a.b", edition="1", language="nb", title="Avtalen", adviser_id=tenant.admin_id
    )
    with unit_of_work():
        db.session.add(agreement)
    make(agreement_id=agreement.id)
    first = rows()[0].id
    browser = signed_in(app, tenant.admin_email)
    url = f"/t/{tenant.slug}/obligations"
    assert f"{url}/{first}/done" in browser.get(url).text
    away = browser.post(f"{url}/{first}/done", data={"next": "https://example.org/"})
    assert (away.status_code, away.location) == (303, "/")
    assert f"{url}/{first}/done" not in browser.get(f"{url}?page=abc").text


def test_an_empty_list_says_what_brings_dates(app: Flask, tenant: MadeTenant) -> None:
    browser = signed_in(app, tenant.admin_email)
    browser.set_cookie("language", "en")
    assert "Nothing is due" in browser.get(f"/t/{tenant.slug}/obligations").text
