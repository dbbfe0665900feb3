"""The register: who is listed for whom, what is hidden, what is written down, and exact numbers."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from core.kernel.database import db
from core.kernel.errors import Invalid
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.persons import lists, service
from core.persons.models import Person
from core.tenancy.models import Unit
from core.testing.factories import make_member, signed_in
from core.testing.pages import page_of
from core.testing.statements import counted
from tests.persons.office import NUMBER, OTHER_NUMBER, Office

SHIELDED = {"shield": "confidential", "address": "Et hemmelig sted 1", "email": "gjemt@example.org"}
FORM = {
    "kind": "persons.participant",
    "name": "Yonas Øvelse",
    "email": "Yonas@Example.org",
    "phone": "412 34 567",
    "language": "nb",
    "born_on": "1990-01-31",
    "national_id": "548585 20072",
    "address": "Eksempelveien 4",
    "shield": "",
}


def listed(office: Office, path: str = "") -> list[str]:
    main = office.page(path).root.first("main")
    return [cell.text for cell in main.all("th", scope="row")]


def test_somebody_is_registered_and_shown_with_a_masked_number(office: Office) -> None:
    answer = office.browser.post(office.url("/new"), data=FORM | {"adviser": str(office.adviser_id)})
    assert answer.status_code == 303
    page = page_of(office.browser.get(answer.location))
    assert page.heading == "Yonas Øvelse"
    for shown in ("yonas@example.org", "+4741234567", "Eksempelveien 4", "548585 *****", "Vera Veileder"):
        assert shown in page.text
    assert OTHER_NUMBER not in page.text


def test_the_number_and_the_health_are_not_readable_in_the_database(office: Office) -> None:
    person_id = office.registered(national_id=NUMBER)
    office.browser.post(office.url(f"/{person_id}/health"), data={"health": "Vond rygg", "family": ""})
    from core.kernel.database import raw_sql_allowed  # noqa: PLC0415

    with tenant_scope(office.tenant.id), raw_sql_allowed():
        rows = [
            *db.session.execute(text("SELECT * FROM persons_person")),
            *db.session.execute(text("SELECT * FROM persons_sensitive")),
        ]
    assert len(rows) == 2
    assert NUMBER not in str(rows)
    assert "Vond rygg" not in str(rows)


def test_a_form_that_is_wrong_comes_back_as_it_was_typed(office: Office) -> None:
    wrong = FORM | {"name": "", "phone": "ring meg", "national_id": "54858520071", "email": "yonas"}
    page = page_of(office.browser.post(office.url("/new"), data=wrong), 422)
    assert page.value("phone") == "ring meg"
    for field in ("name", "phone", "national_id", "email"):
        assert page.error(field)


def test_two_people_cannot_have_the_same_number(office: Office) -> None:
    office.registered(national_id=OTHER_NUMBER)
    page = page_of(
        office.browser.post(office.url("/new"), data=FORM | {"adviser": str(office.adviser_id)}), 422
    )
    assert "registered with this number already" in page.error("national_id")


def test_another_tenant_may_have_somebody_with_the_same_number(open_office: Callable[..., Office]) -> None:
    one, two = open_office(), open_office()
    assert one.registered(national_id=NUMBER) != two.registered(national_id=NUMBER)


def test_a_danish_number_is_read_as_in_denmark(open_office: Callable[..., Office]) -> None:
    office = open_office("denmark.municipality")
    person_id = office.registered("Jonas Øvelse", national_id="6105851234")
    assert "610585 ****" in office.page(f"/{person_id}").text


def test_changing_keeps_the_number_unless_it_is_to_be_forgotten(office: Office) -> None:
    person_id = office.registered(national_id=NUMBER)
    mine = {"adviser": str(office.adviser_id)}
    office.browser.post(office.url(f"/{person_id}/change"), data=FORM | mine | {"national_id": ""})
    assert "148585 *****" in office.page(f"/{person_id}").text
    forgotten = FORM | mine | {"national_id": "", "forget_number": "on"}
    office.browser.post(office.url(f"/{person_id}/change"), data=forgotten)
    assert "148585" not in office.page(f"/{person_id}").text
    changes = [fields for action, _who, fields in office.lines(person_id) if action == "person.changed"]
    assert changes[-1] == ["national_id"]


def test_the_whole_number_is_shown_once_and_each_time_is_written_down(office: Office) -> None:
    person_id = office.registered(national_id=NUMBER)
    for _time in range(2):
        page = page_of(office.browser.post(office.url(f"/{person_id}/number")))
        assert NUMBER in page.text
    assert NUMBER not in office.page(f"/{person_id}").text
    shown = [one for one in office.lines(person_id) if one[0] == "person.number_shown"]
    assert shown == [("person.number_shown", "account", ["national_id"])] * 2


def test_reading_is_written_down_with_the_names_of_what_was_shown(office: Office) -> None:
    person_id = office.registered(address="Eksempelveien 4")
    office.page(f"/{person_id}")
    assert ("person.read", "account", ["address", "name"]) in office.lines(person_id)


def test_the_history_of_a_person_says_in_words_what_was_done(office: Office) -> None:
    person_id = office.registered(national_id=NUMBER)
    office.browser.post(office.url(f"/{person_id}/number"))
    text = office.page(f"/{person_id}/history").text
    for shown in ("Vera Veileder", "saw the whole number of", "national identity number"):
        assert shown in text
    assert NUMBER not in text
    other = signed_in(office.app, make_member(office.tenant, "access.adviser"))
    assert other.get(office.url(f"/{person_id}/history")).status_code == 404


def test_a_number_is_found_by_the_whole_of_it_and_never_stands_in_an_address(office: Office) -> None:
    person_id = office.registered(national_id=NUMBER)
    answer = office.browser.post(office.url("/find"), data={"national_id": "148585 20089"})
    assert answer.status_code == 303
    assert answer.location.endswith(str(person_id))
    assert ("person.found_by_number", "account", ["national_id"]) in office.lines(person_id)
    assert office.browser.get(office.url("/find")).status_code == 405


def test_a_number_of_nobody_and_of_somebody_out_of_reach_sound_the_same(office: Office) -> None:
    office.registered(national_id=NUMBER)
    other = signed_in(office.app, make_member(office.tenant, "access.adviser"))
    answers = [
        page_of(other.post(office.url("/find"), data={"national_id": number}), 422).error("national_id")
        for number in (NUMBER, OTHER_NUMBER)
    ]
    assert answers == ["You work with nobody who has this number."] * 2


def in_unit(office: Office, *emails: str) -> Any:
    """A unit with these members."""
    from sqlalchemy import select  # noqa: PLC0415

    from core.access import service as access  # noqa: PLC0415
    from core.access.models import Membership, MembershipUnit  # noqa: PLC0415

    unit_id = new_id()
    with tenant_scope(office.tenant.id), unit_of_work():
        db.session.add(Unit(id=unit_id, kind="x", name="Flyktningtjenesten"))
        db.session.flush()
        for email in emails:
            account = access.account_by_email(email)
            row = db.session.scalars(select(Membership).where(Membership.account_id == account.id)).one()
            db.session.add(MembershipUnit(id=new_id(), membership_id=row.id, unit_id=unit_id))
    return unit_id


def test_a_colleague_sees_the_people_of_their_unit_and_no_others(office: Office) -> None:
    colleague = make_member(office.tenant, "access.adviser", name="Kollega")
    stranger = make_member(office.tenant, "access.adviser", name="Fremmed")
    unit_id = in_unit(office, office.email, colleague)
    shared = office.registered("Delt Øvelse", unit_id=unit_id)
    own = office.registered("Egen Øvelse")
    for email, statuses in ((colleague, (200, 404)), (stranger, (404, 404))):
        browser = signed_in(office.app, email)
        found = [browser.get(office.url(f"/{one}")).status_code for one in (shared, own)]
        assert tuple(found) == statuses
        names = page_of(browser.get(office.url())).text
        assert ("Delt Øvelse" in names) is (statuses[0] == 200)
        assert "Egen Øvelse" not in names
    assert listed(office) == ["Delt Øvelse", "Egen Øvelse"]


def test_whoever_is_out_of_reach_answers_404_to_every_verb(office: Office) -> None:
    person_id = office.registered(email="amira@example.org")
    other = signed_in(office.app, make_member(office.tenant, "access.adviser"))
    for path in ("", "/change", "/end", "/health"):
        assert other.get(office.url(f"/{person_id}{path}")).status_code == 404
    for path in ("/change", "/end", "/health", "/number", "/admit", "/take-up"):
        assert other.post(office.url(f"/{person_id}{path}"), data={"way": "email"}).status_code == 404


def test_nobody_registers_somebody_whom_they_could_not_see_afterwards(office: Office) -> None:
    page = page_of(office.browser.post(office.url("/new"), data=FORM | {"adviser": ""}), 422)
    assert "Choose yourself" in page.error("adviser")


def test_a_reader_comes_nowhere_near_the_register(office: Office) -> None:
    person_id = office.registered()
    reader = signed_in(office.app, make_member(office.tenant, "access.reader"))
    assert reader.get(office.url()).status_code == 403
    assert reader.get(office.url("/new")).status_code == 403
    assert reader.post(office.url("/find"), data={"national_id": NUMBER}).status_code == 403
    assert reader.get(office.url(f"/{person_id}")).status_code == 404


def test_health_is_a_page_of_its_own_with_a_permission_of_its_own(office: Office) -> None:
    person_id = office.registered()
    answer = office.browser.post(
        office.url(f"/{person_id}/health"), data={"health": "Vond rygg", "family": ""}
    )
    assert answer.status_code == 303
    assert "Vond rygg" in office.page(f"/{person_id}/health").text
    assert ("person.sensitive_changed", "account", ["health"]) in office.lines(person_id)
    assert ("person.read", "account", ["family", "health"]) in office.lines(person_id)
    leader = office.member("all:person:read", "all:person:write")
    assert "Vond rygg" not in page_of(leader.get(office.url(f"/{person_id}"))).text
    assert leader.get(office.url(f"/{person_id}/health")).status_code == 403
    assert leader.post(office.url(f"/{person_id}/health"), data={"health": "x"}).status_code == 403


def test_a_shielded_person_is_in_no_list_search_or_count(office: Office) -> None:
    office.registered("Åpen Øvelse")
    office.registered("Gjemt Øvelse", **SHIELDED)
    page = office.page()
    assert "1 person" in page.text
    assert "Gjemt" not in page.text
    assert listed(office, "?q=Gjemt") == []
    assert listed(office, "?q=gjemt@example.org") == []


def test_without_permission_the_address_of_a_shielded_person_is_hidden_on_every_way(office: Office) -> None:
    person_id = office.registered("Gjemt Øvelse", phone="+4741234567", **SHIELDED)
    page = office.page(f"/{person_id}")
    for secret in ("hemmelig", "gjemt@example.org", "41234567"):
        assert secret not in page.text
    assert "You may not see them" in page.text
    for path in ("/change", "/admit"):
        answer = office.browser.post(office.url(f"/{person_id}{path}"), data={"way": "email"})
        assert answer.status_code == 403
        assert "hemmelig" not in answer.get_data(as_text=True)
    assert office.browser.get(office.url("/shielded")).status_code == 403


def test_who_may_sees_shielded_people_on_a_page_of_their_own_that_is_written_down(office: Office) -> None:
    person_id = office.registered("Gjemt Øvelse", **SHIELDED)
    trusted = office.member("all:person:read", "all:shielded:read")
    assert "Gjemt Øvelse" in page_of(trusted.get(office.url("/shielded"))).text
    assert "Gjemt" not in page_of(trusted.get(office.url())).text
    assert ("person.read", "account", ["email", "name", "shield"]) in office.lines(person_id)
    assert "Et hemmelig sted 1" in page_of(trusted.get(office.url(f"/{person_id}"))).text


def test_a_list_asks_no_more_when_there_are_more_people(office: Office) -> None:
    def asked() -> int:
        with counted() as statements:
            office.browser.get(office.url())
        return len(statements)

    office.registered("Første Øvelse")
    asked()
    few = asked()
    for number in range(20):
        office.registered(f"Øvelse {number}")
    assert asked() == few


def test_the_list_is_paged_in_the_order_of_the_alphabet(office: Office) -> None:
    for name in ("Åse", "Æsj", "Øyvind", "Anne", *(f"Berit {number:02}" for number in range(25))):
        office.registered(name)
    first, second = listed(office), listed(office, "?page=2")
    assert len(first) == lists.PAGE_LENGTH
    assert first[0] == "Anne"
    assert second[-3:] == ["Æsj", "Øyvind", "Åse"]


def test_the_work_is_ended_and_taken_up_again(office: Office) -> None:
    person_id = office.registered()
    office.page(f"/{person_id}/end")
    assert office.browser.post(office.url(f"/{person_id}/end")).status_code == 303
    assert listed(office) == []
    assert listed(office, "?ended=yes") == ["Amira Øvelse"]
    assert office.browser.get(office.url(f"/{person_id}/change")).status_code == 409
    office.browser.post(office.url(f"/{person_id}/take-up"))
    assert listed(office) == ["Amira Øvelse"]


def test_two_who_register_the_same_number_at_once_hear_it_as_a_sentence(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.registered(national_id=NUMBER)
    monkeypatch.setattr(service, "_refuse_known_number", lambda *_: None)
    with pytest.raises(Invalid, match=r"person\.known_number"):
        office.registered("Noen andre", national_id=NUMBER)


def test_nothing_of_a_person_is_said_where_the_row_is_printed(office: Office) -> None:
    person_id = office.registered(national_id=NUMBER)
    with tenant_scope(office.tenant.id):
        assert NUMBER not in repr(db.session.get(Person, (office.tenant.id, person_id)))
