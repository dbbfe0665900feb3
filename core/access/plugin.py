"""What access adds through the hooks: roles, pages, and what it keeps about people."""

from datetime import datetime

from flask import Blueprint

from core.access.approvals.views import approvals
from core.access.entry.views import entry
from core.access.handing_over.views import handing_over
from core.access.history import HISTORY
from core.access.methods.views import methods
from core.access.own.views import own
from core.access.personal.declared import declared
from core.access.personal.erasing import erase, expired
from core.access.personal.reading import export, people
from core.access.roles import CORE_ROLES
from core.access.sso.history import HISTORY as SINGLE_SIGN_ON
from core.access.sso.views import find, sso
from core.access.standing_in.views import standing_in
from core.access.views import account
from core.mailbox import mailbox
from core.plugin_host.declarations import (
    ActionText,
    MenuEntry,
    Role,
    SubjectText,
)
from core.plugin_host.manifest import Manifest
from core.plugin_host.privacy import Erasure, PersonalData, PersonFound, PersonKey, PersonRecord
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
    return [account, own, methods, entry, find, sso, approvals, standing_in, handing_over, mailbox]


@hook
def register_menu() -> list[MenuEntry]:
    """What waits for a second person, for those who may answer."""
    title = Wording(nb="Godkjenninger", da="Godkendelser", en="Approvals")
    return [MenuEntry("access.approvals", title, "access_approvals.page", "approval:decide", weight=70)]


@hook
def register_personal_data() -> list[PersonalData]:
    """Accounts of members, and invitations."""
    return declared()


@hook
def provide_people(text: str) -> list[PersonFound]:
    """Members and invited people."""
    return people(text)


@hook
def export_person(who: PersonKey) -> list[PersonRecord]:
    """A member's account and roles, and invitations to a person."""
    return export(who)


@hook
def erase_person(who: PersonKey, dry_run: bool) -> list[Erasure]:  # noqa: FBT001  the shape of the hook
    """End a member's access and take invitations away."""
    return erase(who, dry_run=dry_run)


@hook
def erase_expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Invitations whose time is over."""
    return expired(now, held, keys)


@hook
def register_actions() -> list[ActionText | SubjectText]:
    """Members, invitations and single sign-on."""
    return [*HISTORY, *SINGLE_SIGN_ON]
