"""What a report says, as plain JSON: what is shown, printed, and frozen when it is sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from core.agreements.contacts.people import Listed
from core.agreements.models import Agreement
from core.agreements.reports.facts import SECTIONS, titles_in
from core.agreements.reports.models import Report
from core.documents.blocks import Block, fill, parse, placeholders, to_html
from core.kernel import clock
from core.obligations.keeping import Promised
from core.tenancy.service import current_tenant

FORMAT = 1


def content_of(
    report: Report, agreement: Agreement, promise: Promised, receivers: list[Listed], writer: str
) -> dict[str, Any]:
    """The whole report as it stands. A section without lines and without a text is left out."""
    sections = [_section(report, key, title) for key, title in titles_in(agreement.language).items()]
    return {
        "format": FORMAT,
        "language": agreement.language,
        "title": promise.title,
        "agreement": agreement.title,
        "sender": current_tenant().name,
        "writer": writer,
        "receivers": [{"party": one.party, "name": one.reached_now.name} for one in receivers],
        "from": report.from_on.isoformat(),
        "until": report.until_on.isoformat(),
        "facts_on": clock.local(report.facts_at, current_tenant().timezone).date().isoformat(),
        "number": report.number,
        "reason": report.reason,
        "sections": [one for one in sections if one["lines"] or one["text"]],
    }


def _section(report: Report, key: str, title: str) -> dict[str, Any]:
    if key not in SECTIONS:
        raise LookupError(f"a report has no section {key}")
    return {"key": key, "title": title, "lines": report.facts.get(key, []), "text": report.texts.get(key, "")}


def day(content: Mapping[str, Any], name: str) -> date:
    """One of the days of a report."""
    return date.fromisoformat(content[name])


def blocks_of(text: str) -> tuple[Block, ...]:
    """What somebody wrote, as paragraphs and lists; braces are only braces here."""
    found = parse(text, lenient=True)
    return fill(found, {key: f"{{{key}}}" for key in placeholders(found)})


def html_of(text: str) -> Markup:
    """The same for a page."""
    return to_html(blocks_of(text), lambda key: key)
