"""The verbs of settings. Each is for members who may manage the tenant."""

from dataclasses import dataclass

from core.access import service as access
from core.documents import service as documents
from core.documents.logos import safe_logo
from core.history.service import Page, history_of
from core.kernel.unit_of_work import unit_of_work
from core.tenancy import service as tenancy
from core.tenancy.kinds import host, kind_of

MANAGE = "tenant:manage"


@dataclass(frozen=True)
class Settings:
    """What the page shows. ``modules`` are (key, title, summary) of the plugins that are on offer."""

    tenant: tenancy.TenantCard
    number_label: str
    asks_for_word: bool
    modules: list[tuple[str, str, str]]
    switched_on: list[str]
    may_close: bool


def current_settings(language: str) -> Settings:
    """The settings of the tenant in scope, by the words of a language."""
    member = access.require(MANAGE)
    tenant = tenancy.current_tenant()
    kind, manifests, on = kind_of(tenant.kind), host().manifests, tenancy.plugins_switched_on()
    offered = tenancy.plugins_on_offer()
    modules = [
        (name, manifests[name].title.in_language(language), manifests[name].summary.in_language(language))
        for name in offered
    ]
    return Settings(
        tenant=tenant,
        number_label=kind.number.label.in_language(language) if kind else "",
        asks_for_word=kind is not None and kind.office_word is not None,
        modules=modules,
        switched_on=[name for name in offered if name in on],
        may_close="tenant:close" in member.permissions,
    )


def history(before: int) -> Page:
    """What has happened to the tenant itself, the newest first."""
    access.require(MANAGE)
    return history_of("tenant", tenancy.current_tenant().id, before=before)


def change_general(*, language: str, office_word: str) -> None:
    """Change language and the word for the office."""
    access.require(MANAGE)
    tenancy.change_settings(language=language, office_word=office_word)


def require_second_factor(of: str) -> None:
    """Ask more than a password of nobody, of those with wide rights or of everybody."""
    access.require(MANAGE)
    tenancy.require_second_factor(of)


def rename(name: str) -> None:
    """Change what the tenant is called; agreements that were sent keep the name they were sent with."""
    access.require(MANAGE)
    tenancy.rename(name)


def choose_modules(chosen: list[str]) -> None:
    """Switch on exactly the chosen modules; what is switched off keeps its data."""
    access.require(MANAGE)
    tenancy.choose_plugins(chosen)


def replace_logo(name: str, content: bytes) -> None:
    """Show a new logo, made safe; earlier ones stay for agreements that name them. Raises LogoError."""
    access.require(MANAGE)
    logo = safe_logo(content)
    with unit_of_work():
        tenant = tenancy.current_tenant()
        stored = documents.store(tenant.id, "logo", name, "image/png", logo.png)
        tenancy.set_logo(stored.id)


def remove_logo() -> None:
    """Show no logo."""
    access.require(MANAGE)
    with unit_of_work():
        tenancy.set_logo(None)
