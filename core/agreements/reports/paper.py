"""A report as PDF: accessible and archivable like an agreement. The same report gives the same bytes."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from core.agreements.printing.service import PrintedFile
from core.agreements.reports.content import blocks_of, day
from core.documents.blocks import Block, BulletList, Text
from core.documents.document import Document, Part
from core.documents.pdf import render_pdf
from core.web.formats import written_date
from core.web.languages import in_language


def printed(content: Mapping[str, Any], created: datetime, sha256: str) -> PrintedFile:
    """The PDF of a report; without a fingerprint it is marked as a draft."""
    with in_language(content["language"]):
        document = Document(
            title=content["title"],
            subtitle=content["agreement"] if sha256 else f"{content['agreement']} · {_('Draft')}",
            language=content["language"],
            created=created,
            parts=tuple(_parts(content)),
            identifier=sha256,
            author=content["sender"],
            facts=tuple(facts(content)),
            footer=content["agreement"],
            page_word=_("Page {page} of {pages}"),
        )
        return PrintedFile(_name(content), render_pdf(document))


def facts(content: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What stands at the head of a report, in the language of the page."""
    period = _(
        "%(first)s to %(last)s",
        first=written_date(day(content, "from")),
        last=written_date(day(content, "until")),
    )
    yield _("Period"), period
    yield _("From"), f"{content['sender']}, {content['writer']}".strip(", ")
    yield _("To"), ", ".join(f"{one['name']} ({one['party']})" for one in content["receivers"])
    if content["number"] > 1:
        yield _("Version"), str(content["number"])
        yield _("Why it replaces the earlier one"), content["reason"]
    yield _("Figures from"), written_date(day(content, "facts_on"))


def _parts(content: Mapping[str, Any]) -> Iterable[Part]:
    for section in content["sections"]:
        yield Part(section["title"], (*_lines(section["lines"]), *blocks_of(section["text"])))


def _lines(lines: list[str]) -> Iterable[Block]:
    if lines:
        yield BulletList(tuple((Text(line),) for line in lines))


def _name(content: Mapping[str, Any]) -> str:
    words = re.sub(r"[^\w-]+", "-", f"{content['title']}-{content['until']}").strip("-_")[:80]
    return f"{words or 'report'}.pdf"
