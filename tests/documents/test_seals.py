"""A seal as others see it: poppler's pdfsig validates it, and the marks of an accessible file stay."""

import asyncio
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pikepdf
import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from core.documents.blocks import Paragraph, Text
from core.documents.document import Document, Part
from core.documents.pdf import render_pdf
from core.documents.seals.authority import NAME
from core.documents.seals.certificate import SealCertificate, read_certificate
from core.documents.seals.checking import is_pdf, read_file
from core.documents.seals.sealing import Seal, SealingError, sealed
from core.kernel.ids import new_id
from core.kernel.settings import Settings, SettingsError
from core.testing.database import PASSWORD, seal_file, settings_for

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
SEAL = Seal(new_id(), AT, "Forseglet da alle hadde signert")
Signed = Callable[[bytes], str]


def settings(**changes: Any) -> Settings:
    return Settings(**{**vars(settings_for("postgresql://nowhere", "nothing")), **changes})


@pytest.fixture(scope="module")
def certificate() -> SealCertificate:
    return read_certificate(settings())


@pytest.fixture(scope="module")
def plain() -> bytes:
    part = Part("Formål", (Paragraph((Text("Partene gir flere en vei inn."),)),))
    return render_pdf(Document(title="Avtale", language="nb", created=AT, parts=(part, part)))


@pytest.fixture(scope="module")
def pdf(plain: bytes, certificate: SealCertificate) -> bytes:
    return sealed(plain, SEAL, certificate)


@pytest.fixture
def pdfsig(tmp_path: Path) -> Signed:
    """What poppler's own program says of a file."""

    def ask(content: bytes) -> str:
        file = tmp_path / "file.pdf"
        file.write_bytes(content)
        return subprocess.run(
            [shutil.which("pdfsig") or "pdfsig", str(file)], capture_output=True, text=True, check=False
        ).stdout

    return ask


def test_an_independent_validator_finds_the_seal_valid_and_over_the_whole_file(
    pdf: bytes, pdfsig: Signed
) -> None:
    said = pdfsig(pdf)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Nov 21 2026" in said


def test_an_independent_validator_finds_one_changed_byte(pdf: bytes, pdfsig: Signed) -> None:
    assert "Signature is Valid" not in pdfsig(with_a_changed_byte(pdf))


def test_what_was_there_before_the_seal_is_not_touched(plain: bytes, pdf: bytes) -> None:
    assert pdf.startswith(plain)


def test_sealing_keeps_the_marks_of_an_accessible_and_archivable_file(plain: bytes, pdf: bytes) -> None:
    with pikepdf.open(BytesIO(plain)) as before, pikepdf.open(BytesIO(pdf)) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        with after.open_metadata() as marks:
            assert (marks["pdfuaid:part"], marks["pdfaid:part"], marks["pdfaid:conformance"]) == (
                "1",
                "2",
                "A",
            )
        assert after.Root.MarkInfo.Marked
        assert str(after.Root.Lang) == "nb"
        assert after.check_pdf_syntax() == []


