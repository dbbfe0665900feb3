"""The button on the page to sign in that leads to an organisation's own sign-in."""

from dataclasses import dataclass

from core.access.returning import tenant_behind
from core.access.sso.provider import in_force
from core.kernel.scope import tenant_scope


@dataclass(frozen=True)
class Door:
    """Whose page lies behind the entrance, and how its people come in; ``enforced``: by this way only."""

    slug: str
    tenant: str
    button: str
    enforced: bool


def door_of(target: str) -> Door | None:
    """The door of the tenant that a page belongs to; None when it has none.

    It depends on the address alone, never on who asks.
    """
    tenant = tenant_behind(target)
    if tenant is None or not tenant.single_sign_on:
        return None
    with tenant_scope(tenant.id):
        provider = in_force()
    if provider is None:
        return None
    return Door(tenant.slug, tenant.name, provider.button_text, provider.enforced_from is not None)
