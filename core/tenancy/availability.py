"""Which plugins the tenants of a kind may use. What is withheld hides where it was on; nothing is deleted."""

from collections import defaultdict
from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from core.kernel.database import db
from core.kernel.errors import Invalid, NotFound
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.kinds import host, kind_of
from core.tenancy.models import WithheldPlugin


def possible(kind_key: str, country: str) -> list[str]:
    """What tenants of a kind could switch on: what the kind suggests, then what else its country has."""
    kind, manifests, own = kind_of(kind_key), host().manifests, kind_key.partition(".")[0]
    suggested = [name for name in kind.suggested_plugins if name in manifests] if kind else []
    others = [name for name, one in manifests.items() if country in one.countries and name != own]
    return suggested + sorted(set(others) - set(suggested))


def on_offer(kind_key: str, country: str) -> list[str]:
    """The same without what is withheld from the kind."""
    withheld = withheld_from(kind_key)
    return [name for name in possible(kind_key, country) if name not in withheld]


def withheld_from(kind_key: str) -> frozenset[str]:
    """The plugins that tenants of a kind may not use."""
    query = select(WithheldPlugin.plugin).where(WithheldPlugin.kind == kind_key)
    return frozenset(db.session.scalars(query))


def withheld_from_each() -> dict[str, frozenset[str]]:
    """The same for every kind from which something is withheld."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind, plugin in db.session.execute(select(WithheldPlugin.kind, WithheldPlugin.plugin)):
        found[kind].add(plugin)
    return {kind: frozenset(plugins) for kind, plugins in found.items()}


def choose(kind_key: str, offered: Collection[str]) -> None:
    """Let tenants of a kind use exactly these. Raises NotFound for a kind, Invalid for a plugin."""
    kind = kind_of(kind_key)
    if kind is None:
        raise NotFound("kind.not_found", _("We cannot find this kind of organisation."))
    known = set(possible(kind.key, kind.country))
    if not set(offered) <= known:
        raise Invalid("kind.unknown_plugin", _("Choose among the modules on the page."))
    with platform_scope("choose what a kind of tenant may use"), unit_of_work():
        there, wanted = set(withheld_from(kind_key)), known - set(offered)
        gone = (there & known) - wanted
        db.session.execute(
            delete(WithheldPlugin).where(WithheldPlugin.kind == kind_key, WithheldPlugin.plugin.in_(gone)),
        )
        db.session.add_all(WithheldPlugin(kind=kind_key, plugin=name) for name in wanted - there)
