"""What other rooms hand to the page frame, so that it knows neither accounts nor tenants."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask, current_app
from markupsafe import Markup

EXTENSION: Final = "fotfeste.web"


@dataclass(frozen=True)
class MenuItem:
    """One entry of the main menu or of the account menu.

    ``count`` is shown as a small number beside the title (0: not shown). ``key`` is what a page names as
    ``active_menu`` to mark itself; without that, the entry whose address begins the current path is marked.
    """

    key: str
    title: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class AccountInFrame:
    """The signed-in person as the header shows them. ``sign_out_url`` answers to POST."""

    name: str
    sign_out_url: str
    links: tuple[MenuItem, ...] = ()


@dataclass(frozen=True)
class TenantInFrame:
    """The tenant as the header shows it. ``notice`` is a sentence below (for example: not confirmed).

    ``reminders`` are sentences that lead to a page, such as whom the reader stands in for now.
    """

    name: str
    url: str
    logo_url: str = ""
    notice: str = ""
    reminders: tuple[MenuItem, ...] = ()


def _nobody() -> None:
    return None


def _no_menu() -> Sequence[MenuItem]:
    return ()


def _forget(language: str) -> None:
    """Without accounts a choice of language lives in the cookie alone."""


def _no_notes(status: int) -> Markup:
    del status
    return Markup()


@dataclass(frozen=True)
class WebHooks:
    """Callables that are asked once per page, inside the request.

    Attributes:
        production: strict transport security and secure cookies are switched on.
        tenant: the tenant of the page, if the reader may know it.
        account: the signed-in account.
        menu: entries of the main menu.
        account_language: the language that the signed-in account has chosen (``nb``, ``da``, ``en``) or None.
        keep_account_language: stores a choice for the signed-in account, if there is one.
        tenant_language: the language of the tenant of the page, or None.
        timezone: IANA name such as ``Europe/Oslo`` for the times on the page, or None (then UTC).
        translations: folders of catalogues besides those of core; on equal messages the last wins.
        error_note: something helpful below an error page for a status, such as a link to sign in.
    """

    production: bool = True
    tenant: Callable[[], TenantInFrame | None] = _nobody
    account: Callable[[], AccountInFrame | None] = _nobody
    menu: Callable[[], Sequence[MenuItem]] = _no_menu
    account_language: Callable[[], str | None] = _nobody
    keep_account_language: Callable[[str], None] = _forget
    tenant_language: Callable[[], str | None] = _nobody
    timezone: Callable[[], str | None] = _nobody
    translations: tuple[Path, ...] = ()
    error_note: Callable[[int], Markup] = _no_notes


def current_hooks(app: Flask | None = None) -> WebHooks:
    """The hooks that this application was given."""
    hooks: WebHooks = (app or current_app).extensions[EXTENSION]
    return hooks
