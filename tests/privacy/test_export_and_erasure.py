"""Handing out everything about a person, and erasing it: nothing is left out, and nothing is left."""

import io
import json
import zipfile
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from core.access import service as access
from core.access.models import Account, Membership
from core.agreements.models import Agreement, Contact, SignatureRequest
from core.documents import service as documents
from core.kernel import clock
from core.kernel.database import db, raw_sql_allowed
from core.kernel.errors import Conflict, Gone, Invalid, NotFound, Refused
from core.kernel.personal import SECRET, marked_columns
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.host import Host
from core.plugin_host.privacy import PersonKey
from core.privacy import asking, erasures, exports, inquiries
from core.testing.drafts import acting
from core.testing.factories import MadeTenant, make_member, make_tenant
from tests.privacy.conftest import NAME, Known, erasure_of, inquiry_about, run_jobs

NOT_IN_THIS_PERSONS_EXPORT = {
    "agreements_agreement.title_key": "made from the title, which stands there",
    "agreements_agreement.parties_key": "made from the names of parties, which stand there",
    "agreements_word.word": "made from the title and the names, which stand there",
    "documents_stored_file.name": "only a signed agreement has a file; see below",
    "documents_stored_file.content": "the file itself stands in the ZIP",
    "access_federated_identity.subject": "this person signs in by a password",
    "access_support_visit.name": "is not one of those who run the product",
    "access_support_visit.reason": "is not one of those who run the product",
    "kernel_audit_entry.reason": "the log holds ids; who looked is shown by the audit itself",
    "kernel_outgoing_sms.recipient": "was sent no text message",
    "kernel_outgoing_sms.body": "was sent no text message",
    "privacy_hold.email": "is not held back",
    "privacy_hold.name": "is not held back",
    "privacy_hold.reason": "is not held back",
    "privacy_erasure.reason": "about an erasure, which has not been asked for",
    "tenancy_export_part.content": "an export of the whole tenant, removed after its period",
}
"""Personal columns in which this person does not stand, with why."""


def handed_out(app: Flask, known: Known) -> dict[str, Any]:
    inquiry = inquiry_about(app, known)
    with acting(app, known.tenant, known.officer):
        export = exports.ask(inquiry, "nb")
    run_jobs()
    with acting(app, known.tenant, known.officer):
        archive = zipfile.ZipFile(io.BytesIO(exports.download(export)))
    assert {"person.pdf", "person.json", "schema.json"} <= set(archive.namelist())
    assert archive.read("person.pdf").startswith(b"%PDF")
    found: dict[str, Any] = json.loads(archive.read("person.json"))
    return found


def erased(app: Flask, known: Known) -> UUID:
    inquiry = inquiry_about(app, known)
    run = erasure_of(app, known.tenant, known.officer, inquiry, f"{NAME} asked for it.")
    run_jobs()
    return run


def test_the_export_has_every_personal_column_of_the_mappers(app: Flask, known: Known) -> None:
    records = handed_out(app, known)["records"]
    exported = {column for record in records for column in record["values"]}
    wanted = {name for name, category in marked_columns().items() if category != SECRET}
    ours = {name for name in wanted if name.partition("_")[0] not in {"seminars", "persons"}}
    assert ours - exported == set(NOT_IN_THIS_PERSONS_EXPORT)


def test_the_export_has_every_value_of_the_person(app: Flask, known: Known) -> None:
    text_of_all = json.dumps(handed_out(app, known), ensure_ascii=False)
    for value in (*known.words, "Karis telefon", "Karis passnøkkel", f"Firma {NAME}", "192.0.2.0/24"):
        assert value in text_of_all


def test_the_export_is_what_its_schema_says(app: Flask, known: Known) -> None:
    found = handed_out(app, known)
    assert found["format"] == exports.FORMAT
    assert set(exports.SCHEMA["required"]) <= set(found)
    needed = exports.SCHEMA["properties"]["records"]["items"]["required"]
    assert all(set(needed) <= set(record) for record in found["records"])


