"""What this browser remembers between leaving for the provider and coming back, each of it used once."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from flask import session as cookie

from core.kernel import clock

NAME: Final = "sso_flows"
LASTS: Final = timedelta(minutes=10)
AT_MOST: Final = 4
ENTER, TRY, AGAIN = "enter", "try", "again"


@dataclass(frozen=True)
class Flow:
    """One sign-in that has begun. ``purpose`` is to enter, to try the settings, or to confirm who one is."""

    tenant_id: str
    provider_id: str
    nonce: str
    verifier: str
    next: str
    purpose: str
    began: str

    @property
    def began_at(self) -> datetime:
        """When the person left for the provider."""
        return datetime.fromisoformat(self.began)

    def is_for(self, tenant_id: UUID, provider_id: UUID) -> bool:
        """Whether it began at this provider of this tenant."""
        return (self.tenant_id, self.provider_id) == (str(tenant_id), str(provider_id))


def begin(tenant_id: UUID, provider_id: UUID, target: str, purpose: str) -> tuple[str, Flow]:
    """Remember a new one; gives its state too."""
    state = secrets.token_urlsafe(32)
    flow = Flow(
        tenant_id=str(tenant_id),
        provider_id=str(provider_id),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        next=target,
        purpose=purpose,
        began=clock.now().isoformat(),
    )
    known = sorted(_known().items(), key=lambda item: item[1]["began"])
    cookie[NAME] = dict(known[-(AT_MOST - 1) :]) | {state: asdict(flow)}
    return state, flow


def take(state: str) -> Flow | None:
    """The one that a state belongs to, once and within ten minutes."""
    known = _known()
    found = known.pop(state, None)
    cookie[NAME] = known
    flow = Flow(**found) if found else None
    return flow if flow and flow.began_at <= clock.now() <= flow.began_at + LASTS else None


def _known() -> dict[str, dict[str, Any]]:
    return dict(cookie.get(NAME, {}))
