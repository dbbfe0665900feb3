"""What is checked of a plugin before it may take part; each refusal names the plugin and what is wrong."""

import inspect
import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from core.kernel.personal import marked_columns, tables_of_plugin
from core.plugin_host import specs
from core.plugin_host.manifest import SDK_VERSION, Manifest
from core.plugin_host.wording import Wording

NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")
RANGE = re.compile(r">=(\d+),<(\d+)")


class BadPluginError(Exception):
    """A plugin does not keep the contract; the message names it and says what to mend."""


def check_module(name: str, module: ModuleType) -> Manifest:
    """The manifest of a plugin's module, when it and its hooks keep the contract. Raises BadPluginError."""
    manifest = getattr(module, "MANIFEST", None)
    if not isinstance(manifest, Manifest):
        raise BadPluginError(f"{name} has no MANIFEST")
    if manifest.name != name or not NAME.fullmatch(name):
        raise BadPluginError(f"the manifest of {name} says the name {manifest.name!r}")
    _check_fields(manifest)
    _check_sdk(manifest)
    for attribute, function in vars(module).items():
        _check_hook(name, attribute, function)
    return manifest


def _check_fields(manifest: Manifest) -> None:
    for field in ("title", "summary"):
        if not isinstance(getattr(manifest, field), Wording):
            raise BadPluginError(f"{manifest.name}: {field} must be a Wording")
    for field in ("requires", "countries", "languages", "personal_data"):
        value = getattr(manifest, field)
        if not isinstance(value, tuple) or not all(isinstance(one, str) for one in value):
            raise BadPluginError(f"{manifest.name}: {field} must be a tuple of texts")
    if manifest.name in manifest.requires:
        raise BadPluginError(f"{manifest.name} requires itself")


def _check_sdk(manifest: Manifest) -> None:
    bounds = RANGE.fullmatch(manifest.sdk)
    if bounds is None:
        raise BadPluginError(f"{manifest.name}: the sdk range {manifest.sdk!r} is not of the form >=1,<2")
    if not int(bounds[1]) <= SDK_VERSION < int(bounds[2]):
        raise BadPluginError(f"{manifest.name} was written for SDK {manifest.sdk}; this is {SDK_VERSION}")


def _check_hook(plugin: str, attribute: str, function: Any) -> None:
    wanted = getattr(specs.Hooks, attribute, None) if attribute in specs.KINDS else None
    marked = getattr(function, f"{specs.PROJECT}_impl", None) is not None
    if wanted is None and marked:
        raise BadPluginError(f"{plugin} implements {attribute}, which is no hook")
    if wanted is None:
        return
    if not marked:
        raise BadPluginError(f"{plugin}.{attribute} has the name of a hook: decorate it with @hook")
    arguments = set(inspect.signature(function).parameters)
    offered = set(inspect.signature(wanted).parameters) - {"self"}
    if arguments != offered:
        raise BadPluginError(f"{plugin}.{attribute} must take ({', '.join(sorted(offered))})")


PRIVACY_HOOKS = ("register_personal_data", "export_person", "erase_person")


def check_privacy(plugin: str, module: ModuleType) -> None:
    """Raise BadPluginError when a plugin keeps personal data and does not account for every column."""
    kept = marked_columns(tables_of_plugin(plugin))
    if not kept:
        return
    missing = [name for name in PRIVACY_HOOKS if not hasattr(module, name)]
    if missing:
        raise BadPluginError(f"{plugin} keeps personal data ({', '.join(kept)}): add {', '.join(missing)}")
    declared = {column.name for one in module.register_personal_data() for column in one.columns}
    if lacking := sorted(set(kept) - declared):
        raise BadPluginError(f"{plugin}: register_personal_data does not name {', '.join(lacking)}")


def check_requires(manifests: Mapping[str, Manifest]) -> dict[str, str]:
    """Plugins whose ground is missing or goes round in a circle, with the reason."""
    lost = {}
    for name, manifest in manifests.items():
        missing = [one for one in manifest.requires if one not in manifests]
        if missing:
            lost[name] = f"it requires {', '.join(missing)}, not available"
    return lost or dict.fromkeys(_circular(manifests), "what it requires leads back to itself")


def _circular(manifests: Mapping[str, Manifest]) -> set[str]:
    left = dict(manifests)
    while grounded := [name for name, one in left.items() if not set(one.requires) & set(left)]:
        for name in grounded:
            del left[name]
    return set(left)


def check_prefix(plugin: str, key: str) -> None:
    """Raise BadPluginError unless a key carries its plugin's name."""
    if not key.startswith(f"{plugin}."):
        raise BadPluginError(f"the key {key!r} must begin with {plugin!r} and a full stop")
