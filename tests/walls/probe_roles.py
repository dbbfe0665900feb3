"""A plugin for the probe: for every permission a role with only it, and a role with all others."""

from collections.abc import Iterable
from types import ModuleType

from core.access.permissions import PERMISSIONS, scopes_of
from core.access.scopes import ALL, SCOPES
from core.plugin_host.declarations import Role
from core.plugin_host.manifest import Manifest
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording
from tests.walls.permission_table import read_table

NAME = "probe"
WORDS = Wording(nb="Sonde", da="Sonde", en="Probe")


def only(permissions: Iterable[str], scope: str = ALL) -> str:
    """The role that has these permissions as far as a scope reaches, and no other."""
    return f"{NAME}.only_{scope}_" + (
        "_and_".join(_plain(one) for one in sorted(permissions)) or "membership"
    )


def all_but(permission: str) -> str:
    """The role that has every permission except one."""
    return f"{NAME}.all_but_{_plain(permission)}"


def _plain(permission: str) -> str:
    return permission.replace(":", "_")


def probe_plugin() -> ModuleType:
    """The plugin's module."""
    bundles = {only(some, scope): _granted(some, scope) for some in _taken_together() for scope in SCOPES}
    bundles |= {all_but(one): _granted(set(PERMISSIONS) - {one}, ALL) for one in PERMISSIONS}
    plugin = ModuleType(f"{NAME}.plugin")

    @hook
    def register_roles() -> list[Role]:
        return [Role(key, WORDS, granted) for key, granted in bundles.items()]

    manifest = Manifest(NAME, WORDS, WORDS, "1.0.0")
    vars(plugin).update(__file__=__file__, MANIFEST=manifest, register_roles=register_roles)
    return plugin


def _granted(permissions: Iterable[str], scope: str) -> frozenset[str]:
    """The grants; a permission that reaches everything or nothing is granted for everything."""
    return frozenset(f"{scope if scope in scopes_of(one) else ALL}:{one}" for one in permissions)


def _taken_together() -> list[list[str]]:
    """Every set of permissions with which some address opens, the empty one included."""
    ways = [way for row in read_table() for way in row.ways]
    return [[], *([one for one in way if one in PERMISSIONS] for way in ways)]