def test_the_field_of_the_seal_has_its_place_among_the_tags(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as file:
        (field,) = file.Root.AcroForm.Fields
        numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
        element = numbers[numbers.index(field.StructParent) + 1]
        assert element.S == "/Form"
        assert element.K.Obj.objgen == field.objgen
        assert str(field.TU) == str(element.Alt) == SEAL.reason
        assert file.pages[0].Tabs == "/S"
        assert int(field.F) & 4, "PDF/A asks that an annotation is printed"
        assert not int(field.F) & 2, "PDF/A forbids that it is hidden"
        assert element.objgen == file.Root.StructTreeRoot.K[0].K[-1].objgen


def test_a_time_stamp_of_a_service_is_inside_the_seal(
    plain: bytes, certificate: SealCertificate, pdfsig: Signed
) -> None:
    stamped = sealed(plain, SEAL, certificate, stamper(certificate))
    assert "Signature is Valid" in pdfsig(stamped)
    assert read_file(stamped).seal == read_file(sealed(plain, SEAL, certificate)).seal
    assert TIME_STAMP in stamped.lower()
    assert TIME_STAMP not in sealed(plain, SEAL, certificate).lower()


def test_a_time_stamp_service_is_asked_at_the_address_of_the_setting(plain: bytes, pdfsig: Signed) -> None:
    with time_stamp_service() as address:
        stamping = read_certificate(settings(seal_timestamp_url=address))
        stamped = sealed(plain, SEAL, stamping)
    assert "Signature is Valid" in pdfsig(stamped)
    assert TIME_STAMP in stamped.lower()


def test_a_service_that_does_not_answer_is_an_error_that_a_job_can_try_again(plain: bytes) -> None:
    silent = read_certificate(settings(seal_timestamp_url="http://127.0.0.1:9/"))
    with pytest.raises(SealingError):
        sealed(plain, SEAL, silent)


def test_a_sealed_file_is_read_as_intact_and_whole(pdf: bytes, certificate: SealCertificate) -> None:
    found = read_file(pdf)
    assert found.readable
    assert found.seal is not None
    assert (found.seal.id, found.seal.certificate) == (SEAL.id, certificate.fingerprint)
    assert found.seal.intact
    assert found.seal.whole


def test_a_byte_that_is_changed_anywhere_under_the_seal_is_found(plain: bytes, pdf: bytes) -> None:
    for place in (700, len(plain) // 2, len(plain) + 200):
        found = read_file(with_a_changed_byte(pdf, place))
        assert not (found.seal and found.seal.intact and found.seal.whole), place


def test_what_is_added_after_the_seal_is_found(pdf: bytes) -> None:
    found = read_file(pdf + b"\n% more\n")
    assert found.seal is None or not found.seal.whole


def test_a_file_that_is_cut_short_cannot_be_read_or_has_lost_its_seal(pdf: bytes) -> None:
    found = read_file(pdf[: len(pdf) // 3])
    assert not found.readable
    assert found.seal is None
    late = read_file(pdf[:-40])
    assert not late.readable
    assert late.seal is not None
    assert (late.seal.id, late.seal.intact) == (SEAL.id, False)


def test_a_file_that_makes_the_reader_work_too_long_is_given_up(
    monkeypatch: pytest.MonkeyPatch, pdf: bytes
) -> None:
    monkeypatch.setattr("core.documents.seals.checking.MEMORY", 1024)
    found = read_file(pdf)
    assert not found.readable


def test_only_a_pdf_is_taken_for_one(pdf: bytes) -> None:
    assert is_pdf(pdf)
    assert not is_pdf(b"PK\x03\x04 a Word file")


def test_the_development_authority_says_what_it_is(certificate: SealCertificate) -> None:
    kept = pkcs12.load_pkcs12(certificate.pkcs12, PASSWORD.encode())
    assert kept.cert is not None
    assert NAME.replace(",", "\\,") in kept.cert.certificate.issuer.rfc4514_string()
    assert certificate.is_development
    assert "development" in certificate.name


def test_production_refuses_the_development_certificate() -> None:
    with pytest.raises(SettingsError, match="nobody should trust"):
        read_certificate(settings(environment="production"))


@pytest.mark.parametrize("changes", [{"seal_password": "wrong"}, {"seal_certificate": "/nowhere.p12"}])
def test_a_certificate_that_cannot_be_opened_is_named_at_the_start(changes: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="SEAL_CERTIFICATE"):
        read_certificate(settings(**changes))


def test_neither_key_nor_password_is_shown(certificate: SealCertificate) -> None:
    assert PASSWORD not in repr(certificate)
    assert PASSWORD not in repr(
        settings(database_url="", database_url_worker="", database_url_platform="", database_url_owner="")
    )


TIME_STAMP = b"060b2a864886f70d010910020e"
"""The object identifier of a signature's time stamp, as it stands in the hexadecimal seal."""


def with_a_changed_byte(pdf: bytes, place: int = 700) -> bytes:
    changed = bytearray(pdf)
    changed[place] ^= 1
    return bytes(changed)


def stamper(certificate: SealCertificate) -> TimeStamper:
    """A time stamp service without a network: a real answer, made here."""

    kept = pkcs12.load_pkcs12(seal_file().read_bytes(), PASSWORD.encode())
    assert kept.cert is not None
    assert kept.key is not None
    key = kept.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        x509.Certificate.load(kept.cert.certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(key),
        certs_to_embed=SimpleCertificateStore(),
        fixed_dt=AT,
    )


@contextmanager
def time_stamp_service() -> Iterator[str]:
    """A time stamp service on this machine, by its protocol (RFC 3161) over http; gives its address."""
    stamps = stamper(read_certificate(settings()))

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = asyncio.run(stamps.async_request_tsa_response(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_what: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
