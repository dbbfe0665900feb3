"""The kinds of tenants that the plugins of this process declare."""

from typing import Any

from flask import current_app

from core.plugin_host.checks import BadPluginError, check_prefix
from core.plugin_host.declarations import (
    TenantKind,
    UnitKind,
)
from core.plugin_host.host import Host


def host() -> Host:
    """The plugin host of the running application."""
    found: Host = current_app.extensions["fotfeste_host"]
    return found


def read_kind(plugin: str, kind: Any) -> TenantKind:
    """Check a declared kind. Raises BadPluginError naming what is wrong."""
    check_prefix(plugin, kind.key)
    codes = [place.code for place in kind.places]
    if not codes or len(codes) != len(set(codes)):
        raise BadPluginError(f"{kind.key}: the official list is empty or names a code twice")
    return kind


def read_unit_kind(plugin: str, kind: Any) -> UnitKind:
    """Check a declared kind of unit. Raises BadPluginError naming what is wrong."""
    check_prefix(plugin, kind.key)
    checked: UnitKind = kind
    return checked


def unit_kinds() -> list[UnitKind]:
    """The kinds of units that the tenant in scope may have, as its plugins declare them."""
    on = host().in_force()
    return [one.value for one in host().declared("register_unit_kinds") if one.plugin in on]


def all_kinds() -> list[TenantKind]:
    """Every kind that may sign up, in order of key."""
    return [one.value for one in host().declared("register_tenant_kinds")]


def kind_of(key: str) -> TenantKind | None:
    """The kind with a key, when its plugin is available."""
    return next((kind for kind in all_kinds() if kind.key == key), None)
