"""What a provider has said about somebody who has still to say which account is theirs.

It waits in the browser's cookie, encrypted, for as long as a sign-in lasts.
"""

import json
from datetime import datetime
from typing import Final

from flask import session as cookie

from core.access.sso.exchange import Asserted
from core.access.sso.flow import LASTS
from core.access.sso.provider import ProviderCard
from core.kernel import clock
from core.kernel.secrets import keyring

NAME: Final = "sso_pending"


def keep(provider: ProviderCard, person: Asserted) -> None:
    """Remember it, with no more of the roles than the provider's settings use."""
    used = {value for value, _role in provider.role_map}
    values = [value for value in person.values if value in used]
    said = [str(provider.id), clock.now().isoformat(), person.subject, person.email, person.name, values]
    cookie[NAME] = keyring().encrypt(json.dumps(said), NAME)


def waiting(provider: ProviderCard) -> Asserted | None:
    """What this provider said, if it was a moment ago."""
    kept = cookie.get(NAME)
    if not kept:
        return None
    provider_id, said_at, subject, email, name, values = json.loads(keyring().decrypt(kept, NAME))
    if provider_id != str(provider.id) or clock.now() - datetime.fromisoformat(said_at) > LASTS:
        return None
    return Asserted(subject, email, email_verified=False, name=name, values=tuple(values))


def forget() -> None:
    """Use it no more."""
    cookie.pop(NAME, None)
