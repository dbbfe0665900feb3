"""Reading the pages and menu entries that plugins declare, tried on another application before the real one.

Flask cannot unregister a blueprint, so whatever could fail there has to fail here, where its plugin is named.
Trusted plugins are the product itself: without their pages it shall not start, so they are not tried before.
"""

import re
from collections.abc import Collection

from flask import Blueprint, Flask, g, request
from flask_babel import lazy_gettext as _

from core.access.permissions import PERMISSIONS
from core.kernel.errors import NotFound
from core.plugin_host.checks import BadPluginError
from core.plugin_host.declarations import MenuEntry
from core.tenancy.kinds import host

APP_WIDE = (
    "before_request_funcs",
    "after_request_funcs",
    "teardown_request_funcs",
    "url_value_preprocessors",
)


class PageReader:
    """Tries the blueprints in the order of plugins; those of ``trusted`` plugins may act on every page."""

    def __init__(self, trusted: Collection[str]) -> None:
        self._trusted = trusted
        self._rehearsal = Flask("rehearsal", static_folder=None)
        self.owners: dict[str, str] = {}

    def init_app(self, app: Flask) -> None:
        """Below a tenant's address, let only the pages answer whose plugin the tenant has switched on."""

        @app.before_request
        def refuse_what_is_off() -> None:
            plugin = self.owners.get((request.blueprint or "").partition(".")[0])
            if plugin is None or plugin in self._trusted or "slug" not in g:
                return
            if plugin not in host().in_force():
                raise NotFound("plugin.off", _("We cannot find this page."))

    def read_blueprint(self, plugin: str, blueprint: Blueprint) -> Blueprint:
        """Register on the rehearsal unless trusted. Raises BadPluginError, or what Flask finds wrong."""
        if not _carries(blueprint.name, plugin, "_"):
            raise BadPluginError(f"the blueprint {blueprint.name} must begin with {plugin}_")
        if plugin not in self._trusted:
            before = self._acting_everywhere()
            self._rehearsal.register_blueprint(blueprint)
            if self._acting_everywhere() != before:
                raise BadPluginError(f"the blueprint {blueprint.name} acts on pages that are not its own")
            self._check_addresses(plugin, blueprint.name)
        self.owners[blueprint.name] = plugin
        return blueprint

    def _check_addresses(self, plugin: str, name: str) -> None:
        own = re.compile(rf"/t/<slug>/({plugin}|{plugin.replace('_', '-')})(/|$)")
        for rule in self._rehearsal.url_map.iter_rules():
            if rule.endpoint.startswith(f"{name}.") and not own.match(rule.rule):
                raise BadPluginError(f"the address {rule.rule} must begin with /t/<slug>/{plugin}/")

    def _acting_everywhere(self) -> int:
        return sum(len(getattr(self._rehearsal, functions).get(None, ())) for functions in APP_WIDE)

    def read_menu_entry(self, plugin: str, entry: MenuEntry) -> MenuEntry:
        """Check that the door asks for what exists and leads to a page of the plugin in the tenant."""
        where = f"the menu entry {entry.key}"
        if entry.permission and entry.permission not in PERMISSIONS:
            raise BadPluginError(f"{where} names the unknown permission {entry.permission}")
        if plugin in self._trusted:
            return entry
        if not _carries(entry.key, plugin, "."):
            raise BadPluginError(f"{where} must begin with {plugin}.")
        if not _carries(entry.endpoint.partition(".")[0], plugin, "_"):
            raise BadPluginError(f"{where} leads to {entry.endpoint}, not a page of {plugin}")
        rules = self._rehearsal.url_map.iter_rules()
        if not any(rule.endpoint == entry.endpoint and rule.arguments == {"slug"} for rule in rules):
            raise BadPluginError(f"{where} leads to {entry.endpoint}, which is no page of a tenant")
        return entry


def _carries(name: str, plugin: str, mark: str) -> bool:
    return name == plugin or name.startswith(f"{plugin}{mark}")
