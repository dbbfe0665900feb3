"""Events that whoever watches over security wants to know: one line of JSON each, with ids and no names.

They go to the logger ``fotfeste.security``, which an operator can send where nobody can change it.
"""

import json
import logging
from uuid import UUID

from core.kernel import clock
from core.kernel.audit import current_actor
from core.kernel.scope import TenantScope, current_scope
from core.kernel.settings import Settings

LOGGER = "fotfeste.security"
log = logging.getLogger(LOGGER)

REFUSED = "access.refused"
HIDDEN = "access.hidden"
SIGNED_IN = "sign_in.succeeded"
SIGN_IN_FAILED = "sign_in.failed"
SIGNED_OUT = "sign_in.ended"
ROLES_CHANGED = "member.roles_changed"
SECRETS_ROTATED = "secrets.rotated"
ACCESS_ENDED = "member.ended"
ROLE_CHANGED = "role.changed"
LIMITED = "limit.reached"
CODE_FAILED = "visit.code_failed"
SIGNING_CODE_FAILED = "signing.code_failed"
CALLBACK_FORGED = "signing.callback_forged"
CAME_IN = "visit.came_in"
SUPPORT_CAME = "support.came"
SUPPORT_LEFT = "support.left"
OPERATOR_NAMED = "operator.named"
OPERATOR_ENDED = "operator.ended"
WARNINGS = frozenset(
    {
        REFUSED,
        HIDDEN,
        SIGN_IN_FAILED,
        LIMITED,
        CODE_FAILED,
        SIGNING_CODE_FAILED,
        CALLBACK_FORGED,
        SUPPORT_CAME,
    }
)

Value = str | int | UUID | None


def init_security_log(settings: Settings) -> None:
    """Write events to standard error unless the operator said where they go; a laptop sees warnings only."""
    log.setLevel(logging.WARNING if settings.development else logging.INFO)
    if not log.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
        log.addHandler(handler)


def note(event: str, **details: Value) -> None:
    """Write an event down. ``details`` are ids, codes and counts: never a name or what was typed."""
    actor, scope = current_actor(), current_scope()
    line: dict[str, object] = {
        "at": clock.now().isoformat(timespec="milliseconds"),
        "event": event,
        "actor_kind": actor.kind,
        "actor": str(actor.id or ""),
        "tenant": str(scope.tenant_id) if isinstance(scope, TenantScope) else "",
    }
    line |= {name: value if isinstance(value, int) else str(value or "") for name, value in details.items()}
    log.log(logging.WARNING if event in WARNINGS else logging.INFO, json.dumps(line, sort_keys=True))
