"""Pictures of the pages of a draft's PDF. They are made anew each time and never stored or sealed."""

from base64 import b64encode
from dataclasses import dataclass
from uuid import UUID

from core.agreements.drafts.service import open_draft
from core.agreements.models import Agreement
from core.agreements.printing.service import draft_document
from core.documents.pdf import render_pages

DOTS_PER_INCH = 100


@dataclass(frozen=True)
class Preview:
    """A draft as it will be printed; ``pictures`` are the addresses of its pages, as data."""

    agreement: Agreement
    pictures: tuple[str, ...]


def preview(agreement_id: UUID) -> Preview:
    """A draft as it stands now. Raises NotFound, Refused, or Conflict when it is no draft any more."""
    parts = open_draft(agreement_id)
    pages = render_pages(draft_document(parts), DOTS_PER_INCH)
    return Preview(parts.agreement, tuple(_as_address(png) for png in pages))


def _as_address(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"
