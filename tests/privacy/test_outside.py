"""A participant of the register: everything is handed out, and after the erasure nothing is left anywhere."""

import io
import json
import zipfile
from datetime import date

from flask import Flask

from core.kernel.personal import SECRET, marked_columns
from core.persons import requests, sensitive, service
from core.persons.admission import give_link, link_of
from core.privacy import erasures, exports, inquiries
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member
from tests.privacy.conftest import erasure_of, run_jobs
from tests.privacy.test_export_and_erasure import where_is

NAME, EMAIL, PHONE, NUMBER = "Amira Øvelsesen", "amira.ovelsesen@example.org", "+4799887766", "14858520089"
HEALTH, FAMILY, WISH = "Vond rygg siden mai", "Tre barn på Nesset", "Vil vite alt som er skrevet"
WORDS = (NAME, EMAIL, PHONE, NUMBER, HEALTH, FAMILY, WISH)


def test_a_participant_is_handed_out_and_erased(app: Flask, tenant: MadeTenant, officer: str) -> None:
    adviser = make_member(tenant, "access.adviser", name="Vera Skriver")
    with acting(app, tenant, adviser):
        member = service.access.current_member()
        assert member
        entry = service.Entry(
            "persons.participant",
            NAME,
            "nb",
            email=EMAIL,
            phone=PHONE,
            born_on=date(1985, 5, 14),
            national_id=NUMBER,
            address="Øvelsesveien 7",
            adviser_id=member.account_id,
        )
        person_id, tokens = service.register(entry), list[str]()
        sensitive.write(person_id, health=HEALTH, family=FAMILY)
        give_link(person_id, "email", lambda made: tokens.append(made) or "http://localhost/link")
        _link, person = link_of(tokens[0])
        requests.ask(person, "access", WISH)
    with acting(app, tenant, officer):
        (found,) = [one for one in inquiries.search("ovelsesen@") if one.who.person_id]
        inquiry = inquiries.open_inquiry(found.who)
        export = exports.ask(inquiry, "nb")
    run_jobs()
    with acting(app, tenant, officer):
        archive = zipfile.ZipFile(io.BytesIO(exports.download(export)))
        handed_out = archive.read("person.json").decode()
    run = erasure_of(app, tenant, officer, inquiry, "Asked for.")
    for word in WORDS:
        assert word in handed_out
    exported = {column for record in json.loads(handed_out)["records"] for column in record["values"]}
    marked = {name for name, category in marked_columns().items() if category != SECRET}
    assert {name for name in marked if name.startswith("persons_person.")} - exported == {
        "persons_person.shield"
    }
    assert "1985-05-14" in handed_out
    run_jobs()
    with acting(app, tenant, officer):
        assert erasures.certificate(run).finished_at is not None
    assert where_is(WORDS) == {}