def test_a_signed_agreement_lies_in_the_file(app: Flask, known: Known) -> None:
    with tenant_scope(known.tenant.id), unit_of_work():
        request = db.session.scalars(
            select(SignatureRequest).where(SignatureRequest.email == known.email)
        ).one()
        request.signed_at = clock.now()
        documents.store(known.draft, "signed-agreement", f"{NAME}.pdf", "application/pdf", b"%PDF signed")
    found = handed_out(app, known)
    (path,) = [path for record in found["records"] for path in record["files"]]
    assert path.startswith("files/")
    assert NAME not in path
    named = [record for record in found["records"] if "documents_stored_file.name" in record["values"]]
    assert [record["kind"] for record in named] == ["signature_request"]


def test_a_password_is_never_handed_out(app: Flask, known: Known) -> None:
    with platform_scope("read a password for a test"):
        account = db.session.get(Account, known.account_id)
    assert account
    assert account.password not in json.dumps(handed_out(app, known))


def test_nothing_of_the_person_is_left_anywhere(app: Flask, known: Known) -> None:
    handed_out(app, known)
    before = dump()
    assert {word for word in known.words if word.casefold() in before} == set(known.words), (
        "the test sees them"
    )
    run = erased(app, known)
    with acting(app, known.tenant, known.officer):
        assert erasures.certificate(run).finished_at is not None
    found = where_is(known.words)
    assert found == {}


def dump() -> str:
    return "\n".join(value for _place, value in everything_stored())


def where_is(words: tuple[str, ...]) -> dict[str, str]:
    """The columns in which one of the words still stands."""
    return {
        place: value[:200]
        for place, value in everything_stored()
        if any(word.casefold() in value for word in words)
    }


def everything_stored() -> list[tuple[str, str]]:
    """Every text, JSON and bytes of every table, as the owner sees it, by the database's own catalogue."""
    connection = db.session.connection()
    with raw_sql_allowed():
        connection.exec_driver_sql("RESET ROLE")
        columns = connection.execute(
            text(
                "SELECT table_name, column_name, data_type FROM information_schema.columns "
                "WHERE table_schema = 'public' AND data_type IN "
                "('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY')"
            )
        ).all()
        found = [
            (f"{table}.{column}", str(value[0]).casefold())
            for table, column, kind in columns
            for value in connection.execute(text(_as_text(table, column, kind)))
        ]
    db.session.close()
    return found


def _as_text(table: str, column: str, kind: str) -> str:
    value = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
    return f'SELECT {value} FROM "{table}" WHERE "{column}" IS NOT NULL'


def test_the_figures_still_add_up(app: Flask, known: Known) -> None:
    before = counts(known.tenant)
    erased(app, known)
    assert counts(known.tenant) == before


def counts(tenant: MadeTenant) -> list[int]:
    with tenant_scope(tenant.id):
        return [
            db.session.scalar(select(func.count()).select_from(model)) or 0
            for model in (Agreement, Contact, SignatureRequest, Membership)
        ]


def test_the_account_can_no_longer_sign_in(app: Flask, known: Known) -> None:
    erased(app, known)
    account = db.session.get(Account, known.account_id, populate_existing=True)
    assert account
    assert (account.active, account.password, account.name) == (False, None, "—")


def test_an_account_that_another_tenant_needs_stays_there(app: Flask, known: Known) -> None:
    other = make_tenant("norway.municipality")
    with tenant_scope(other.id), unit_of_work():
        access.add_member(known.account_id, "access.reader")
    run = erased(app, known)
    account = db.session.get(Account, known.account_id, populate_existing=True)
    assert account
    assert (account.name, account.active) == (NAME, True)
    with acting(app, known.tenant, known.officer):
        lines = erasures.read_results(erasures.certificate(run).results)
    assert lines[-1].because == erasures.USED_ELSEWHERE
    with tenant_scope(known.tenant.id):
        ended = db.session.scalars(
            select(Membership.ended_at).where(Membership.account_id == known.account_id)
        ).one()
    assert ended is not None


def test_the_dry_run_changes_nothing_and_says_what_would_be_done(app: Flask, known: Known) -> None:
    inquiry = inquiry_about(app, known)
    before = everything_stored()
    with acting(app, known.tenant, known.officer):
        plan = erasures.plan(inquiry)
    assert plan.can_run
    assert {line.data for line in plan.lines} >= {"access.accounts", "agreements.people", "agreements.texts"}
    assert everything_stored() == before
    run = erased(app, known)
    with acting(app, known.tenant, known.officer):
        done = erasures.read_results(erasures.certificate(run).results)
    planned = {(line.data, line.outcome) for line in plan.lines}
    assert planned <= {(line.data, line.outcome) for line in done}


