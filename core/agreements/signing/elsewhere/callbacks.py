"""Where a service tells what has happened. It has no cookie: only its own signature lets it in."""

from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from core.access.limits import limited
from core.access.security import external
from core.agreements.signing.elsewhere.hearing import hear
from core.kernel.errors import Problem
from core.plugin_host.signing import Callback
from core.web.csrf import csrf

MOST_BYTES: Final = 64 * 1024

callbacks = Blueprint("agreements_signing_callbacks", __name__, url_prefix="/t/<slug>")
csrf.exempt(callbacks)


@callbacks.post("/signing-callbacks/<provider>")
@external
@limited("240 per minute")
def take(provider: str) -> Any:
    """Take in what a service tells, and answer in JSON with a code of ours."""
    # Werkzeug stops reading there, whatever length the request says that it has.
    request.max_content_length = MOST_BYTES
    headers = {name.lower(): value for name, value in request.headers}
    callback = Callback(headers, request.get_data(), request.args.to_dict())
    try:
        is_new = hear(provider, callback)
    except Problem as problem:
        return _answer(problem.code, str(problem.message)), problem.status
    return _answer("signing_callback.taken" if is_new else "signing_callback.known", "")


def _answer(code: str, message: str) -> Response:
    return jsonify(code=code, message=message)
