"""The certificate that this installation seals with: a PKCS#12 file that the settings name, or none."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID
from flask import Flask, current_app

from core.documents.seals.authority import NAME as DEVELOPMENT
from core.kernel.settings import Settings, SettingsError

EXTENSION = "fotfeste_seal"


@dataclass(frozen=True)
class SealCertificate:
    """What to seal with.

    ``fingerprint`` is the certificate's SHA-256, ``name`` whose it is, ``timestamp_url`` a time stamp
    service or empty, ``is_development`` whether it only vouches for somebody's own machine.
    """

    pkcs12: bytes
    password: str
    fingerprint: str
    name: str
    is_development: bool
    timestamp_url: str

    def __repr__(self) -> str:
        """Nothing of the key."""
        return f"SealCertificate({self.name})"


def init_seals(app: Flask, settings: Settings) -> None:
    """Read the certificate that the settings name. Raises SettingsError when it cannot be used."""
    app.extensions[EXTENSION] = read_certificate(settings) if settings.seal_certificate else None


def seal_certificate() -> SealCertificate | None:
    """What the application at hand seals with, or None: then nothing is sealed."""
    found: SealCertificate | None = current_app.extensions[EXTENSION]
    return found


def read_certificate(settings: Settings) -> SealCertificate:
    """Read the PKCS#12 file. Raises SettingsError that says what is wrong with it."""
    content, certificate = _opened(Path(settings.seal_certificate), settings.seal_password)
    is_development = DEVELOPMENT in certificate.issuer.rfc4514_string().replace("\\,", ",")
    if is_development and not settings.development:
        raise SettingsError("SEAL_CERTIFICATE is a development certificate, which nobody should trust")
    return SealCertificate(
        pkcs12=content,
        password=settings.seal_password,
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        name=_name(certificate),
        is_development=is_development,
        timestamp_url=settings.seal_timestamp_url,
    )


def _opened(file: Path, password: str) -> tuple[bytes, Certificate]:
    try:
        content = file.read_bytes()
        opened = pkcs12.load_pkcs12(content, password.encode() or None)
    except (OSError, ValueError) as error:
        raise SettingsError(f"SEAL_CERTIFICATE: {file} cannot be opened with SEAL_PASSWORD") from error
    if opened.key is None or opened.cert is None:
        raise SettingsError(f"SEAL_CERTIFICATE: {file} needs a key and its certificate")
    return content, opened.cert.certificate


def _name(certificate: Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
