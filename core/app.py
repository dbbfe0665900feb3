"""The application factory: puts the rooms together, from the ground up."""

import os
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from core import delivery, health, tables, web
from core.access.roles import read_role
from core.access.security import init_security
from core.agreements.catalogue import read_type
from core.frame import web_hooks
from core.kernel.database import init_database
from core.kernel.database_roles import refuse_unsafe_role
from core.kernel.guard import init_guard
from core.kernel.settings import Settings
from core.plugin_host.checks import BadPluginError
from core.plugin_host.host import Host
from core.tenancy.gate import init_gate
from core.tenancy.kinds import read_kind
from core.tenancy.service import plugins_switched_on

GROUP = "fotfeste.plugins"
ROOMS = ("core.access", "core.agreements", "core.documents")
ALWAYS_ON = frozenset({"access", "agreements", "documents", "tenants"})


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application.

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
    host = start_host(app, settings)
    init_gate(app)
    init_security(app, settings)
    _limit(app)
    health.init_health(app)
    for contribution in host.declared("register_blueprints"):
        app.register_blueprint(contribution.value)
    init_guard(app)
    _refuse_unsafe(settings)
    return app


def start_host(app: Flask, settings: Settings) -> Host:
    """Load every installed and allowed plugin."""
    host = Host(active=plugins_switched_on, always_on=ALWAYS_ON)
    app.extensions["fotfeste_host"] = host
    readers: dict[str, Callable[[str, Any], Any]] = {
        "register_tenant_kinds": read_kind,
        "register_roles": read_role,
        "register_blueprints": _read_blueprint,
        "register_menu": _as_it_is,
        "register_agreement_types": read_type,
        "register_demo": _as_it_is,
    }
    host.start(_installed(settings), readers)
    delivery.init_delivery(host)
    return host


def _installed(settings: Settings) -> dict[str, Callable[[], ModuleType]]:
    found: dict[str, Callable[[], ModuleType]] = {}
    for room in ROOMS:
        found[room.rpartition(".")[2]] = lambda room=room: import_module(f"{room}.plugin")  # type: ignore[misc]
    for entry in entry_points(group=GROUP):
        if entry.name in ALWAYS_ON or not settings.plugins or entry.name in settings.plugins:
            found[entry.name] = entry.load
    return found


def _as_it_is(_plugin: str, value: Any) -> Any:
    return value


def _read_blueprint(plugin: str, blueprint: Any) -> Any:
    if not blueprint.name.startswith(plugin):
        raise BadPluginError(f"the blueprint {blueprint.name} must begin with {plugin}")
    return blueprint


def _limit(app: Flask) -> None:
    app.config["RATELIMIT_HEADERS_ENABLED"] = True
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", default_limits=["1200 per minute"])
    for endpoint in ("security.login", "security.forgot_password", "security.send_confirmation"):
        if endpoint in app.view_functions:
            limited = limiter.limit("30 per minute", methods=["POST"])(app.view_functions[endpoint])
            app.view_functions[endpoint] = limited
    app.extensions["fotfeste_limiter"] = limiter


def _refuse_unsafe(settings: Settings) -> None:
    if settings.development:
        return
    for url in (settings.database_url, settings.database_url_platform):
        refuse_unsafe_role(url)
