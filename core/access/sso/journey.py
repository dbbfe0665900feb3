"""The way out to a provider and back, for each of the purposes that somebody takes it for."""

from collections.abc import Mapping

from authlib.common.urls import add_params_to_uri
from flask_babel import gettext as _
from flask_security import current_user

from core.access import service as access
from core.access import sessions
from core.access.links import public_link
from core.access.models import Account
from core.access.sso import flow
from core.access.sso.arrival import arrive, is_of, try_out
from core.access.sso.discovery import directory
from core.access.sso.exchange import Asserted, coming_back, leaving
from core.access.sso.flow import Flow
from core.access.sso.gate import came_by_own_way
from core.access.sso.provider import ProviderCard
from core.access.sso.troubles import Trouble
from core.kernel.database import close_session

MANAGE = "tenant:manage"


def callback_address() -> str:
    """Where the provider sends people back to; the settings show it, because the provider must know it."""
    return public_link("access_sso.callback")


def leave(provider: ProviderCard, purpose: str, target: str) -> str:
    """The address at the provider, with this browser ready for the way back. Raises Trouble."""
    state, begun = flow.begin(provider.tenant_id, provider.id, target, purpose)
    close_session()
    return leaving(provider, state, begun, callback_address())


def come_back(provider: ProviderCard, answer: Mapping[str, str]) -> tuple[Flow, Asserted]:
    """What began here, and who came back. Raises Trouble."""
    begun = flow.take(answer.get("state", ""))
    if begun is None or not begun.is_for(provider.tenant_id, provider.id):
        raise Trouble("unknown_state")
    if provider.offered_from is None and begun.purpose != flow.TRY:
        raise Trouble("unknown_state")
    close_session()
    return begun, coming_back(provider, begun, answer, callback_address())


def entered(provider: ProviderCard, person: Asserted) -> Account:
    """The account that the person enters with. Raises NotConnectedError or Refused."""
    is_present = came_by_own_way() and access.current_member() is not None
    return arrive(provider, person, current_user.id if is_present else None)


def tried(provider: ProviderCard, person: Asserted) -> str:
    """What came of an administrator's own trial, in a sentence. Raises Refused or Conflict."""
    access.require(MANAGE)
    roles = try_out(provider, person, current_user)
    sessions.renew(provider.way)
    if not person.email:
        return _(
            "It works. The sign-in service does not send your e-mail address, so members must be invited."
        )
    return _(
        "It works. The sign-in service calls you %(name)s, %(email)s. Roles that come of it: %(count)s.",
        name=person.name or person.subject,
        email=person.email,
        count=len(roles),
    )


def confirmed(provider: ProviderCard, person: Asserted) -> None:
    """Note that the signed-in person has shown again who they are. Raises Trouble for somebody else."""
    if not current_user.is_authenticated or not is_of(provider, person, current_user):
        raise Trouble("other_person")
    sessions.renew(provider.way)


def way_out(provider: ProviderCard) -> str:
    """The address that signs out at the provider too; empty when it has none or cannot be asked."""
    close_session()
    try:
        metadata = directory().metadata(provider.tenant_id, provider.issuer)
    except Trouble:
        return ""
    if not metadata.end_session_endpoint:
        return ""
    asked = [("client_id", provider.client_id), ("post_logout_redirect_uri", public_link("web.front"))]
    return str(add_params_to_uri(metadata.end_session_endpoint, asked))
