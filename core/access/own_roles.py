"""Roles that a tenant makes itself, and the words it has for those that are declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access.members import (
    hold_members,
    may_grant,
    members_with,
    own_role_grants,
    refuse_without_administrator,
)
from core.access.models import OwnRole
from core.access.roles import all_roles, bad_grants, roles_in_force
from core.access.scopes import widest
from core.access.service import require, require_member
from core.kernel import audit, clock, security_log
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.kernel.ids import new_id
from core.kernel.scope import current_tenant_id
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.declarations import Role
from core.plugin_host.wording import Wording
from core.tenancy import service as tenancy

MANAGE = "role:manage"


@dataclass(frozen=True)
class MadeHere:
    """A role of the tenant's own."""

    id: UUID
    key: str
    title: str
    grants: frozenset[str]

    @property
    def role(self) -> Role:
        """The same in the shape of a declared role."""
        return Role(self.key, Wording(self.title, self.title, self.title), self.grants)


def named(role: Role, terms: Mapping[str, str]) -> Role:
    """A declared role under the word that a tenant has for it."""
    word = terms.get(role.key)
    return replace(role, title=Wording(word, word, word)) if word else role


def roles_here() -> list[Role]:
    """The roles that can be given in the tenant in scope: declared ones by its words, then its own."""
    terms = tenancy.current_tenant().terms
    return [*(named(role, terms) for role in roles_in_force()), *(one.role for one in made_here())]


def grantable_roles() -> list[Role]:
    """Roles that the signed-in member may give."""
    member = require("people:manage")
    return [role for role in roles_here() if may_grant(member, widest(role.permissions))]


def role_titles(language: str) -> dict[str, str]:
    """What each role is called here, by key; roles out of use too, because history names them."""
    terms = tenancy.current_tenant().terms
    titles = {role.key: named(role, terms).title.in_language(language) for role in all_roles()}
    ours = {row.key: row.title for row in db.session.execute(select(OwnRole.key, OwnRole.title))}
    return titles | ours


def made_here() -> list[MadeHere]:
    """The tenant's own roles that are in use, by title."""
    query = select(OwnRole).where(OwnRole.ended_at.is_(None)).order_by(OwnRole.title, OwnRole.id)
    return [_card(row) for row in db.session.scalars(query)]


def role_by_id(role_id: UUID) -> MadeHere:
    """A role of the tenant's own that is in use. Raises NotFound."""
    require(MANAGE)
    return _card(_find(role_id))


def _card(row: OwnRole) -> MadeHere:
    return MadeHere(row.id, row.key, row.title, frozenset(row.permissions))


def _find(role_id: UUID, *, lock: bool = False) -> OwnRole:
    row = db.session.get(OwnRole, (current_tenant_id(), role_id), with_for_update=True if lock else None)
    if row is None or row.ended_at is not None:
        raise NotFound("role.not_found", _("We cannot find this role."))
    return row


def make_role(title: str, grants: Iterable[str]) -> MadeHere:
    """Make a role from permissions (``scope:resource:action``). Raises Invalid, or Refused."""
    require(MANAGE)
    with unit_of_work():
        checked = _checked(title, grants)
        role_id = new_id()
        row = OwnRole(id=role_id, key=f"own.{role_id}", title=title, permissions=checked)
        db.session.add(row)
        audit.record("role.made", "role", row.id, fields=["title", *checked])
    return _card(row)


def change_role(role_id: UUID, title: str, grants: Iterable[str]) -> None:
    """Change a role for everybody who has it; ``fields`` of the audit name what was added or taken away.

    Raises NotFound, Invalid, Refused for a role that one has oneself, Conflict for the last administrator.
    """
    member = require(MANAGE)
    with unit_of_work():
        row = _find(role_id, lock=True)
        checked = _checked(title, grants, but=row.key)
        changed = set(checked) ^ set(row.permissions)
        if changed and row.key in member.roles:
            raise Refused(
                "role.own",
                _("You have this role yourself. Ask another administrator to change what it may do."),
            )
        if changed:
            refuse_without_administrator(hold_members().values(), own_role_grants() | {row.key: checked})
        row.title, row.permissions = title, checked
        audit.record("role.changed", "role", row.id, fields=["title", *sorted(changed)])
    security_log.note(security_log.ROLE_CHANGED, role=role_id)


def _checked(title: str, grants: Iterable[str], *, but: str = "") -> list[str]:
    chosen = sorted(set(grants))
    if not chosen:
        nothing = _("Choose at least one thing that this role may do.")
        raise Invalid("role.empty", nothing, {"": nothing})
    if bad_grants(chosen):
        wrong = _("Choose among the permissions on the page.")
        raise Invalid("role.unknown_permission", wrong, {"": wrong})
    if not may_grant(require_member(), widest(chosen)):
        raise Refused("role.above", _("You cannot make a role that may do more than you may give."))
    # Held so that two who choose the same title at once follow one another.
    tenancy.hold_current_tenant()
    known = {word.casefold() for role in roles_here() if role.key != but for word in _words(role)}
    if title.casefold() in known:
        taken = _("There is a role with this title. Choose another title.")
        raise Invalid("role.known_title", taken, {"title": taken})
    return chosen


def _words(role: Role) -> tuple[str, ...]:
    return role.title.nb, role.title.da, role.title.en


def retire_role(role_id: UUID) -> None:
    """Take a role out of use. Raises Conflict while somebody has it or is invited to it."""
    require(MANAGE)
    with unit_of_work():
        row = _find(role_id, lock=True)
        held = members_with(row.key)
        if held:
            raise Conflict(
                "role.held",
                _(
                    "Somebody has this role, or is invited to it: %(names)s. Give them another role first.",
                    names=", ".join(held),
                ),
            )
        row.ended_at = clock.now()
        audit.record("role.retired", "role", row.id, fields=["ended_at"])
