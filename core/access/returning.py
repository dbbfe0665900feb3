"""Where a person goes on after signing in: always to a page of ours."""

import re
from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.tenancy import service as tenancy
from core.tenancy.service import TenantCard
from core.web.htmx import is_fragment
from core.web.pages import own_path

FIRST_PAGE = "/tenants"
ENTRANCE = "/sign-in"
BELOW = re.compile(r"/t/([^/?#]+)(?:/|$)")


def page_here() -> str:
    """The page to come back to: this one, or the one that a form or a fragment was asked for from."""
    if request.method == "GET" and not is_fragment():
        return own_path(request.full_path.rstrip("?"))
    before = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    if before.netloc != request.host:
        return FIRST_PAGE
    return own_path(f"{before.path}?{before.query}" if before.query else before.path)


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead somebody who is not signed in to the entrance, and back here afterwards."""
    if request.method != "GET":
        flash(_("You are not signed in any more. What you sent just now was not stored."), "warning")
    return redirect(url_for("security.login", next=page_here()))


def inside(target: str | None) -> str:
    """A target as it is if it is a page of ours behind the entrance; else nothing."""
    if not target or own_path(target) != target or target.startswith(ENTRANCE):
        return ""
    return target


def tenant_behind(target: str | None) -> TenantCard | None:
    """The tenant whose page lies behind the entrance; by the address alone, whoever asks."""
    found = BELOW.match(inside(target))
    return tenancy.by_slug(found[1]) if found else None


def wanted() -> str:
    """Where the ``next`` of this request leads, or the first page behind the entrance."""
    return inside(request.values.get("next")) or FIRST_PAGE
