"""The adapter of a signing service: the five steps and the way there, in the words of the service."""

import hmac
import json
from datetime import datetime
from typing import Any

from core.sdk import Wording
from core.sdk.signing import (
    Callback,
    Envelope,
    ForgedCallbackError,
    Happened,
    News,
    ServiceAccess,
    ServiceDownError,
    ServiceRefusedError,
    ServiceSetting,
    SignedFile,
    SigningProvider,
)
from seminars.pretend import BUREAU, Bureau, NoAnswerError, signature_of

WORDS = {
    "seen": Happened.OPENED,
    "signed": Happened.SIGNED,
    "rejected": Happened.REFUSED,
    "closed": Happened.COMPLETED,
    "timed-out": Happened.EXPIRED,
    "changed": Happened.CHANGED,
}
"""What the service calls what happens, and the port."""


class BureauSteps:
    """The steps of the bureau."""

    def hand_over(self, envelope: Envelope, access: ServiceAccess) -> str:
        """The bureau gives the same number to the same key, so a repeated hand-over changes nothing."""
        bureau = _bureau()
        if access.settings.get("secret") != bureau.secret:
            raise ServiceRefusedError("wrong secret")
        people = [{"key": one.key, "order": one.turn, "mail": one.email} for one in envelope.signatories]
        paper = {"title": envelope.title, "pdf": envelope.document(), "people": people}
        return bureau.take(envelope.key, paper)

    def link(self, reference: str, signatory: str, access: ServiceAccess) -> str:
        """The bureau writes to nobody: each signatory has an address of its own."""
        del access
        _paper(reference)
        return f"https://bureau.example/{reference}/{signatory}"

    def progress(self, reference: str, access: ServiceAccess) -> list[News]:
        """The same events as the calls tell, with the same ids."""
        del access
        _paper(reference)
        return [_news(one) for one in _bureau().happened[reference]]

    def read_callback(self, callback: Callback, access: ServiceAccess) -> list[News]:
        """Check the signature over the very bytes before anything in them is read."""
        expected = signature_of(callback.body, access.settings.get("secret", ""))
        if not hmac.compare_digest(expected, callback.headers.get("x-bureau-signature", "")):
            raise ForgedCallbackError
        return [_news(json.loads(callback.body))]

    def fetch(self, reference: str, access: ServiceAccess) -> list[SignedFile]:
        """The signed document, and the log that proves it."""
        del access
        paper, events = _paper(reference), _bureau().happened[reference]
        if not any(one["what"] == "closed" for one in events):
            raise ServiceDownError("not closed yet")
        log = json.dumps(events).encode()
        return [
            SignedFile("signed.pdf", "application/pdf", paper["pdf"]),
            SignedFile("evidence.json", "application/json", log),
        ]

    def cancel(self, reference: str, access: ServiceAccess) -> None:
        """Close the paper, whether it is open or not."""
        del access
        _paper(reference)["is_open"] = False


def _bureau() -> Bureau:
    try:
        return BUREAU.answer()
    except NoAnswerError as error:
        raise ServiceDownError("no answer") from error


def _paper(reference: str) -> dict[str, Any]:
    found = _bureau().papers.get(reference)
    if found is None:
        raise ServiceRefusedError(f"no paper {reference}")
    return found


def _news(event: dict[str, str]) -> News:
    return News(
        id=event["id"],
        reference=event["number"],
        happened=WORDS[event["what"]],
        at=datetime.fromisoformat(event["at"]),
        signatory=event.get("who", ""),
        name=event.get("name", ""),
        method=event.get("method", ""),
        reason=event.get("why", ""),
    )


PROVIDER = SigningProvider(
    key="seminars.bureau",
    title=Wording(nb="Byrået", da="Bureauet", en="The bureau"),
    summary=Wording(
        nb="Partene signerer hos byrået.",
        da="Parterne underskriver hos bureauet.",
        en="The parties sign at the bureau.",
    ),
    steps=BureauSteps(),
    settings=(
        ServiceSetting("account", Wording(nb="Konto", da="Konto", en="Account")),
        ServiceSetting("secret", Wording(nb="Hemmelighet", da="Hemmelighed", en="Secret"), secret=True),
    ),
)
