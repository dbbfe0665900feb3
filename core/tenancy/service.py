"""The verbs of tenancy: find, set up, confirm a tenant, switch its plugins."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from flask import g, has_app_context
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.scope import TenantScope, current_scope, current_tenant_id, platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.declarations import TenantKind
from core.tenancy import availability
from core.tenancy.kinds import kind_of
from core.tenancy.life import released_slug
from core.tenancy.models import Tenant, TenantPlugin, WithheldPlugin

_PLAIN_LETTERS = {"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"}


@dataclass(frozen=True)
class TenantCard:
    """What the rest of the product knows of a tenant."""

    id: UUID
    slug: str
    name: str
    kind: str
    number: str
    country: str
    language: str
    timezone: str
    office_word: str
    logo_id: UUID | None
    confirmed: bool
    terms: Mapping[str, str] = field(default_factory=dict, hash=False)
    single_sign_on: str = ""
    second_factor: str = ""
    suspended: bool = False
    closes_on: date | None = None
    visited_until: datetime | None = None

    @property
    def may_send(self) -> bool:
        """Whether anything may go out to others in its name."""
        return self.confirmed and not self.suspended


@dataclass(frozen=True)
class NewTenant:
    """What a sign-up says, already checked against the kind's official list and number."""

    kind: str
    place_code: str
    district: str
    number: str
    office_word: str = ""
    name: str = ""


def card(tenant: Tenant) -> TenantCard:
    """The public face of a tenant's row."""
    return TenantCard(
        id=tenant.id,
        slug=tenant.slug,
        name=tenant.name,
        kind=tenant.kind,
        number=tenant.number,
        country=tenant.country,
        language=tenant.language,
        timezone=tenant.timezone,
        office_word=tenant.office_word,
        logo_id=tenant.logo_id,
        confirmed=tenant.confirmed_at is not None,
        terms=dict(tenant.terms),
        single_sign_on=tenant.single_sign_on,
        second_factor=tenant.second_factor,
        suspended=tenant.suspended_at is not None,
        closes_on=tenant.closes_on,
        visited_until=tenant.visited_until,
    )


def by_slug(slug: str) -> TenantCard | None:
    """The tenant with an address."""
    found = db.session.scalar(select(Tenant).where(Tenant.slug == slug))
    return card(found) if found else None


def named_like(words: str, limit: int = 10) -> list[TenantCard]:
    """Confirmed tenants whose name has the words in it, by name; sign-up tells as much to everybody."""
    query = (
        select(Tenant)
        .where(Tenant.confirmed_at.is_not(None), Tenant.name.icontains(words, autoescape=True))
        .order_by(Tenant.name)
        .limit(limit)
    )
    return [card(row) for row in db.session.scalars(query)]


def by_ids(ids: Iterable[UUID]) -> dict[UUID, TenantCard]:
    """Tenants by id, in one query."""
    rows = db.session.scalars(select(Tenant).where(Tenant.id.in_(list(ids))))
    return {row.id: card(row) for row in rows}


def current_tenant() -> TenantCard:
    """The tenant in scope."""
    tenant_id = current_tenant_id()
    known = getattr(g, "tenant", None) if has_app_context() else None
    if known is not None and known.id == tenant_id:
        return known
    row = db.session.get(Tenant, tenant_id)
    if row is None:
        raise NotFound("tenant.not_found", _("We cannot find this page."))
    g.tenant = card(row)
    return g.tenant


