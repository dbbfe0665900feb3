"""What the page frame asks the rooms: who is here, in which tenant, and which doors the menu has."""

from collections.abc import Sequence
from pathlib import Path

from flask import g, url_for
from flask_babel import gettext as _
from flask_security import current_user

from core.access import service as access
from core.access import support
from core.access.membership import Member, StandingIn
from core.access.views import home_of
from core.kernel import clock
from core.kernel.scope import scoped_tenant_id
from core.kernel.settings import Settings
from core.platform.guard import platform_menu
from core.tenancy.kinds import all_kinds, host
from core.tenancy.service import TenantCard
from core.web import AccountInFrame, MenuItem, TenantInFrame, WebHooks
from core.web.formats import written_date, written_datetime
from core.web.languages import current_language

ROOT = Path(__file__).parents[1]


def web_hooks(settings: Settings) -> WebHooks:
    """The answers for the page frame."""
    folders = [ROOT / "tenants" / "translations", *sorted(ROOT.glob("plugins/*/translations"))]
    return WebHooks(
        production=not settings.development,
        tenant=_tenant,
        account=_account,
        menu=_menu,
        account_language=_account_language,
        keep_account_language=_keep_language,
        tenant_language=_tenant_language,
        timezone=_timezone,
        translations=tuple(folder for folder in folders if folder.is_dir()),
    )


def _here() -> TenantCard | None:
    """The tenant of the page; what a page of nobody's looked up in some tenant on its way is not it."""
    tenant: TenantCard | None = g.get("tenant")
    return tenant if tenant is not None and tenant.id == scoped_tenant_id() else None


def _tenant() -> TenantInFrame | None:
    tenant, member = _here(), access.current_member() if _here() else None
    if tenant is None or member is None:
        return None
    logo = url_for("documents_files.file", file_id=tenant.logo_id) if tenant.logo_id else ""
    return TenantInFrame(tenant.name, home_of(tenant.slug), logo, _notice(tenant), _stood_in_for(member))


def _stood_in_for(member: Member) -> tuple[MenuItem, ...]:
    """For whom the reader stands in now, which leads to where it can be stopped."""
    place = url_for("access_standing_in.page") if member.standing_in else ""
    return tuple(MenuItem(str(one.id), _sentence(one), place) for one in member.standing_in)


def _sentence(one: StandingIn) -> str:
    if one.is_on_behalf:
        return _("You act on behalf of %(name)s. Everything is written down so. Stop here.", name=one.name)
    return _("You stand in for %(name)s.", name=one.name)


def _visit_notice(tenant: TenantCard) -> str:
    """Tell administrators that support is here, and support how long it may stay."""
    member, until = access.current_member(), tenant.visited_until
    if member is None or until is None or until <= clock.now():
        return ""
    at = written_datetime(until, "short")
    if support.ROLE in member.roles:
        return _("You are here on a visit and can only read, until %(time)s.", time=at)
    if "tenant:manage" not in member.permissions:
        return ""
    return _("Support can read here until %(time)s. See why, or end the visit, under Settings.", time=at)


def _notice(tenant: TenantCard) -> str:
    """What the reader must know today in this tenant; the gravest first."""
    visit = _visit_notice(tenant)
    if visit:
        return visit
    if tenant.suspended:
        return _(
            "Fotfeste is suspended for your organisation. You can read, but not change or send anything."
        )
    if tenant.closes_on:
        return _("Everything of your organisation is deleted on %(day)s.", day=written_date(tenant.closes_on))
    if not tenant.confirmed:
        return _("We have not confirmed your organisation yet. You can write, but nothing is sent to others.")
    return ""


def _account() -> AccountInFrame | None:
    if not current_user.is_authenticated:
        return None
    here = access.current_member() if _here() else None
    links = (
        *((MenuItem("deputies", _("Deputies"), url_for("access_standing_in.page")),) if here else ()),
        MenuItem("tenants", _("My workplaces"), url_for("access_account.my_tenants")),
        MenuItem("account", _("My account"), url_for("access_account.own")),
    )
    return AccountInFrame(current_user.name, url_for("security.logout"), links)


def _menu() -> Sequence[MenuItem]:
    if _here() is None:
        return platform_menu()
    member = access.current_member()
    if member is None:
        return ()
    on, language = host().in_force(), current_language()
    entries = [one.value for one in host().declared("register_menu") if one.plugin in on]
    entries.sort(key=lambda entry: (entry.weight, entry.key))
    return [
        MenuItem(entry.key, entry.title.in_language(language), url_for(entry.endpoint))
        for entry in entries
        if (not entry.permission or entry.permission in member.permissions) and entry.shown()
    ]


def _account_language() -> str | None:
    return (current_user.language or None) if current_user and current_user.is_authenticated else None


def _keep_language(language: str) -> None:
    if current_user.is_authenticated:
        access.set_language(current_user.id, language)


def _tenant_language() -> str | None:
    tenant = _here()
    # A signed-in stranger learns nothing of a tenant, not even its language.
    stranger = tenant is not None and current_user.is_authenticated and access.current_member() is None
    return tenant.language if tenant and not stranger else None


def _timezone() -> str | None:
    tenant = _here()
    return tenant.timezone if tenant else all_kinds()[0].timezone
