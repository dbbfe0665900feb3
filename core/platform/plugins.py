"""What operators see of plugins, and which ones the tenants of a kind may use."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.access import operators
from core.kernel.database import db
from core.kernel.health import PluginHealth
from core.kernel.scope import platform_scope
from core.plugin_host.declarations import TenantKind
from core.tenancy import availability
from core.tenancy.kinds import all_kinds, host

MILLISECONDS = 1000


@dataclass(frozen=True)
class PluginLine:
    """A plugin: its version, or why it is not available."""

    name: str
    title: str
    version: str
    trouble: str


@dataclass(frozen=True)
class HookLine:
    """How a hook of a plugin has gone by one door, in all processes together."""

    plugin: str
    hook: str
    door: str
    calls: int
    milliseconds: float
    errors: int
    last_error: str
    last_error_at: datetime | None


@dataclass(frozen=True)
class KindLine:
    """A kind of tenant, what its country is called, and what it may switch on: (name, title) by plugin."""

    kind: TenantKind
    country: str
    offered: list[tuple[str, str]]
    withheld: frozenset[str]


def installed(language: str) -> list[PluginLine]:
    """Every plugin, those in trouble first."""
    operators.require()
    lost = [PluginLine(name, name, "", reason) for name, reason in sorted(host().unavailable.items())]
    there = [
        PluginLine(name, one.title.in_language(language), one.version, "")
        for name, one in sorted(host().manifests.items())
    ]
    return lost + there


def hooks() -> list[HookLine]:
    """How the hooks go, those that fail first, then those that take longest."""
    operators.require()
    with platform_scope("show operators how plugins go"):
        rows = list(db.session.scalars(select(PluginHealth)))
    lines = [
        HookLine(
            row.plugin,
            row.hook,
            row.door,
            row.calls,
            row.seconds / max(row.calls, 1) * MILLISECONDS,
            row.errors,
            row.last_error,
            row.last_error_at,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (-line.errors, -line.milliseconds * line.calls))


def kinds(language: str) -> list[KindLine]:
    """Each kind of tenant with what its tenants could switch on."""
    operators.require()
    with platform_scope("show operators what each kind may use"):
        withheld = availability.withheld_from_each()
    manifests = host().manifests
    return [
        KindLine(
            kind,
            manifests[kind.key.partition(".")[0]].title.in_language(language),
            [
                (name, manifests[name].title.in_language(language))
                for name in availability.possible(kind.key, kind.country)
            ],
            withheld.get(kind.key, frozenset()),
        )
        for kind in all_kinds()
    ]


def choose(kind_key: str, offered: list[str]) -> None:
    """Let tenants of a kind use exactly these plugins. Raises NotFound, or Invalid for an unknown one."""
    operators.require()
    availability.choose(kind_key, offered)
