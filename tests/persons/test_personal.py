"""What is kept about a person outside is handed out whole, and erased without a trace."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.kernel import clock
from core.kernel.database import db
from core.kernel.personal import marked_columns
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.persons import requests, sensitive, visits
from core.persons.admission import give_link, link_of
from core.persons.codes import send_code
from core.persons.models import Code, Link, Person, Request, Sensitive, Visit
from core.persons.personal.declared import PEOPLE, SENSITIVE
from core.persons.personal.erasing import erase, expired
from core.persons.personal.reading import export, people
from core.plugin_host.privacy import Erasure, Outcome, PersonKey
from tests.persons.office import NUMBER, Office

TABLES = (Person, Sensitive, Link, Code, Visit, Request)


@pytest.fixture
def known(office: Office) -> UUID:
    """Somebody of whom everything is kept that can be."""
    person_id = office.registered(
        email="amira@example.org",
        phone="+4741234567",
        born_on=clock.now().date(),
        national_id=NUMBER,
        address="Eksempelveien 4",
        shield="",
    )
    with office.inside():
        sensitive.write(person_id, health="Vond rygg", family="To barn")
        tokens: list[str] = []
        give_link(person_id, "email", lambda made: tokens.append(made) or "link")
        send_code(tokens[0])
        link, person = link_of(tokens[0])
        visits.begin(link, person)
        requests.ask(person, "access", "Alt, takk")
    return person_id


def rows(office: Office) -> dict[str, int]:
    with tenant_scope(office.tenant.id):
        return {one.__tablename__: db.session.scalar(select(func.count(one.id))) or 0 for one in TABLES}


def test_the_export_holds_every_personal_column_that_can_be_read(office: Office, known: UUID) -> None:
    with tenant_scope(office.tenant.id):
        records = export(PersonKey(person_id=known))
    values = {name: value for record in records for name, value in record.values.items()}
    wanted = {name for name, category in marked_columns().items() if name.startswith("persons_")}
    unreadable = {"persons_person.national_id_index", "persons_person.shield"}
    assert set(values) == wanted - unreadable
    assert values["persons_person.national_id"] == NUMBER
    assert values["persons_sensitive.family"] == "To barn"


def test_a_dry_run_says_what_an_erasure_does_and_changes_nothing(office: Office, known: UUID) -> None:
    before = rows(office)
    with tenant_scope(office.tenant.id):
        planned = erase(PersonKey(person_id=known), dry_run=True)
        assert rows(office) == before
    with tenant_scope(office.tenant.id), unit_of_work():
        assert erase(PersonKey(person_id=known), dry_run=False) == planned
    assert set(rows(office).values()) == {0}


def test_an_erasure_touches_nobody_else(office: Office, known: UUID) -> None:
    other = office.registered("Yonas Øvelse", email="yonas@example.org")
    with tenant_scope(office.tenant.id), unit_of_work():
        erase(PersonKey(emails=frozenset({"amira@example.org"})), dry_run=False)
    with tenant_scope(office.tenant.id):
        assert list(db.session.scalars(select(Person.id))) == [other]


def test_a_key_that_names_nobody_finds_nobody(office: Office, known: UUID) -> None:
    with tenant_scope(office.tenant.id):
        assert export(PersonKey(words=frozenset({"Amira Øvelse"}))) == []
        assert erase(PersonKey(), dry_run=False) == []


def test_people_are_found_by_name_and_shielded_ones_by_the_whole_address_only(office: Office) -> None:
    office.registered("Åpen Øvelse")
    office.registered("Gjemt Øvelse", email="gjemt@example.org", shield="confidential")
    with tenant_scope(office.tenant.id):
        assert [one.name for one in people("øvelse")] == ["Åpen Øvelse"]
        (hidden,) = people("gjemt@example.org")
    assert (hidden.name, hidden.email) == ("Gjemt Øvelse", "")


@pytest.mark.parametrize(
    ("months", "due"),
    [(11, set()), (13, {SENSITIVE}), (61, {SENSITIVE, PEOPLE})],
    ids=("none", "the sensitive", "all"),
)
def test_what_is_due_by_its_period_is_erased_when_somebody_says_so(
    office: Office, known: UUID, months: int, due: set[str]
) -> None:
    office.browser.post(office.url(f"/{known}/end"))
    later = clock.now() + timedelta(days=months * 31)
    with tenant_scope(office.tenant.id), unit_of_work():
        found = expired(later, [], [])
        assert {one.data for one in found} == due
        assert expired(later, [PersonKey(person_id=known)], [PEOPLE, SENSITIVE]) == []
        assert expired(later, [], [PEOPLE, SENSITIVE]) == found
    left = rows(office)
    assert (left["persons_sensitive"] == 0) is (SENSITIVE in due)
    assert (left["persons_person"] == 0) is (PEOPLE in due)


def test_what_is_erased_is_counted_by_category(office: Office, known: UUID) -> None:
    with tenant_scope(office.tenant.id):
        found = erase(PersonKey(person_id=known), dry_run=True)
    assert Erasure(PEOPLE, Outcome.ERASE, 1) in found
    assert {one.count for one in found} == {1}
