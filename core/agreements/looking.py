"""Writing down that somebody has seen the people of an agreement."""

from uuid import UUID

from core.kernel import audit

SHOWN = ("contacts", "signatories", "text")


def looked(agreement_id: UUID) -> None:
    """Note that the people and the text of an agreement are shown to whoever acts now."""
    audit.looked_at("agreement", agreement_id, fields=SHOWN)
