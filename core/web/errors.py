"""Error pages: what went wrong and what to do next, as a page, as a fragment or as JSON for the API."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask, g, jsonify, make_response, render_template, request
from flask.wrappers import Response
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from core.kernel import security_log
from core.kernel.audit import current_actor
from core.kernel.errors import Message, Problem, TooMany
from core.kernel.scope import current_scope
from core.web.frame import bare_frame, safe_frame
from core.web.hooks import current_hooks
from core.web.htmx import is_fragment

API: Final = "/api/"
SERVER_ERROR: Final = 500
log = logging.getLogger(__name__)

TITLES: Final[Mapping[int, Message]] = {
    400: _("We could not understand the request"),
    401: _("You must sign in first"),
    403: _("You do not have access to this"),
    404: _("We did not find the page"),
    405: _("This cannot be done from here"),
    409: _("Something has changed in the meantime"),
    410: _("This link no longer works"),
    413: _("What you sent is too large"),
    415: _("We cannot read this kind of file"),
    422: _("Something must be corrected"),
    429: _("Too many attempts"),
    500: _("Something went wrong on our side"),
    503: _("Fotfeste is not ready yet"),
}
ADVICE: Final[Mapping[int, Message]] = {
    400: _("Go back, load the page again and try once more."),
    401: _("Sign in, and you come back to this page."),
    403: _("Ask an administrator in your organisation if you need access."),
    404: _("Check the address, or start from the front page. You may also lack access to what was here."),
    405: _("Go back and use the buttons on the page."),
    409: _("Load the page again to see the latest version. Then decide whether your change is still needed."),
    410: _("Ask whoever sent you the link for a new one."),
    413: _("The limit is 4 MB. Choose a smaller file or shorten the text."),
    415: _("Choose a file of one of the kinds that the page names."),
    422: _("Go back, check what you filled in and try again."),
    429: _("Wait a few minutes before you try again."),
    500: _("Nothing is lost that was saved before. Try again in a moment. Tell support if it happens again."),
    503: _("Try again in a minute."),
}
SECURITY_EVENTS: Final = {403: security_log.REFUSED, 404: security_log.HIDDEN, 429: security_log.LIMITED}
SESSION_OVER: Final = _("The page has been open for too long, or you have signed in or out in another tab.")
RELOAD: Final = _(
    "Load the page again and repeat the last step. Copy long text first, so that you do not lose it."
)


@dataclass(frozen=True)
class ErrorPage:
    """The variable ``error`` of ``templates/errors``.

    ``code`` is stable, for programs and support; ``reference`` finds a server error in the log.
    """

    status: int
    code: str
    title: Message
    advice: Message
    message: Message = ""
    fields: Mapping[str, Message] = field(default_factory=dict)
    reference: str = ""


def init_app(app: Flask) -> None:
    """Answer every problem and every HTTP error readably."""
    app.register_error_handler(Problem, _on_problem)
    app.register_error_handler(CSRFError, _on_csrf)
    app.register_error_handler(HTTPException, _on_http)
    app.log_exception = _log_exception  # type: ignore[method-assign, assignment]


def describe(status: int, code: str = "", message: Message = "") -> ErrorPage:
    """The page for a status; statuses without words of their own speak as the first of their hundred."""
    known = status if status in TITLES else status // 100 * 100
    known = known if known in TITLES else SERVER_ERROR
    return ErrorPage(status, code or f"http_{status}", TITLES[known], ADVICE[known], message)


def _log_exception(error: Any) -> None:
    """Name the kind of address, never the address: it can hold a personal link or a forged line."""
    log.error("exception at %s %s", request.method, request.url_rule, exc_info=error)


def _on_problem(problem: Problem) -> Response:
    _note_refusal(problem)
    page = describe(problem.status, problem.code)
    response = _answer(
        ErrorPage(page.status, page.code, page.title, page.advice, problem.message, problem.fields)
    )
    if isinstance(problem, TooMany):
        response.headers["Retry-After"] = str(problem.seconds)
    return response


def _note_refusal(problem: Problem) -> None:
    """Whoever tries what they may not, or ids that are not theirs, is seen by whoever watches."""
    event = SECURITY_EVENTS.get(problem.status)
    # A stranger at an address that never was is noise; somebody inside a tenant's address is not.
    if event and (current_scope() is not None or current_actor().id is not None):
        security_log.note(event, code=problem.code, endpoint=request.endpoint, method=request.method)


def _on_csrf(error: CSRFError) -> Response:
    log.info("refused a form without a valid token: %s", error.description)
    return _answer(ErrorPage(400, "csrf", TITLES[400], RELOAD, SESSION_OVER))


def _on_http(error: HTTPException) -> Response:
    status = error.code or SERVER_ERROR
    if status < 400:  # noqa: PLR2004  the smallest status that is an error
        return make_response(error.get_response())
    if status < SERVER_ERROR:
        return _answer(describe(status), error)
    reference = secrets.token_hex(4)
    log.error("server error %s at %s %s", reference, request.method, request.url_rule)
    page = describe(status)
    return _answer(ErrorPage(status, page.code, page.title, page.advice, reference=reference), error)


def _answer(page: ErrorPage, error: HTTPException | None = None) -> Response:
    response = make_response(_body(page), page.status)
    if is_fragment():
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML"
    for name, value in error.get_headers() if error else ():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _body(page: ErrorPage) -> str | Response:
    if request.path.startswith(API):
        return jsonify(_as_json(page))
    if page.status >= SERVER_ERROR:
        g.frame = bare_frame()
    safe_frame()
    if is_fragment():
        return render_template("errors/fragment.html", error=page)
    return render_template("errors/page.html", error=page, note=current_hooks().error_note(page.status))


def _as_json(page: ErrorPage) -> dict[str, Any]:
    return {
        "code": page.code,
        "message": str(page.message or page.title),
        "advice": str(page.advice),
        "fields": {name: str(message) for name, message in page.fields.items()},
    }
