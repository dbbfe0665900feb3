"""How much a request may carry, and what no text may contain."""

from collections.abc import Iterable
from typing import Final

from flask import Flask, abort, request

BODY: Final = 4 * 1024 * 1024
FORM_IN_MEMORY: Final = 1024 * 1024
FORM_PARTS: Final = 1000
NUL: Final = "\0"


def init_app(app: Flask) -> None:
    """Limit the body to 4 MB, and refuse U+0000 in every address: PostgreSQL cannot store or compare it."""
    app.config["MAX_CONTENT_LENGTH"] = BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = FORM_IN_MEMORY
    app.config["MAX_FORM_PARTS"] = FORM_PARTS
    app.before_request(_refuse_nul_in_address)


def refuse_nul_in_form() -> None:
    """Answer 400 to U+0000 in a form; for forms that do not use ``core.web.fields``, such as sign-in.

    Attach it with ``blueprint.before_request``.
    """
    _refuse_nul(value for values in request.form.lists() for value in (values[0], *values[1]))


def _refuse_nul_in_address() -> None:
    _refuse_nul((request.path, *request.args.keys(), *(value for _, value in request.args.items(multi=True))))


def _refuse_nul(texts: Iterable[str]) -> None:
    if any(NUL in text for text in texts):
        abort(400)
