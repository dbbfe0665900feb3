"""The application factory: puts the rooms together, from the ground up."""

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType, ModuleType
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

import core.delivery
import core.tables  # noqa: F401  both are imported for what they declare
from core import health, web
from core.access.roles import read_role
from core.access.security import init_security
from core.access.sso.gate import init_single_sign_on
from core.agreements.catalogue import read_type
from core.agreements.measuring.catalogue import read_measure
from core.agreements.signing.providers.catalogue import read_provider
from core.documents.seals.certificate import init_seals
from core.frame import web_hooks
from core.history.texts import read_text
from core.kernel.database import init_database
from core.kernel.database_roles import refuse_unsafe_role
from core.kernel.guard import init_guard
from core.kernel.secrets import init_secrets
from core.kernel.security_log import init_security_log
from core.kernel.settings import Settings
from core.law.catalogue import read_rule_set
from core.page_reader import PageReader
from core.platform.counting import init_counting
from core.plugin_host.host import GROUP, Host
from core.plugin_host.specs import Reader
from core.privacy.declared import read_personal_data
from core.tenancy.gate import init_gate, init_suspension
from core.tenancy.kinds import read_kind, read_unit_kind
from core.tenancy.service import plugins_switched_on

Plugins = Mapping[str, Callable[[], ModuleType]]
"""What imports each plugin's module, by the plugin's name."""

NO_PLUGINS: Plugins = MappingProxyType({})
ROOMS = (
    "core.access",
    "core.agreements",
    "core.documents",
    "core.law",
    "core.notices",
    "core.persons",
    "core.platform",
    "core.privacy",
)
ALWAYS_ON = frozenset({"tenants", *(room.rpartition(".")[2] for room in ROOMS)})


def create_app(settings: Settings | None = None, extra_plugins: Plugins = NO_PLUGINS) -> Flask:
    """Build the application.

    ``extra_plugins`` takes part beside what is installed: a test hands in its own, by name.
    Raises SettingsError or UnsafeRoleError when it could not serve safely; a plugin that does not load is set
    aside and named, and the rest starts.
    """
    settings = settings or Settings.from_environ(door=os.environ.get("FOTFESTE_DOOR", "web"))
    app = Flask("core", static_folder=None)
    app.config["FOTFESTE"] = settings
    app.secret_key = settings.secret_key
    app.config["SERVER_NAME"] = None
    app.config["PREFERRED_URL_SCHEME"] = settings.public_url.partition(":")[0]
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    web.init_app(app, web_hooks(settings))
    init_database(app, settings)
    init_secrets(app, settings)
    init_security_log(settings)
    init_seals(app, settings)
    pages = PageReader(ALWAYS_ON)
    host = start_host(app, {**installed(settings), **extra_plugins}, pages)
    init_gate(app)
    init_security(app, settings)
    init_single_sign_on(app, settings)
    init_suspension(app)
    pages.init_app(app)
    _limit(app)
    health.init_health(app)
    for contribution in host.declared("register_blueprints"):
        app.register_blueprint(contribution.value)
    init_guard(app)
    init_counting(app)
    _refuse_unsafe(settings)
    return app


def start_host(app: Flask, plugins: Plugins, pages: PageReader) -> Host:
    """Load every installed and allowed plugin."""
    host = Host(active=plugins_switched_on, always_on=ALWAYS_ON)
    app.extensions["fotfeste_host"] = host
    readers: dict[str, Reader] = {
        "register_tenant_kinds": read_kind,
        "register_unit_kinds": read_unit_kind,
        "register_roles": read_role,
        "register_blueprints": pages.read_blueprint,
        "register_menu": pages.read_menu_entry,
        "register_actions": read_text,
        "register_agreement_types": read_type,
        "register_goal_measures": read_measure,
        "register_signing_providers": read_provider,
        "register_rule_sets": read_rule_set,
        "register_demo": _as_it_is,
        "register_personal_data": read_personal_data,
    }
    host.start(plugins, readers)
    return host


def installed(settings: Settings) -> dict[str, Callable[[], ModuleType]]:
    """What imports each room that is a plugin, and each plugin that is installed and allowed, by its name."""
    found: dict[str, Callable[[], ModuleType]] = {}
    for room in ROOMS:
        found[room.rpartition(".")[2]] = lambda room=room: import_module(f"{room}.plugin")  # type: ignore[misc]
    for entry in entry_points(group=GROUP):
        if entry.name in ALWAYS_ON or not settings.plugins or entry.name in settings.plugins:
            found[entry.name] = entry.load
    return found


def _as_it_is(_plugin: str, value: object) -> object:
    return value


def _limit(app: Flask) -> None:
    app.config["RATELIMIT_HEADERS_ENABLED"] = True
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri="memory://",
        default_limits=["1200 per minute"],
    )
    views: dict[str, Any] = app.view_functions
    for endpoint in ("security.login", "security.forgot_password", "security.send_confirmation"):
        if endpoint in views:
            views[endpoint] = limiter.limit("30 per minute", methods=["POST"])(views[endpoint])
    app.extensions["fotfeste_limiter"] = limiter


def _refuse_unsafe(settings: Settings) -> None:
    if settings.development:
        return
    for variable, url in settings.serving_urls().items():
        refuse_unsafe_role(variable, url)
