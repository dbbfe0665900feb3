"""A development authority: a certificate of this machine's own, which nobody should trust, and it says so."""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from core.kernel import clock

NAME = "Fotfeste development authority, not for real use"
YEARS = 10
KEY_BITS = 2048
# A certificate may be younger than the clock of a demo or a test that goes back in time.
BEFORE = timedelta(days=3660)


def make_authority(password: str) -> bytes:
    """A fresh seal as PKCS#12: its key, its certificate, and the authority that vouches for it.

    The authority's own key is forgotten at once, so that it can never vouch for anything else.
    """
    root_key, key = _key(), _key()
    root = _certificate(NAME, root_key, NAME, root_key, is_authority=True)
    seal = _certificate("Fotfeste development seal", key, NAME, root_key, is_authority=False)
    return pkcs12.serialize_key_and_certificates(
        b"seal", key, seal, [root], BestAvailableEncryption(password.encode())
    )


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, KEY_BITS)


def _certificate(
    name: str, key: rsa.RSAPrivateKey, issuer: str, issuer_key: rsa.RSAPrivateKey, *, is_authority: bool
) -> x509.Certificate:
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BEFORE)
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .add_extension(_use(is_authority=is_authority), critical=True)
        .sign(issuer_key, SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Fotfeste development"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _use(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
