"""Which way of signing in counts where.

A provider that one tenant has named speaks for people in that tenant and nowhere else: a session that began
there opens neither another tenant nor the account itself. And where a tenant enforces single sign-on, nothing
else opens it, except for those who may break the glass.
"""

from typing import Final

from flask import Flask, current_app, g, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import lazy_gettext as _
from flask_security import current_user

from core.access import service as access
from core.access import sessions, support
from core.access.returning import page_here
from core.access.second_factor import let_stand_in
from core.access.sso.discovery import Directory
from core.access.sso.doors import door_of
from core.access.sso.guardians import break_glass, is_guardian
from core.access.sso.outbound import Outbound
from core.access.sso.provider import WAY, in_force
from core.kernel.errors import Refused
from core.kernel.settings import Settings
from core.tenancy import service as tenancy

HOME: Final = "sso_home"
GLASS: Final = "sso_glass"
ENFORCED: Final = "enforced"
OPEN: Final = frozenset(
    {
        "access_sso_find.organisation",
        "files.static_file",
        "health.live",
        "health.ready",
        "mailbox.page",
        "mailbox.letter",
        "security.login",
        "security.logout",
        "web.front",
        "web.language",
    }
)
"""Pages outside every tenant that tell nothing of an account."""


def init_single_sign_on(app: Flask, settings: Settings) -> None:
    """Know the providers, and ask at each page whether the way somebody came in by counts there."""
    app.extensions["fotfeste_sso"] = Directory(Outbound(development=settings.development))
    let_stand_in(came_by_provider_of_this_tenant)
    app.before_request(_ask_for_the_right_way)
    app.after_request(_lead_out)
    app.context_processor(lambda: {"organisation_door": door_of})


def ways() -> frozenset[str]:
    """The ways by which the session of this request was begun or confirmed."""
    here = sessions.current()
    return frozenset(here.ways) if here else frozenset()


def came_by_own_way() -> bool:
    """Whether the signed-in person has shown who they are by something of their own, such as a password."""
    return any(not way.startswith(WAY) for way in ways())


def came_by_provider_of_this_tenant() -> bool:
    """Whether the session was begun or confirmed through the provider of the tenant in scope."""
    provider = in_force() if tenancy.current_tenant().single_sign_on else None
    return provider is not None and provider.way in ways()


def _ask_for_the_right_way() -> ResponseReturnValue | None:
    if request.endpoint is None or not current_user.is_authenticated:
        return None
    if request.endpoint == "security.logout":
        g.left_provider_of = "" if came_by_own_way() else cookie.get(HOME, "")
    if "slug" not in g:
        return None if came_by_own_way() else _outside()
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "personal_link", False) or _counts_here():
        return None
    return redirect(url_for("access_sso.needed", next=page_here()), code=303)


def _counts_here() -> bool:
    state, own = tenancy.current_tenant().single_sign_on, came_by_own_way()
    if own and state != ENFORCED:
        return True
    return came_by_provider_of_this_tenant() or (own and _breaks_glass())


def _breaks_glass() -> bool:
    member = access.current_member()
    if member is None or support.ROLE in member.roles:  # whom another rule has let in, nobody's colleague
        return True
    if not sessions.is_strong():
        return False
    broken, here = cookie.get(GLASS, []), str(tenancy.current_tenant().id)
    if here in broken:
        return is_guardian(member.membership_id)
    if not break_glass(member.membership_id):
        return False
    cookie[GLASS] = [*broken, here]
    return True


def _outside() -> ResponseReturnValue | None:
    home = cookie.get(HOME, "")
    if request.endpoint in OPEN:
        return None
    if request.endpoint == "access_account.my_tenants" and home:
        return redirect(f"/t/{home}/")
    raise Refused(
        "sso.own_way",
        _(
            "You came in through the sign-in of your organisation, and it opens your organisation only. "
            "Sign out, and sign in with your own password or passkey. "
            "If you have none, ask for a new password on the page to sign in."
        ),
    )


def _lead_out(response: Response) -> Response:
    """After signing out here, to the page that tells how to sign out at the provider too."""
    slug = g.pop("left_provider_of", "")
    if slug and response.status_code in {302, 303}:
        response.location = url_for("access_sso.signed_out", slug=slug)
    return response
