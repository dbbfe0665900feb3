"""The verbs of the tenant's own layout for Word."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask_babel import gettext as _

from core.access import service as access
from core.documents import service as documents
from core.documents.blocks import parse
from core.documents.document import Document, Part, Table
from core.documents.word.uploaded import LAYOUT, Described, checked_layout, described, tried
from core.documents.word.writing import render_docx
from core.kernel import audit, clock
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.service import current_tenant

MANAGE = "tenant:manage"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class StoredLayout:
    """The layout in use, with what it brings."""

    name: str
    stored_at: datetime
    brings: Described


def layout() -> StoredLayout | None:
    """The tenant's own layout, None when drafts look as Fotfeste makes them."""
    access.require(MANAGE)
    file = documents.newest(current_tenant().id, LAYOUT)
    return StoredLayout(file.name, file.stored_at, described(file.content)) if file else None


def replace(name: str, content: bytes) -> None:
    """Use another layout. Raises WordError."""
    access.require(MANAGE)
    checked = checked_layout(content)
    tried(checked, _sample())
    tenant_id = current_tenant().id
    with unit_of_work():
        documents.remove(tenant_id, LAYOUT)
        documents.store(tenant_id, LAYOUT, name, DOCX, checked)
        audit.record("tenant.word_layout_changed", "tenant", tenant_id)


def remove() -> None:
    """Use no layout of one's own."""
    access.require(MANAGE)
    tenant_id = current_tenant().id
    with unit_of_work():
        if documents.remove(tenant_id, LAYOUT):
            audit.record("tenant.word_layout_removed", "tenant", tenant_id)


def sample() -> bytes:
    """A page with everything that a draft may have, in the layout in use."""
    access.require(MANAGE)
    file = documents.newest(current_tenant().id, LAYOUT)
    return render_docx(_sample(), UUID(int=0), file.content if file else None)


def _sample() -> Document:
    tenant = current_tenant()
    table = Table(_("A table"), (_("What"), _("When")), ((_("Meeting"), _("each half-year")),))
    return Document(
        title=_("Sample of the layout"),
        subtitle=tenant.name,
        language=tenant.language,
        created=clock.now().astimezone(UTC),
        parts=(
            Part(_("A heading"), parse(_("A paragraph of text.\n\n- an item\n- another item")), number="1"),
            Part(_("A smaller heading"), (table,), level=2, references=(_("A reference to a law"),)),
        ),
        footer=tenant.name,
    )
