"""Fragments: the same address answers with a page, or with one of its blocks when htmx asks."""

from typing import Any, Final

from flask import Flask, current_app, render_template
from flask.wrappers import Response
from flask_htmx import HTMX
from jinja2 import TemplateNotFound

htmx = HTMX()
CLIENT: Final = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    # Without "style", which the content security policy refuses.
    "attributesToSettle": ["class", "width", "height"],
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "historyRestoreAsHxRequest": False,
    "refreshOnHistoryMiss": True,
    "timeout": 20000,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "[45]..", "swap": True, "error": True},
    ],
}
"""How htmx is set up: nothing that the content policy would stop; problems are shown, not dropped."""


def init_app(app: Flask) -> None:
    """Fit flask-htmx and its settings for the page."""
    htmx.init_app(app)
    app.jinja_env.globals["htmx_settings"] = CLIENT
    app.after_request(_leave_the_page)


def is_fragment() -> bool:
    """Whether htmx asks for a part of a page. History and boosted links get the whole page."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page_or_fragment(template: str, block: str, **context: Any) -> str:
    """Render a template, or only one of its blocks when htmx asks for a fragment.

    What stands outside the blocks (``{% import %}``, ``{% set %}``) does not exist in a fragment.
    Raises TemplateNotFound when the template has no such block of its own.
    """
    if not is_fragment():
        return render_template(template, **context)
    return render_block(template, block, **context)


def render_block(template: str, block: str, **context: Any) -> str:
    """Render one block of a template, with the same context as the whole."""
    found = current_app.jinja_env.get_template(template)
    if block not in found.blocks:
        raise TemplateNotFound(template, f"{template} has no block {block} of its own")
    current_app.update_template_context(context)
    return "".join(found.blocks[block](found.new_context(context)))


def _leave_the_page(response: Response) -> Response:
    """Turn a redirect into a visit: htmx would put the other page inside this one."""
    if not is_fragment() or response.status_code not in {301, 302, 303, 307, 308}:
        return response
    response.headers["HX-Redirect"] = response.headers.pop("Location")
    response.status_code = 204
    response.set_data(b"")
    return response