def test_an_agreement_that_is_out_for_signing_keeps_its_names(app: Flask, known: Known) -> None:
    with tenant_scope(known.tenant.id), unit_of_work():
        agreement = db.session.scalars(select(Agreement).where(Agreement.id == known.draft)).one()
        agreement.sent_at = clock.now()
    run = erased(app, known)
    with acting(app, known.tenant, known.officer):
        lines = erasures.read_results(erasures.certificate(run).results)
    kept = {line.data for line in lines if line.outcome == "keep"}
    assert kept >= {"agreements.people", "agreements.signatures", "agreements.texts"}
    with tenant_scope(known.tenant.id):
        names = set(db.session.scalars(select(Contact.name).where(Contact.agreement_id == known.draft)))
    assert NAME in names


def test_a_room_that_fails_stops_everything(
    app: Flask, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    inquiry = inquiry_about(app, known)
    run = erasure_of(app, known.tenant, known.officer, inquiry, "Asked for.")
    host: Host = app.extensions["fotfeste_host"]
    module = host._manager.get_plugin("privacy")

    def fails(who: PersonKey, dry_run: bool) -> list[Any]:
        if dry_run:
            return []
        raise RuntimeError("no")

    monkeypatch.setattr(module, "erase_person", fails)
    run_jobs()
    with acting(app, known.tenant, known.officer):
        stopped = erasures.certificate(run)
        assert (stopped.stopped_by, stopped.ran_at) == ("privacy", None)
    with tenant_scope(known.tenant.id):
        assert NAME in set(db.session.scalars(select(Contact.name)))


def _fails(who: PersonKey) -> list[Any]:
    raise RuntimeError("no")


def test_an_export_that_is_incomplete_is_not_made(
    app: Flask, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    inquiry = inquiry_about(app, known)
    with acting(app, known.tenant, known.officer):
        export = exports.ask(inquiry, "da")
    host: Host = app.extensions["fotfeste_host"]
    monkeypatch.setattr(host._manager.get_plugin("agreements"), "export_person", _fails)
    run_jobs()
    with acting(app, known.tenant, known.officer), pytest.raises(Gone):
        exports.download(export)


def test_the_last_administrator_is_not_erased(app: Flask, tenant: MadeTenant, officer: str) -> None:
    with acting(app, tenant, officer):
        found = [one for one in inquiries.search("Admin") if one.email == tenant.admin_email]
        inquiry = inquiries.open_inquiry(found[0].who)
        assert not erasures.plan(inquiry).can_run
        with pytest.raises(Conflict):
            erasures.ask(inquiry, "Asked for.")


def test_only_those_who_may_look(app: Flask, known: Known) -> None:
    inquiry = inquiry_about(app, known)
    with acting(app, known.tenant), pytest.raises(Refused):
        inquiries.look(inquiry)
    other = make_tenant("norway.municipality")
    stranger = make_member(other, "access.privacy_officer")
    with acting(app, other, stranger), pytest.raises(NotFound):
        inquiries.look(inquiry)


def test_a_person_of_another_tenant_is_not_found(app: Flask, known: Known) -> None:
    other = make_tenant("norway.municipality")
    stranger = make_member(other, "access.privacy_officer")
    with acting(app, other, stranger):
        assert inquiries.search(NAME) == []
        with pytest.raises(Invalid):
            inquiries.open_inquiry(PersonKey(account_id=known.account_id, emails=frozenset({known.email})))


def test_a_key_that_names_nobody_finds_nothing(app: Flask, known: Known) -> None:
    with tenant_scope(known.tenant.id):
        assert asking.export(PersonKey(words=frozenset({NAME}))) == []
        for plugin in app.extensions["fotfeste_host"].implementing("export_person"):
            answer = app.extensions["fotfeste_host"].ask(plugin, "export_person", who=PersonKey())
            assert answer.value == [], plugin
