"""A signing service of make-believe, in memory: what would be on the other side of the network."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Call = tuple[dict[str, str], bytes]
"""The headers and the body of a call to us."""


class NoAnswerError(Exception):
    """What a network says when nobody is there."""


@dataclass
class Bureau:
    """The service: its papers by number, and whether it answers at all."""

    secret: str = "a secret of the bureau"
    is_down: bool = False
    papers: dict[str, dict[str, Any]] = field(default_factory=dict)
    happened: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    asked: int = 0

    def answer(self) -> "Bureau":
        """Be there, or not."""
        self.asked += 1
        if self.is_down:
            raise NoAnswerError
        return self

    def take(self, key: str, paper: dict[str, Any]) -> str:
        """Give a paper its number; the same key has the same number."""
        number = f"B-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
        self.papers.setdefault(number, {**paper, "key": key, "is_open": True})
        self.happened.setdefault(number, [])
        return number

    def tell(self, number: str, what: str, **said: str) -> Call:
        """Something happens; gives the call that tells of it."""
        event = {"number": number, "what": what, "at": _now(), **said}
        event["id"] = f"{len(self.happened.get(number, ())) + 1}-{what}"
        self.happened.setdefault(number, []).append(event)
        return self.call(event)

    def call(self, event: dict[str, str]) -> Call:
        """A call, signed over its body."""
        body = json.dumps(event).encode()
        return {"X-Bureau-Signature": signature_of(body, self.secret)}, body


def signature_of(body: bytes, secret: str) -> str:
    """HMAC-SHA256, as hexadecimal digits."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat()


BUREAU = Bureau()
