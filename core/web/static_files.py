"""Static files: their addresses carry a hash of the content, so browsers may keep them for a year."""

import hashlib
import logging
import re
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, current_app, request, send_from_directory, url_for
from flask.wrappers import Response

STATIC: Final = Path(__file__).parent / "static"
FOLDERS: Final = ("", "vendor/")
A_YEAR: Final = 365 * 24 * 3600
HASHED_NAME: Final = re.compile(r"\.[0-9a-f]{10}\.woff2$")
log = logging.getLogger(__name__)

blueprint = Blueprint("files", __name__)


def init_app(app: Flask) -> None:
    """Offer ``asset_url`` to every template and answer below ``/assets/``."""
    app.jinja_env.globals["asset_url"] = asset_url
    app.register_blueprint(blueprint)


def asset_url(name: str) -> str:
    """The address of a file in ``static`` or ``static/vendor``, such as ``htmx.js``."""
    path = _path_of(name)
    if path is None:
        log.error("static file %s is missing: run npm ci and python -m core.web.assets.build", name)
        return url_for("files.static_file", name=name)
    version = content_hash(path) if not current_app.debug else content_hash.__wrapped__(path)
    return url_for("files.static_file", name=path, v=version)


@blueprint.get("/assets/<path:name>")
def static_file(name: str) -> Response:
    """A static file; kept for a year when it was asked for by its present hash."""
    response = send_from_directory(STATIC, name, conditional=True)
    if HASHED_NAME.search(name) or request.args.get("v") == content_hash(name):
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = A_YEAR
        response.cache_control.immutable = True
    return response


@cache
def content_hash(path: str) -> str:
    """Ten hexadecimal digits that change with the content of a file in ``static``."""
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]


def _path_of(name: str) -> str | None:
    return next((folder + name for folder in FOLDERS if (STATIC / folder / name).is_file()), None)
