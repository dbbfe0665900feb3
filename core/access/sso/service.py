"""The verbs of an administrator: describe the provider, check it, offer it, enforce it, turn it off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import invitations
from core.access import service as access
from core.access.sso.discovery import Metadata, directory
from core.access.sso.exchange import OK, ask_for_tokens
from core.access.sso.guardians import guardians
from core.access.sso.models import IdentityProvider
from core.access.sso.outbound import check_url
from core.access.sso.provider import ProviderCard, in_force, row_in_force
from core.access.sso.troubles import Trouble
from core.kernel import audit, clock
from core.kernel.database import close_session, db
from core.kernel.errors import Conflict, Invalid, Message
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.declarations import Role
from core.tenancy import service as tenancy

MANAGE: Final = "tenant:manage"
IDENTITY: Final = ("issuer", "client_id")
"""What makes it another provider: sessions and agreements with the old one end."""
TECHNICAL: Final = frozenset(
    {*IDENTITY, "client_secret", "scopes", "subject_claim", "email_claim", "levels", "parameters"}
)
"""What must be tried again after a change before it can be enforced."""
KINDS: Final = ("good", "attention", "bad")


@dataclass(frozen=True)
class Finding:
    """One thing that a check found; ``kind`` is good, attention or bad."""

    kind: str
    text: Message


def current() -> ProviderCard | None:
    """The provider as the settings show it."""
    access.require(MANAGE)
    return in_force()


def roles_to_give() -> list[Role]:
    """The roles that the settings may tie to what a provider says: those that the member may give."""
    access.require(MANAGE)
    return invitations.grantable_roles() if access.decide("people:manage").allowed else []


def describe(settings: Mapping[str, Any]) -> None:
    """Keep what an administrator says about the provider; an empty secret keeps the one that is there.

    Another issuer or client is another provider: it begins without being offered.
    Raises Invalid with the fields that are wrong.
    """
    member = access.require(MANAGE)
    _check_address(settings["issuer"])
    with unit_of_work():
        row = row_in_force(lock=True)
        if row is not None and any(getattr(row, name) != settings[name] for name in IDENTITY):
            _end(row)
            row = None
        known = row
        if row is None:
            row = IdentityProvider(id=new_id(), client_secret="", set_by=member.account_id)
        changed = _apply(row, settings)
        _check_roles(row, changed)
        if not row.client_secret:
            secret = _("Paste the secret that the sign-in service gave you for Fotfeste.")
            raise Invalid("sso.no_secret", secret, {"client_secret": secret})
        if known is None:
            db.session.add(row)
        if changed:
            row.set_by, row.set_at = member.account_id, clock.now()
            audit.record("sign_in.described", "identity_provider", row.id, fields=changed)
        if changed & TECHNICAL:
            row.tried_at = row.tried_by = row.checked_at = row.enforced_from = None
        _note(row)


def _check_address(issuer: str) -> None:
    try:
        check_url(issuer, development=directory().outbound.development)
    except Trouble as problem:
        raise Invalid(problem.code, problem.message, {"issuer": problem.message}) from problem


def _apply(row: IdentityProvider, settings: Mapping[str, Any]) -> set[str]:
    wanted = {name: value for name, value in settings.items() if name != "client_secret" or value}
    changed = {name for name, value in wanted.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, wanted[name])
    return changed


def _check_roles(row: IdentityProvider, changed: set[str]) -> None:
    if not changed & {"role_map", "default_role"}:
        return
    mine = {role.key for role in roles_to_give()}
    for name, keys in (
        ("role_map", {role for _value, role in row.role_map}),
        ("default_role", {row.default_role} - {""}),
    ):
        if not keys <= mine:
            wrong = _("Choose a role from the list.")
            raise Invalid("sso.unknown_role", wrong, {name: wrong})


def check() -> list[Finding]:
    """Ask the provider whether all is in order, and say in plain words what is not."""
    access.require(MANAGE)
    provider = _known()
    close_session()
    try:
        metadata = directory().metadata(provider.tenant_id, provider.issuer, anew=True)
        directory().keys(provider.tenant_id, provider.issuer)
        _try_secret(provider, metadata)
    except Trouble as problem:
        return [Finding("bad", problem.message)]
    with unit_of_work():
        row = row_in_force(lock=True)
        if row is not None and row.id == provider.id:
            row.checked_at = clock.now()
            audit.record("sign_in.checked", "identity_provider", row.id)
    return list(_findings(metadata))


def _try_secret(provider: ProviderCard, metadata: Metadata) -> None:
    """A code that nobody has given is refused in one way, an unknown client or secret in another."""
    form = {
        "grant_type": "authorization_code",
        "code": new_id().hex,
        "redirect_uri": "https://fotfeste.invalid/",
        "code_verifier": new_id().hex * 2,
    }
    status, document = ask_for_tokens(provider, metadata, form)
    if document.get("error") in {"invalid_client", "unauthorized_client"} or status == 401:  # noqa: PLR2004
        raise Trouble("wrong_secret")
    if status == OK:
        raise Trouble("not_json")


def _findings(metadata: Metadata) -> list[Finding]:
    found = [
        Finding("good", _("The sign-in service answers, and its name is the one you wrote.")),
        Finding("good", _("It shows the keys it signs with.")),
        Finding("good", _("It knows the client id and the secret.")),
    ]
    if metadata.names_pkce:
        found.append(Finding("good", _("It offers PKCE, which protects the way back.")))
    else:
        unsaid = _("It does not say whether it offers PKCE. We use it all the same; most services accept it.")
        found.append(Finding("attention", unsaid))
    if not metadata.end_session_endpoint:
        found.append(
            Finding("attention", _("It has no page to sign out there. Signing out here still works."))
        )
    return found


def note_trial(provider_id: UUID, account_id: UUID) -> None:
    """Write down that somebody has come back from the provider. Joins the caller's unit of work."""
    row = row_in_force(lock=True)
    if row is not None and row.id == provider_id:
        row.tried_at, row.tried_by = clock.now(), account_id
        audit.record("sign_in.tried", "identity_provider", row.id)


