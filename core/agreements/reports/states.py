"""How a report stands, derived from its dates and from what came after it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any


class ReportStatus(StrEnum):
    """A report is written, then sent; one that was sent is replaced when a later one is sent."""

    DRAFT = "draft"
    SENT = "sent"
    REPLACED = "replaced"


def status_of(report: Any, others: Iterable[Any]) -> ReportStatus:
    """How a report stands among the reports of its promise. Takes anything with the columns of `Report`."""
    if report.sent_at is None:
        return ReportStatus.DRAFT
    newer = any(one.number > report.number and one.sent_at is not None for one in others)
    return ReportStatus.REPLACED if newer else ReportStatus.SENT
