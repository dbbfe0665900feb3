"""The public page where the holder of a PDF learns what it is; every file here is a real one."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PdfFileWriter
from sqlalchemy import func, select

from core.agreements.amending import service as amending
from core.agreements.models import Agreement, Version
from core.agreements.printing.service import printed
from core.agreements.signing import completion
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.documents import service as documents
from core.documents.models import SealEntry, StoredFile
from core.documents.seals import register
from core.documents.seals.authority import make_authority
from core.documents.seals.certificate import EXTENSION, SealCertificate, read_certificate
from core.documents.seals.sealing import Seal, SealingError, sealed
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant
from core.testing.database import PASSWORD
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.pages import Page
from tests.agreements.life.steps import rhythm, sign_all

Ask = Callable[[bytes], str]
NAME = "Ola Oppdiktet"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def signed(app: Flask, tenant: MadeTenant) -> UUID:
    """An agreement that all have signed, before its final PDF is made."""
    with acting(app, tenant):
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        links = signing.send(agreement_id)
    with tenant_scope(tenant.id):
        for link in links:
            key = signing.key_of_link(link.token)
            sha256 = open_case(agreement_id).version.sha256
            signing.sign(key, name=NAME, role="daglig leder", sha256=sha256)
    return agreement_id


@pytest.fixture
def final(tenant: MadeTenant, signed: UUID) -> bytes:
    """The PDF that everybody gets."""
    with tenant_scope(tenant.id):
        completion.complete(signed)
        return kept(signed)


@pytest.fixture
def ask(app: Flask) -> Ask:
    """Drop a file on the page, as a stranger who reads English; gives what the page says."""

    def send(content: bytes, name: str = "avtale.pdf") -> str:
        answer = stranger(app).post("/verify", data={"document": (BytesIO(content), name)})
        return Page(answer.text).root.first("main").text

    return send


def stranger(app: Flask) -> FlaskClient:
    browser = app.test_client()
    browser.set_cookie("language", "en")
    return browser


def member(app: Flask, tenant: MadeTenant) -> FlaskClient:
    browser = signed_in(app, tenant.admin_email)
    browser.set_cookie("language", "en")
    return browser


def kept(agreement_id: UUID) -> bytes:
    found = documents.newest(agreement_id, "signed-agreement")
    assert found is not None
    return found.content


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def certificate_of(app: Flask) -> SealCertificate:
    found: SealCertificate = app.extensions[EXTENSION]
    return found


def test_the_intact_file_is_known_with_its_organisation_and_version(
    ask: Ask, final: bytes, tenant: MadeTenant
) -> None:
    said = ask(final)
    assert "The file is intact" in said
    with tenant_scope(tenant.id):
        assert current_tenant().name in said
    assert "Version 1" in said
    assert "There is no newer version." in said


def test_the_page_tells_nothing_of_what_is_in_the_file(ask: Ask, final: bytes, signed: UUID) -> None:
    said = ask(final)
    assert NAME not in said
    assert str(signed) not in said


def test_the_page_says_that_a_development_certificate_is_not_to_be_trusted(ask: Ask, final: bytes) -> None:
    assert "development certificate" in ask(final)


def test_one_changed_byte_is_found_and_told(ask: Ask, final: bytes) -> None:
    for place in (700, len(final) // 2):
        changed = bytearray(final)
        changed[place] ^= 1
        assert "The file has been changed" in ask(bytes(changed)), place


def test_what_was_added_after_the_seal_is_told(ask: Ask, final: bytes) -> None:
    writer, more = IncrementalPdfFileWriter(BytesIO(final)), BytesIO()
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    writer.write(more)
    assert more.getvalue().startswith(final)
    said = ask(more.getvalue())
    assert "Something was added to the file" in said
    assert "The file is intact" not in said


def test_a_file_that_was_cut_short_is_told(ask: Ask, final: bytes) -> None:
    assert "The file cannot be read" in ask(final[: len(final) // 3])
    assert "The file has been changed" in ask(final[:-40])


def test_a_file_without_a_seal_is_told(ask: Ask, app: Flask, tenant: MadeTenant) -> None:
    plain = BytesIO()
    PdfFileWriter().write(plain)
    assert "The file" in ask(plain.getvalue())
    with acting(app, tenant):
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        draft = printed(agreement_id).content
    assert "The file has no seal" in ask(draft)


def test_a_seal_of_somebody_else_is_not_ours_even_under_our_name(
    ask: Ask, app: Flask, tenant: MadeTenant, signed: UUID, final: bytes, tmp_path: Any
) -> None:
    file = tmp_path / "other.p12"
    file.write_bytes(make_authority(PASSWORD))
    settings: Settings = app.config["FOTFESTE"]
    other = read_certificate(Settings(**{**vars(settings), "seal_certificate": str(file)}))
    with acting(app, tenant):
        draft = printed(complete_draft(type_key="no_work_training.intention_agreement")).content
    known = db.session.scalar(select(SealEntry.id))
    assert known is not None
    for seal_id in (new_id(), known):
        said = ask(sealed(draft, Seal(seal_id, clock.now(), "Forged"), other))
        assert "The seal is not ours" in said


def test_a_file_that_only_stands_in_the_register_is_not_called_intact(
    ask: Ask, app: Flask, tenant: MadeTenant, final: bytes
) -> None:
    """Whoever can write in the database still has no key."""
    changed = bytearray(final)
    changed[700] ^= 1
    with tenant_scope(tenant.id), unit_of_work():
        register.add(bytes(changed), Seal(new_id(), clock.now(), ""), certificate_of(app), 1)
    assert "The file is intact" not in ask(bytes(changed))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "", "Choose a PDF first."),
        (b"", "empty.pdf", "The file is empty."),
        (b"PK\x03\x04 a Word file", "avtale.pdf", "This file is not a PDF."),
    ],
)
def test_what_is_no_pdf_is_refused_in_words(app: Flask, content: bytes, name: str, sentence: str) -> None:
    answer = stranger(app).post("/verify", data={"document": (BytesIO(content), name)})
    assert answer.status_code == 422
    assert sentence in Page(answer.text).root.text


def test_a_file_that_is_too_large_is_refused_in_words(app: Flask) -> None:
    large = b"%PDF-1.7" + b" " * (4 * 1024 * 1024)
    answer = stranger(app).post("/verify", data={"document": (BytesIO(large), "large.pdf")})
    assert answer.status_code == 413
    assert "The limit is 4 MB" in answer.text


def test_a_newer_version_is_told(ask: Ask, tenant: MadeTenant, signed: UUID, final: bytes) -> None:
    with tenant_scope(tenant.id), unit_of_work():
        version = open_case(signed).version
        db.session.add(
            Version(
                id=new_id(), agreement_id=signed, number=2, content=version.content, sha256=version.sha256
            )
        )
    said = ask(final)
    assert "The file is intact" in said
    assert "There is a newer version, number 2." in said


def test_after_an_amendment_each_file_knows_which_version_it_is(
    ask: Ask, app: Flask, tenant: MadeTenant, signed: UUID, final: bytes
) -> None:
    with acting(app, tenant):
        draft_id = amending.begin(signed, "Sjeldnere.")
        rhythm(draft_id, 5)
        sign_all(signing.send(draft_id), draft_id)
        completion.complete(draft_id)
        amended = printed(signed).content
    assert "There is a newer version, number 2." in ask(final)
    said = ask(amended)
    assert "Version 2" in said
    assert "There is no newer version." in said


def test_an_agreement_that_has_ended_is_told(
    ask: Ask, tenant: MadeTenant, signed: UUID, final: bytes
) -> None:
    assert "has ended" not in ask(final)
    with tenant_scope(tenant.id), unit_of_work():
        db.session.get_one(Agreement, (tenant.id, signed)).ends_on = clock.now().date() - timedelta(days=2)
    assert "The agreement has ended." in ask(final)


def test_nothing_of_an_upload_is_kept(ask: Ask, app: Flask, tenant: MadeTenant, final: bytes) -> None:
    with tenant_scope(tenant.id):
        before = (count(StoredFile), count(SealEntry))
    ask(final)
    ask(final[:-40])
    with tenant_scope(tenant.id):
        assert (count(StoredFile), count(SealEntry)) == before


def test_a_deleted_file_is_intact_but_no_longer_known(
    ask: Ask, tenant: MadeTenant, signed: UUID, final: bytes
) -> None:
    with tenant_scope(tenant.id), unit_of_work():
        documents.remove(signed, "signed-agreement")
    assert count(SealEntry) == 0
    assert "no longer in our register" in ask(final)


def test_a_seal_with_an_earlier_certificate_is_still_ours(
    ask: Ask, app: Flask, tenant: MadeTenant, final: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, EXTENSION, None)
    assert "The file is intact" in ask(final)


def test_the_last_signature_makes_one_sealed_file_however_often_the_job_runs(
    tenant: MadeTenant, signed: UUID, final: bytes
) -> None:
    with tenant_scope(tenant.id):
        completion.complete(signed)
        completion.complete(signed)
        assert kept(signed) == final
        assert count(StoredFile) == 1
        assert count(SealEntry) == 1


def test_a_job_that_lost_the_race_keeps_the_file_of_the_other(
    tenant: MadeTenant, signed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = completion.make_final

    def slowly(agreement_id: UUID) -> Any:
        mine = made(agreement_id)
        monkeypatch.setattr(completion, "make_final", made)
        completion.complete(agreement_id)
        return mine

    monkeypatch.setattr(completion, "make_final", slowly)
    with tenant_scope(tenant.id):
        completion.complete(signed)
        assert count(StoredFile) == 1
        assert count(SealEntry) == 1
        assert register.of_file(documents.newest_fingerprint(signed, "signed-agreement")) is not None


def test_a_seal_that_could_not_be_made_leaves_nothing_behind_and_the_next_try_makes_it(
    tenant: MadeTenant, signed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_agreement_id: UUID) -> Any:
        raise SealingError("the time stamp service does not answer")

    with tenant_scope(tenant.id):
        with monkeypatch.context() as patched, pytest.raises(SealingError):
            patched.setattr(completion, "make_final", broken)
            completion.complete(signed)
        assert count(StoredFile) == 0
        completion.complete(signed)
        assert count(StoredFile) == 1


def test_everybody_downloads_the_same_bytes_ever_after(
    app: Flask, tenant: MadeTenant, signed: UUID, final: bytes
) -> None:
    browser = member(app, tenant)
    address = f"/t/{tenant.slug}/agreements/{signed}/agreement.pdf"
    assert browser.get(address).data == browser.get(address).data == final


def test_the_page_of_the_agreement_says_how_the_final_file_stands(
    app: Flask, tenant: MadeTenant, signed: UUID
) -> None:
    browser, address = member(app, tenant), f"/t/{tenant.slug}/agreements/{signed}"
    assert "is being made" in browser.get(address).text
    with tenant_scope(tenant.id):
        completion.complete(signed)
    assert "The final PDF was sealed" in browser.get(address).text


def test_without_a_certificate_the_file_is_kept_without_a_seal_and_the_page_says_so(
    ask: Ask, app: Flask, tenant: MadeTenant, signed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, EXTENSION, None)
    with tenant_scope(tenant.id):
        completion.complete(signed)
        content = kept(signed)
        assert count(SealEntry) == 0
    assert "The file has no seal" in ask(content)
    page = member(app, tenant).get(f"/t/{tenant.slug}/agreements/{signed}").text
    assert "without an electronic seal" in page


def test_the_last_page_says_who_signed_by_a_link_and_who_had_signed_in(
    app: Flask, tenant: MadeTenant
) -> None:
    with acting(app, tenant):
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        first, second = signing.send(agreement_id)
        case = open_case(agreement_id)
        with unit_of_work():
            case.requests[0].email = tenant.admin_email
        member = signing.key_of_member(agreement_id)
        signing.sign(member, name="Kari Prøve", role="leder", sha256=case.version.sha256)
        rest = second if member.request_id == first.request_id else first
        key = signing.key_of_link(rest.token)
        signing.sign(key, name=NAME, role="daglig leder", sha256=case.version.sha256)
        completion.complete(agreement_id)
        words = words_of(kept(agreement_id))
    assert f"logget inn i Fotfeste med {tenant.admin_email}" in words
    assert f"personlig lenke i e-post til {rest.email}" in words
    assert str(agreement_id) in words
    assert "http://localhost/verify" in words


def words_of(pdf: bytes) -> str:
    tool = shutil.which("pdftotext")
    assert tool, "poppler-utils is missing"
    made = subprocess.run([tool, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(made.stdout.decode().split())


def test_whoever_runs_it_sees_what_is_sealed_with(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stranger(app).get("/health/ready").json["seal"] == "development"  # type: ignore[index]
    monkeypatch.setitem(app.extensions, EXTENSION, replace(certificate_of(app), is_development=False))
    assert stranger(app).get("/health/ready").json["seal"] == "certificate"  # type: ignore[index]
    monkeypatch.setitem(app.extensions, EXTENSION, None)
    assert stranger(app).get("/health/ready").json["seal"] == "none"  # type: ignore[index]