def offer() -> None:
    """Show the provider at sign-in. Raises Conflict until somebody has come in through it."""
    access.require(MANAGE)
    if not tenancy.current_tenant().confirmed:
        raise Conflict(
            "sso.not_confirmed",
            _("Those who run Fotfeste must confirm your organisation before its sign-in can be used."),
        )
    with unit_of_work():
        row = _known_row()
        if row.tried_at is None:
            raise Conflict("sso.not_tried", _("Try it yourself first. Then you can turn it on."))
        if row.offered_from is None:
            row.offered_from = clock.now()
            audit.record("sign_in.offered", "identity_provider", row.id)
        _note(row)


def enforce() -> None:
    """Let members in through the provider only.

    Raises Conflict until the administrator has come in through it after the last change, and until somebody
    is named who can enter when it is down.
    """
    member = access.require(MANAGE)
    with unit_of_work():
        row = _known_row()
        if row.offered_from is None or row.tried_at is None or row.tried_by != member.account_id:
            raise Conflict(
                "sso.not_tried_by_you", _("Try it yourself first, so that you do not lock yourself out.")
            )
        if not any(one.ready for one in guardians()):
            raise Conflict(
                "sso.no_guardian", _("Name somebody first who can enter when the sign-in service is down.")
            )
        if row.enforced_from is None:
            row.enforced_from = clock.now()
            audit.record("sign_in.enforced", "identity_provider", row.id)
        _note(row)


def relax() -> None:
    """Let members in by their own ways too."""
    access.require(MANAGE)
    with unit_of_work():
        row = _known_row()
        if row.enforced_from is not None:
            row.enforced_from = None
            audit.record("sign_in.relaxed", "identity_provider", row.id)
        _note(row)


def turn_off() -> None:
    """Offer the provider no longer; whoever came in through it is asked for another way at the next page."""
    access.require(MANAGE)
    with unit_of_work():
        _end(_known_row())


def _end(row: IdentityProvider) -> None:
    row.ended_at, row.enforced_from = clock.now(), None
    db.session.flush()
    audit.record("sign_in.turned_off", "identity_provider", row.id)
    tenancy.set_single_sign_on("")


def _note(row: IdentityProvider) -> None:
    state = "enforced" if row.enforced_from else "offered" if row.offered_from else ""
    if tenancy.current_tenant().single_sign_on != state:
        tenancy.set_single_sign_on(state)


def _known() -> ProviderCard:
    found = in_force()
    if found is None:
        raise Conflict("sso.none", _("Describe your sign-in service first."))
    return found


def _known_row() -> IdentityProvider:
    row = row_in_force(lock=True)
    if row is None:
        raise Conflict("sso.none", _("Describe your sign-in service first."))
    return row