def set_up(new: NewTenant) -> Tenant:
    """Make a tenant and switch on what its kind suggests. Runs inside a platform scope and a unit of work.

    Raises Invalid for a kind or place that is not on the list, Conflict when it is a tenant already.
    """
    kind = kind_of(new.kind)
    place = kind.place(new.place_code) if kind else None
    if kind is None or place is None:
        raise Invalid(
            "tenant.unknown_place",
            _("Choose a place from the list."),
            {"place_code": _("Choose a place from the list.")},
        )
    if find_taken(new) is not None:
        raise Conflict(
            "tenant.taken", _("This municipality already uses Fotfeste. Ask its administrator to invite you.")
        )
    authority = place.full_name or place.name
    name = new.name or (f"{new.district}, {authority}" if new.district else authority)
    tenant = Tenant(
        id=new_id(),
        slug=_free_slug(new.name or (f"{new.district} {place.name}" if new.district else place.name)),
        kind=kind.key,
        place_code=place.code,
        district=new.district,
        district_key=_district_key(kind, new.district),
        name=name,
        number=new.number,
        country=kind.country,
        language=kind.language,
        timezone=kind.timezone,
        office_word=new.office_word,
    )
    db.session.add(tenant)
    db.session.flush()
    for plugin in suggested_plugins(kind.key):
        db.session.add(TenantPlugin(tenant_id=tenant.id, plugin=plugin))
    return tenant


def find_taken(new: NewTenant) -> TenantCard | None:
    """The tenant that already stands for a kind, place and district."""
    kind = kind_of(new.kind)
    if kind is None:
        return None
    query = select(Tenant).where(
        Tenant.kind == kind.key,
        Tenant.place_code == new.place_code,
        Tenant.district_key == _district_key(kind, new.district),
    )
    found = db.session.scalar(query)
    return card(found) if found else None


def _district_key(kind: TenantKind, district: str) -> str:
    """A district without the word for district before it, so that one district is not two tenants."""
    plain = district.casefold()
    words = (kind.district.nb, kind.district.da, kind.district.en) if kind.district else ()
    for word in words:
        plain = plain.removeprefix(f"{word.casefold()} ")
    return _plain_key(plain)


def _plain_key(text: str) -> str:
    letters = "".join(_PLAIN_LETTERS.get(letter, letter) for letter in text.casefold())
    bare = (one for one in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", "".join(bare)).strip("-")


def _free_slug(name: str) -> str:
    base = _plain_key(name)[:60] or "tenant"
    taken = set(db.session.scalars(select(Tenant.slug).where(Tenant.slug.startswith(base))))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 999))) if slug not in taken)


def suggested_plugins(kind_key: str) -> list[str]:
    """Available plugins that a kind of tenant usually wants and may use, in the kind's order."""
    kind = kind_of(kind_key)
    offered = availability.on_offer(kind_key, kind.country) if kind else []
    return [name for name in kind.suggested_plugins if name in offered] if kind else []


def plugins_on_offer() -> list[str]:
    """What the tenant in scope may switch on: what its kind suggests, then what else its country has."""
    tenant = current_tenant()
    return availability.on_offer(tenant.kind, tenant.country)


def plugins_switched_on() -> set[str]:
    """Names of the plugins that the tenant in scope has on: its country's own, and those it chose."""
    if not isinstance(current_scope(), TenantScope):
        return set()
    tenant = current_tenant()
    known: dict[UUID, set[str]] = g.setdefault("plugins_switched_on", {})
    if tenant.id not in known:
        withheld = select(WithheldPlugin.plugin).where(WithheldPlugin.kind == tenant.kind)
        query = select(TenantPlugin.plugin).where(
            TenantPlugin.on_until.is_(None), TenantPlugin.plugin.not_in(withheld)
        )
        known[tenant.id] = {tenant.kind.partition(".")[0], *db.session.scalars(query)}
    return known[tenant.id]


def choose_plugins(chosen: Collection[str]) -> None:
    """Switch on exactly the chosen of what is on offer; what is switched off keeps its data."""
    tenant = current_tenant()
    allowed = set(plugins_on_offer())
    if not set(chosen) <= allowed:
        raise Invalid("tenant.unknown_plugin", _("Choose among the modules on the page."))
    with unit_of_work():
        # Held so that two who save at once follow one another, and no plugin is switched on twice.
        hold_current_tenant()
        rows = {
            row.plugin: row
            for row in db.session.scalars(select(TenantPlugin).where(TenantPlugin.on_until.is_(None)))
        }
        for name in set(chosen) - set(rows):
            db.session.add(TenantPlugin(plugin=name))
        for name in (set(rows) & allowed) - set(chosen):
            rows[name].on_until = clock.now()
        audit.record("tenant.plugins_chosen", "tenant", tenant.id, fields=set(chosen) ^ set(rows))
    g.pop("plugins_switched_on", None)


