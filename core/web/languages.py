"""Which language a page speaks: own choice first, then the tenant's, then the browser's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

from flask import Flask, has_request_context, request
from flask.wrappers import Response
from flask_babel import Babel, force_locale, get_locale
from werkzeug.wrappers import Response as BaseResponse

from core.web.cookies import cookie_name
from core.web.hooks import current_hooks

LANGUAGES: Final = {"nb": "Norsk bokmål", "da": "Dansk", "en": "English"}
"""Language code → its name in the language itself."""

FALLBACK: Final = "en"
LOCALES: Final = {"nb": "nb", "da": "da", "en": "en_GB"}
RELATIVES: Final = {"no": "nb", "nn": "nb"}
COOKIE: Final = "language"
COOKIE_AGE: Final = timedelta(days=365)
TRANSLATIONS: Final = Path(__file__).parent / "translations"


def init_app(app: Flask) -> None:
    """Fit flask-babel, and let Flask-Security speak through our own catalogue after its built-in one."""
    folders = [TRANSLATIONS, *current_hooks(app).translations]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(folder) for folder in folders)
    app.config.setdefault("SECURITY_I18N_DIRNAME", ["builtin", str(TRANSLATIONS)])
    Babel(app, default_locale=LOCALES[FALLBACK], locale_selector=_locale, timezone_selector=_timezone)
    app.after_request(_name_language)


def supported(tag: str | None) -> str | None:
    """The language of ours that a tag such as ``nn-NO`` or ``da`` means, or None."""
    if not tag:
        return None
    base = tag.replace("_", "-").split("-")[0].lower()
    language = RELATIVES.get(base, base)
    return language if language in LANGUAGES else None


def current_language() -> str:
    """The language of what is being written: ``nb``, ``da`` or ``en``."""
    locale = get_locale()
    return supported(locale.language if locale else None) or FALLBACK


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Write in another language than the reader's, for example a mail. Needs an application context."""
    with force_locale(LOCALES[supported(language) or FALLBACK]):
        yield


def remember(response: BaseResponse, language: str) -> None:
    """Keep a chosen language in a cookie for a year."""
    response.set_cookie(
        cookie_name(COOKIE),
        language,
        max_age=COOKIE_AGE,
        secure=current_hooks().production,
        httponly=True,
        samesite="Lax",
    )


def browser_language() -> str | None:
    """The first language of the browser's list that we have, by its own order of preference."""
    for tag, quality in request.accept_languages:
        language = supported(tag)
        if language and quality > 0:
            return language
    return None


def _choose() -> str:
    hooks = current_hooks()
    return (
        supported(hooks.account_language())
        or supported(request.cookies.get(cookie_name(COOKIE)))
        or supported(hooks.tenant_language())
        or browser_language()
        or FALLBACK
    )


def _locale() -> str:
    return LOCALES[_choose() if has_request_context() else FALLBACK]


def _timezone() -> str:
    return (current_hooks().timezone() if has_request_context() else None) or "UTC"


def _name_language(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.content_language.add(current_language())
    return response
