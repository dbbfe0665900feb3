"""Core's own roles, declared through the same hook as a plugin's."""

from flask import Blueprint

from core.access.entry.views import entry
from core.access.roles import CORE_ROLES
from core.access.views import account
from core.mailbox import mailbox
from core.plugin_host.declarations import Role
from core.plugin_host.manifest import Manifest
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="access",
    title=Wording(nb="Tilgang", da="Adgang", en="Access"),
    summary=Wording(nb="Kontoer og roller.", da="Konti og roller.", en="Accounts and roles."),
    version="1",
)


@hook
def register_roles() -> list[Role]:
    """The first set of roles."""
    return list(CORE_ROLES)


@hook
def register_blueprints() -> list[Blueprint]:
    """The signed-in person's own pages, and the local mailbox of a developer's machine."""
    return [account, entry, mailbox]
