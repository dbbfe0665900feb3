"""How a request enters a tenant: by its address, before anything else is looked at."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask_babel import lazy_gettext as _

from core.kernel.errors import NotFound, Refused
from core.kernel.scope import tenant_scope
from core.tenancy import service

View = TypeVar("View", bound=Callable[..., Any])
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def init_gate(app: Flask) -> None:
    """Enter the tenant that ``<slug>`` names, for exactly one request."""
    app.url_value_preprocessor(_take_slug)
    app.url_defaults(_give_slug)
    app.before_request(_enter)
    app.teardown_request(_leave)


def _take_slug(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "slug" in values:
        g.slug = values.pop("slug")


def _give_slug(endpoint: str, values: dict[str, Any]) -> None:
    if "slug" in values or "slug" not in g:
        return

    if current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values["slug"] = g.slug


def _enter() -> None:
    if "slug" not in g or request.routing_exception is not None:
        return
    tenant = service.by_slug(g.slug)
    if tenant is None:
        raise NotFound("tenant.not_found", _("We cannot find this page."))
    g.scope_of_request = ExitStack()
    g.scope_of_request.enter_context(tenant_scope(tenant.id))
    g.tenant = tenant


def _leave(error: BaseException | None) -> None:
    scope = g.pop("scope_of_request", None)
    if scope is not None:
        scope.__exit__(type(error) if error else None, error, error.__traceback__ if error else None)


def init_suspension(app: Flask) -> None:
    """Below the address of a suspended tenant only reading goes on. Comes after whoever refuses strangers."""
    app.before_request(_refuse_writing)


def open_when_suspended(view: View) -> View:
    """Let a form of a suspended tenant be sent all the same: taking its data out, or leaving."""
    view.open_when_suspended = True  # type: ignore[attr-defined]
    return view


def _refuse_writing() -> None:
    tenant = g.get("tenant")
    if tenant is None or not tenant.suspended or request.method in READING:
        return
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "open_when_suspended", False):
        raise Refused(
            "tenant.suspended",
            _("Fotfeste is suspended for this organisation. You can read, but not change or send anything."),
        )
