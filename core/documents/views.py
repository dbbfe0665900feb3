"""Stored files as the browser gets them. The gate lets only members of the tenant in."""

from typing import Final
from uuid import UUID

from flask import Blueprint, make_response, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from core.documents import service
from core.kernel.errors import NotFound

files = Blueprint("documents_files", __name__)

FOR_EVERY_MEMBER: Final = frozenset({"logo"})
"""Purposes of files that need no permission beyond membership; others have pages of their own."""


@files.get("/t/<slug>/files/<uuid:file_id>")
def file(file_id: UUID) -> Response:
    """A logo of the tenant; it never changes, so the browser only asks whether it still may show it."""
    found = service.read(file_id)
    if found.purpose not in FOR_EVERY_MEMBER:
        raise NotFound("file.not_found", _("We cannot find this file."))
    response = make_response(found.content)
    response.mimetype = found.media_type
    response.set_etag(found.sha256)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    response.headers["Content-Disposition"] = "inline"
    return response.make_conditional(request)
