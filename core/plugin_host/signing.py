"""The port of signing providers: what a plugin hands in for an e-signature service, and what it is asked.

The contract in prose, with states, errors and time limits, is docs/signing-providers.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from core.plugin_host.wording import Wording


class ServiceDownError(Exception):
    """The service did not answer, or answered that it cannot now. The step is tried again later."""


class ServiceRefusedError(Exception):
    """The service answered no, for good: a wrong key, an address it does not take. Nobody tries again."""


class ForgedCallbackError(Exception):
    """A call that claims to come from the service is not signed by it."""


class Happened(StrEnum):
    """What one piece of news tells. The first three are about a signatory, the others about the whole.

    ``CHANGED`` says only that there is something to ask for: `SigningSteps.progress` is called then.
    """

    OPENED = "opened"
    SIGNED = "signed"
    REFUSED = "refused"
    COMPLETED = "completed"
    EXPIRED = "expired"
    FAILED = "failed"
    CHANGED = "changed"


@dataclass(frozen=True)
class EnvelopeSignatory:
    """Somebody who signs. ``key`` is ours: news names the signatory by it. ``turn`` counts from 1."""

    key: str
    party: str
    name: str
    role: str
    email: str
    phone: str
    turn: int


@dataclass(frozen=True)
class Envelope:
    """A document with its signatories, in order of their turns.

    ``key`` is the same each time the same version is handed over, and no other envelope ever has it.
    ``document()`` gives the PDF, made when it is first asked for. ``language`` is nb, da or en.
    """

    key: str
    title: str
    language: str
    file_name: str
    document: Callable[[], bytes]
    signatories: tuple[EnvelopeSignatory, ...]


@dataclass(frozen=True)
class ServiceAccess:
    """What a tenant has filled in for a service, by the keys of its settings.

    ``callback_url`` is where the service may tell news of this tenant's envelopes.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    callback_url: str = ""


@dataclass(frozen=True)
class Callback:
    """A request from outside, unread: the names of ``headers`` are in small letters.

    ``query`` is what stands behind the question mark of the address.
    """

    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class News:
    """Something that happened at the service.

    ``id`` tells one piece of news from every other of the same envelope, and is the same when it is told
    again. ``signatory`` is the key of whom it is about, "" for the whole envelope. ``name`` and ``method``
    are who signed and by which proof of identity, as the service says.
    """

    id: str
    reference: str
    happened: Happened
    at: datetime
    signatory: str = ""
    name: str = ""
    method: str = ""
    reason: str = ""


@dataclass(frozen=True)
class SignedFile:
    """A file of the service: the signed document, or what proves the signatures."""

    name: str
    media_type: str
    content: bytes


@runtime_checkable
class SigningSteps(Protocol):
    """What every e-signature service can do, by the name that it gave an envelope (``reference``).

    Each step may be called again, also when the answer to the call before was lost, and changes nothing the
    second time. Each raises ServiceDownError or ServiceRefusedError, within half a minute.
    """

    def hand_over(self, envelope: Envelope, access: ServiceAccess) -> str:
        """Give a document with its signatories to the service; gives the service's reference."""

    def link(self, reference: str, signatory: str, access: ServiceAccess) -> str:
        """Where a signatory signs now (https); "" when the service writes to the signatory itself."""

    def progress(self, reference: str, access: ServiceAccess) -> list[News]:
        """Everything that has happened so far, the oldest first, with the ids that callbacks have."""

    def read_callback(self, callback: Callback, access: ServiceAccess) -> list[News]:
        """What a call says, after its signature was checked. Raises ForgedCallbackError."""

    def fetch(self, reference: str, access: ServiceAccess) -> list[SignedFile]:
        """The signed document and what proves the signatures, once the envelope is completed."""

    def cancel(self, reference: str, access: ServiceAccess) -> None:
        """Nobody signs this any longer; fine too when the envelope has ended already."""


@dataclass(frozen=True)
class ServiceSetting:
    """Something that an administrator fills in to use a service. A ``secret`` is never shown again."""

    key: str
    title: Wording
    secret: bool = False


@dataclass(frozen=True)
class SigningProvider:
    """A way in which agreements are signed. ``key`` begins with the plugin's name."""

    key: str
    title: Wording
    summary: Wording
    steps: SigningSteps
    settings: tuple[ServiceSetting, ...] = ()