def rename(name: str) -> None:
    """Change what the tenant in scope is called; its place and its number stay."""
    with unit_of_work():
        row = db.session.get_one(Tenant, current_tenant_id())
        row.name = name
        audit.record("tenant.renamed", "tenant", row.id, fields=["name"])
    g.pop("tenant", None)


def change_settings(*, language: str, office_word: str) -> None:
    """Change what a tenant decides about itself."""
    with unit_of_work():
        row = db.session.get_one(Tenant, current_tenant_id())
        row.language = language
        row.office_word = office_word
        audit.record("tenant.settings_changed", "tenant", row.id, fields=["language", "office_word"])
    g.pop("tenant", None)


def hold_current_tenant() -> None:
    """Let changes that must not cross each other follow one another, until the unit of work ends."""
    db.session.get_one(Tenant, current_tenant_id(), with_for_update=True)


def set_logo(file_id: UUID | None) -> None:
    """Point to the stored logo of the tenant in scope, or to none. Joins the caller's unit of work."""
    row = db.session.get_one(Tenant, current_tenant_id())
    row.logo_id = file_id
    audit.record("tenant.logo_changed", "tenant", row.id, fields=["logo_id"])
    g.pop("tenant", None)


def require_second_factor(of: str) -> None:
    """Ask more than a password of nobody (""), of those with wide rights (``wide``) or of ``everybody``."""
    with unit_of_work():
        row = db.session.get_one(Tenant, current_tenant_id())
        row.second_factor = of
        audit.record("tenant.second_factor_chosen", "tenant", row.id, fields=["second_factor"])
    g.pop("tenant", None)


def set_single_sign_on(state: str) -> None:
    """Note that people may (``offered``) or must (``enforced``) come by the tenant's provider, or "" for no.

    Joins the caller's unit of work, which records why.
    """
    db.session.get_one(Tenant, current_tenant_id()).single_sign_on = state
    g.pop("tenant", None)


def confirm(slug: str) -> TenantCard:
    """The platform has checked that these people speak for the tenant: now it may write to other parties."""
    with platform_scope("confirm a tenant"), unit_of_work():
        tenant = db.session.scalar(select(Tenant).where(Tenant.slug == slug).with_for_update())
        if tenant is None:
            raise NotFound("tenant.not_found", _("No tenant has this address."))
        if tenant.confirmed_at is None:
            tenant.confirmed_at = clock.now()
            audit.record("tenant.confirmed", "tenant", tenant.id, tenant_id=tenant.id)
        return card(tenant)


def release(slug: str) -> TenantCard:
    """Free the place of a tenant that was never confirmed, so that those who do speak for it can sign up.

    Its rows stay under another address. Raises NotFound, or Conflict for a confirmed tenant.
    """
    with platform_scope("release the place of a tenant"), unit_of_work():
        tenant = db.session.scalar(select(Tenant).where(Tenant.slug == slug).with_for_update())
        if tenant is None:
            raise NotFound("tenant.not_found", _("No tenant has this address."))
        if tenant.confirmed_at is not None:
            raise Conflict("tenant.confirmed", _("This tenant is confirmed; its place cannot be released."))
        tenant.slug = tenant.district_key = released_slug(tenant.id)
        audit.record("tenant.released", "tenant", tenant.id, tenant_id=tenant.id)
        return card(tenant)


def every_tenant(reason: str) -> list[TenantCard]:
    """All tenants, for work that goes over each of them in turn."""
    with platform_scope(reason):
        return [card(row) for row in db.session.scalars(select(Tenant).order_by(Tenant.id))]
