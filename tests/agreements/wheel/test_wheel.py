"""The annual wheel: what stands in it, for whom, and how it is changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.agreements.wheel import service
from core.agreements.wheel.service import Activity
from core.agreements.wheel.year import place_of, year_of
from core.kernel import clock
from core.kernel.errors import Invalid, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.obligations import service as obligations
from core.tenancy import units
from core.testing.agreements import content
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.pages import Page, page_of
from core.testing.roles import make_member_with, make_unit
from core.testing.statements import counted

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BUDGET = Activity("Budsjettet vedtas", 12, 15)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def admin(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def promise(agreement_id: UUID) -> None:
    with unit_of_work():
        obligations.make_for_agreement(agreement_id, content(), date(2026, 11, 30), date(2027, 11, 30))


def opened(browser: FlaskClient, tenant: MadeTenant, more: str = "") -> Page:
    return page_of(browser.get(f"/t/{tenant.slug}/wheel{more}", headers={"Cookie": "language=en"}))


def titles(unit_id: UUID | None = None, agreement_id: UUID | None = None) -> list[str]:
    shown = year_of(2027, place_of(unit_id, agreement_id))
    return [one.title for entries in shown.months.values() for one in entries]


def test_the_ring_and_the_list_hold_the_same_things(
    app: Flask, tenant: MadeTenant, admin: FlaskClient
) -> None:
    with acting(app, tenant):
        promise(complete_draft())
        service.make(BUDGET)
    main = opened(admin, tenant, "?year=2027").root.first("main")
    marks = {
        one.attributes["href"].removeprefix("#entry-")
        for one in main.all("a")
        if one.attributes.get("class", "").startswith("ring__mark")
    }
    listed = [one.attributes["value"] for one in main.all("li") if "value" in one.attributes]
    assert listed == ["1", "2", "3", "4", "5"]
    assert marks == set(listed)


def test_the_picture_is_well_formed_has_a_name_and_holds_no_style(
    app: Flask, tenant: MadeTenant, admin: FlaskClient
) -> None:
    with acting(app, tenant):
        service.make(Activity("Regnskap & <budsjett>", 2))
    text = admin.get(f"/t/{tenant.slug}/wheel").get_data(as_text=True)
    markup = text[
        text.index('<svg class="ring"') : text.index("</svg>", text.index('<svg class="ring"'))
        + len("</svg>")
    ]
    named = markup.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    picture = ET.fromstring(named)  # noqa: S314  our own page
    names = picture.attrib["aria-labelledby"].split()
    texts = {one.attrib.get("id"): one.text for one in picture}
    assert all(texts[name] for name in names)
    assert len([one for one in picture if one.attrib.get("class") == "ring__month"]) == 12
    assert all("style" not in one.attrib for one in picture.iter())
    assert all(one.attrib["aria-label"] for one in picture.iter(f"{SVG}a"))


def test_a_wheel_of_a_unit_has_its_own_and_what_is_everybodys(app: Flask, tenant: MadeTenant) -> None:
    mine, other = make_unit(app, tenant), make_unit(app, tenant)
    with acting(app, tenant):
        promise(complete_draft())
        service.make(BUDGET)
        service.make(Activity("Vår", 1, unit_id=mine))
        service.make(Activity("Deres", 1, unit_id=other))
        service.make(Activity("Med oss", 3, unit_id=other, involved=(mine,)))
        assert titles(unit_id=mine) == ["Vår", "Med oss", "Budsjettet vedtas"]


def test_a_wheel_of_an_agreement_has_its_promises_and_activities(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        first, second = complete_draft("Den ene"), complete_draft("Den andre")
        promise(first)
        service.make(Activity("Informasjonsmøte", 1, agreement_id=second))
        assert len(titles(agreement_id=first)) == 4
        assert titles(agreement_id=second) == ["Informasjonsmøte"]
        assert len(titles()) == 5


def test_a_unit_or_an_agreement_that_is_not_there_is_not_found(
    tenant: MadeTenant, admin: FlaskClient
) -> None:
    for what in ("unit", "agreement"):
        for value in (str(new_id()), "nonsense"):
            assert admin.get(f"/t/{tenant.slug}/wheel?{what}={value}").status_code == 404


@pytest.mark.parametrize("year", ["", "0", "1999", "99999", "æ", "2101"])
def test_a_year_that_is_none_shows_this_year(tenant: MadeTenant, admin: FlaskClient, year: str) -> None:
    assert opened(admin, tenant, f"?year={year}").heading == "Annual wheel 2026"


def test_who_may_not_see_an_agreement_sees_nothing_of_its_year(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        hidden = complete_draft()
        promise(hidden)
        activity = service.make(Activity("Hemmelig møte", 1, agreement_id=hidden))
        service.make(BUDGET)
    outsider = make_member_with(app, tenant, "own:agreement:read", "own:agreement:write")
    with acting(app, tenant, outsider):
        assert titles() == ["Budsjettet vedtas"]
        with pytest.raises(NotFound):
            titles(agreement_id=hidden)
        with pytest.raises(NotFound):
            service.stored(activity)
        with pytest.raises(NotFound):
            service.make(Activity("Vår", 1, agreement_id=hidden))


def test_a_reader_sees_the_year_and_changes_nothing(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        activity = service.make(BUDGET)
    reader = make_member(tenant, "access.reader")
    with acting(app, tenant, reader):
        assert titles() == ["Budsjettet vedtas"]
        for verb in (lambda: service.make(BUDGET), lambda: service.remove(activity), service.take_in_sample):
            with pytest.raises(Refused):
                verb()
    page = opened(signed_in(app, reader), tenant)
    assert not any("/wheel/" in link for link in page.links())


def test_clicking_a_month_leads_to_a_form_for_that_month(tenant: MadeTenant, admin: FlaskClient) -> None:
    (march,) = (one for one in opened(admin, tenant).links() if "month=3" in one)
    page = page_of(admin.get(march))
    assert page.root.first("select", name="month").first("option", selected="").attributes["value"] == "3"


def test_an_activity_is_added_changed_and_removed_with_its_units(
    app: Flask, tenant: MadeTenant, admin: FlaskClient
) -> None:
    unit, other = make_unit(app, tenant, "Voksenopplæringen"), make_unit(app, tenant, "Nav")
    form = {
        "title": "Plan",
        "month": "3",
        "day": "1",
        "main": str(unit),
        "performing": [str(unit), str(other)],
    }
    assert admin.post(f"/t/{tenant.slug}/wheel/new", data=form).status_code == 303
    page = opened(admin, tenant)
    assert "Main responsible: Voksenopplæringen" in page.text
    assert "Performing: Nav, Voksenopplæringen" in page.text or "Voksenopplæringen, Nav" in page.text
    (address,) = {one for one in page.links() if "/wheel/" in one and "/new" not in one}
    assert page_of(admin.get(address)).value("title") == "Plan"
    changed = {"title": "Ny plan", "month": "4", "involved": [str(other)]}
    assert admin.post(address, data=changed).status_code == 303
    text = opened(admin, tenant).text
    assert "Ny plan" in text
    assert "Involved: Nav" in text
    assert "Performing" not in text
    assert admin.post(f"{address}/remove").status_code == 303
    assert "Ny plan" not in opened(admin, tenant).text
    assert admin.get(address).status_code == 404


def test_a_wrong_day_is_said_beside_the_field_and_nothing_is_lost(
    tenant: MadeTenant, admin: FlaskClient
) -> None:
    url = f"/t/{tenant.slug}/wheel/new"
    answer = admin.post(
        url, data={"title": "Plan", "month": "4", "day": "31"}, headers={"Cookie": "language=en"}
    )
    page = page_of(answer, 422)
    assert page.error("day") == "This month does not have that many days."
    assert page.value("title") == "Plan"


def test_the_last_of_february_is_there_in_every_year(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        service.make(Activity("Skuddag", 2, 29))
        days = [year_of(year, place_of(None, None)).months[2][0].day for year in (2027, 2028)]
    assert days == [28, 29]


def test_a_closed_unit_takes_no_new_part_and_keeps_the_old_one(app: Flask, tenant: MadeTenant) -> None:
    unit = make_unit(app, tenant)
    with acting(app, tenant):
        activity = service.make(Activity("Plan", 1, main=(unit,)))
        units.close_unit(unit)
        with pytest.raises(Invalid):
            service.make(Activity("Plan", 1, main=(unit,)))
        service.change(activity, Activity("Ny plan", 1, main=(unit,)))
        assert service.stored(activity).main == (unit,)


@pytest.mark.parametrize("kind", ["norway.municipality", "norway.county", "denmark.municipality"])
def test_the_proposed_year_is_taken_in_once_and_can_be_changed(app: Flask, kind: str) -> None:
    tenant = make_tenant(kind)
    with acting(app, tenant):
        count = service.take_in_sample()
        assert count == len(service.sample()) > 5
        assert service.take_in_sample() == 0
        first = service.activities()[0]
        service.change(first.id, Activity("Noe annet", 1))
        assert service.take_in_sample() == 1


def test_the_page_asks_no_more_when_there_is_more(app: Flask, tenant: MadeTenant, admin: FlaskClient) -> None:
    unit = make_unit(app, tenant)

    def fill() -> None:
        with acting(app, tenant):
            promise(complete_draft())
            service.make(Activity("Plan", 1, main=(unit,), involved=(unit,)))

    def asked() -> int:
        with counted() as sent:
            opened(admin, tenant, "?year=2027")
        return len(sent)

    fill()
    asked()
    few = asked()
    for _number in range(4):
        fill()
    assert asked() == few
