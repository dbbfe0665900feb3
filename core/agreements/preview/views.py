"""The page of the preview; beside the text on a wide screen, where htmx brings it in."""

from uuid import UUID

from flask import Blueprint

from core.agreements.preview import service
from core.web.htmx import page_or_fragment

preview = Blueprint("agreements_preview", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>")


@preview.get("/preview")
def page(agreement_id: UUID) -> str:
    """The pages of the draft's PDF as they stand now."""
    return page_or_fragment("agreements/preview/page.html", "pages", preview=service.preview(agreement_id))
