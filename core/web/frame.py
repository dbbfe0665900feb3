"""What every page is promised: the documented context of ``templates/layout``."""

import logging
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy

from core.kernel import clock
from core.web.hooks import AccountInFrame, MenuItem, TenantInFrame, current_hooks
from core.web.languages import LANGUAGES, current_language

PRODUCT: Final = "Fotfeste"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Language:
    """One choice of the language switch."""

    code: str
    name: str
    is_current: bool


@dataclass(frozen=True)
class Frame:
    """The variable ``frame`` of every template.

    Attributes:
        product: the name of the product.
        language: ``nb``, ``da`` or ``en``; also the ``lang`` of the page.
        languages: the choices of the language switch.
        path: path and query of this page, where the language switch returns to.
        year: the present year, for the footer.
        tenant: the tenant of the page, if the reader may know it.
        account: the signed-in account.
        menu: entries of the main menu.
    """

    product: str
    language: str
    languages: tuple[Language, ...]
    path: str
    year: int
    tenant: TenantInFrame | None = None
    account: AccountInFrame | None = None
    menu: tuple[MenuItem, ...] = ()

    def is_current(self, item: MenuItem, active: str = "") -> bool:
        """Whether a menu entry is where the reader is; a page may say so itself by ``active_menu``."""
        if active:
            return item.key == active
        return max(self._matching(), key=lambda other: len(other.url), default=None) == item

    def _matching(self) -> list[MenuItem]:
        path = self.path.split("?")[0].rstrip("/") + "/"
        return [item for item in self.menu if path.startswith(item.url.rstrip("/") + "/")]


def init_app(app: Flask) -> None:
    """Give every template ``frame``, built when a template first looks at it."""
    app.context_processor(lambda: {"frame": LocalProxy(current_frame)})


def current_frame() -> Frame:
    """The frame of this request, built once."""
    if "frame" not in g:
        g.frame = _full_frame()
    frame: Frame = g.frame
    return frame


def safe_frame() -> None:
    """Give an error page a frame, even when what broke is an account, a tenant or the database."""
    try:
        current_frame()
    except Exception:  # an error page must come out whatever is broken; the cause is in the log
        log.exception("the frame of an error page could not be built")
        g.frame = bare_frame()


def bare_frame() -> Frame:
    """A frame that asks nobody: product name and language switch."""
    language = current_language()
    languages = tuple(Language(code, name, code == language) for code, name in LANGUAGES.items())
    return Frame(PRODUCT, language, languages, _return_path(), clock.now().year)


def _return_path() -> str:
    """Where the language switch returns to: this page, or the page whose form was sent from it."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    for path in (request.path, came_from.path if came_from.netloc == request.host else "/"):
        if _can_be_opened(path):
            return path
    return "/"


def _can_be_opened(path: str) -> bool:
    try:
        current_app.url_map.bind(request.host).match(path, method="GET")
    except HTTPException:
        return False
    return True


def _full_frame() -> Frame:
    hooks, bare = current_hooks(), bare_frame()
    return Frame(
        bare.product,
        bare.language,
        bare.languages,
        bare.path,
        bare.year,
        tenant=hooks.tenant(),
        account=hooks.account(),
        menu=tuple(hooks.menu()),
    )
