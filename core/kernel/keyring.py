"""Keys by which secrets are kept: the first encrypts, every one decrypts, none is ever shown."""

import hashlib
import hmac
import re
import secrets
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from functools import cached_property
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")


class KeyringError(ValueError):
    """The keys as they are written cannot be used; the message says why and holds no key."""


class UnreadableSecretError(Exception):
    """A stored secret was changed, moved, or its key is gone; the message holds neither key nor text."""


class Keyring:
    """An ordered ring of keys. Its picture in logs and error pages shows nothing.

    Every key is used by keys derived from it, one for each use, so that an index tells nothing of a text.
    """

    def __init__(self, keys: dict[str, bytes]) -> None:
        self._keys = keys

    @classmethod
    def read(cls, written: str) -> "Keyring":
        """Read ``id:base64key,id2:base64key2``. Raises KeyringError, which names an id but no key."""
        keys: dict[str, bytes] = {}
        for part in filter(None, (part.strip() for part in written.split(","))):
            key_id, _, text = part.partition(":")
            if not KEY_ID.fullmatch(key_id):
                raise KeyringError("a key is written id:base64key; the id has small letters, digits and '-'")
            if key_id in keys:
                raise KeyringError(f"the key id {key_id} stands twice")
            keys[key_id] = _key(key_id, text)
        if not keys:
            raise KeyringError("there must be at least one key: make one with 'flask secrets new-key'")
        return cls(keys)

    @cached_property
    def first_id(self) -> str:
        """The id of the key that encrypts."""
        return next(iter(self._keys))

    @cached_property
    def _ciphers(self) -> dict[str, AESGCM]:
        return {key_id: AESGCM(_derived(key, b"text")) for key_id, key in self._keys.items()}

    def encrypt(self, text: str, context: str) -> str:
        """The text as it is stored: key id, nonce and ciphertext. It can be read in its context only."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._ciphers[self.first_id].encrypt(nonce, text.encode(), context.encode())
        return f"{self.first_id}:{urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, stored: str, context: str) -> str:
        """The text again. Raises UnreadableSecretError when it was changed, moved, or its key is gone."""
        key_id, _, written = stored.partition(":")
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnreadableSecretError(f"{context}: the key it was encrypted with is not in ENCRYPTION_KEYS")
        try:
            sealed = urlsafe_b64decode(written)
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise UnreadableSecretError(f"{context}: changed, or moved from another column") from error

    def needs_rotation(self, stored: str) -> bool:
        """Whether a stored secret was encrypted with another key than the first."""
        return not stored.startswith(f"{self.first_id}:")

    def blind_indexes(self, context: str, value: str, tenant_id: UUID) -> tuple[str, ...]:
        """What a value is found by, one for each key; the first is the one to store."""
        purpose = b"index" + tenant_id.bytes + context.encode()
        return tuple(
            hmac.new(_derived(key, purpose), value.encode(), hashlib.sha256).hexdigest()
            for key in self._keys.values()
        )


def new_key() -> str:
    """A fresh key as it is written in ENCRYPTION_KEYS, with an id of its own."""
    return f"k{secrets.token_hex(4)}:{urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def _key(key_id: str, text: str) -> bytes:
    try:
        key = b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except NotBase64 as error:
        raise KeyringError(f"the key {key_id} is not base64") from error
    if len(key) != KEY_BYTES:
        raise KeyringError(f"the key {key_id} must be {KEY_BYTES} bytes in base64, and has {len(key)}")
    return key


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=b"fotfeste", info=purpose).derive(key)
