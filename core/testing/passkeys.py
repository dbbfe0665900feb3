"""A device that keeps passkeys, for tests without a browser: it answers questions as browsers do."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, NEW_KEY = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One passkey on one device. ``count`` is what it says about how often it was used."""

    origin: str = "http://localhost"
    host: str = "localhost"
    count: int = 0
    flags: int = PRESENT | VERIFIED
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, question: str) -> str:
        """Answer the question for a new passkey."""
        said = self._said("webauthn.create", question)
        attested = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + self._public_key()
        made = cbor2.dumps(
            {"fmt": "none", "attStmt": {}, "authData": self._state(self.flags | NEW_KEY) + attested}
        )
        return self._answer(clientDataJSON=said, attestationObject=made)

    def get(self, question: str) -> str:
        """Answer the question for this passkey."""
        self.count += 1
        said = self._said("webauthn.get", question)
        state = self._state(self.flags)
        signature = self.key.sign(state + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=state, signature=signature)

    def _said(self, kind: str, question: str) -> bytes:
        challenge = json.loads(question)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _state(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _public_key(self) -> bytes:
        point = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})

    def _answer(self, **parts: bytes) -> str:
        response = {name: to_text(part) for name, part in parts.items()}
        name = to_text(self.credential_id)
        whole: dict[str, Any] = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps(whole | {"clientExtensionResults": {}})


def to_text(raw: bytes) -> str:
    """Bytes as they stand in questions and answers."""
    return urlsafe_b64encode(raw).decode().rstrip("=")
