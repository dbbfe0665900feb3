"""What privacy prints: everything about a person, the certificate of an erasure, the record of processing."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from core.access import service as access
from core.documents.blocks import Paragraph, Text
from core.documents.document import Document, Part, Table
from core.documents.pdf import render_pdf
from core.kernel import clock
from core.plugin_host.privacy import Erasure, Outcome, PersonalData, PersonRecord, Retention
from core.plugin_host.wording import Wording
from core.privacy.declared import all_personal_data, titles_in
from core.privacy.models import ErasureRun
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def outcome_words(outcome: Outcome) -> str:
    """What was done, in the language of the page."""
    words = {
        Outcome.ERASE: _("Erased"),
        Outcome.ANONYMISE: _("Made anonymous"),
        Outcome.KEEP: _("Kept"),
    }
    return words[outcome]


def period_words(period: Retention, language: str) -> str:
    """How long data are kept, such as "24 months after access has ended"."""
    event = period.after.in_language(language)
    if period.months:
        return _("%(count)s months after this: %(event)s", count=period.months, event=event)
    if period.days:
        return _("%(count)s days after this: %(event)s", count=period.days, event=event)
    return _("until this: %(event)s", event=event)


def person_pdf(records: Iterable[PersonRecord], language: str, now: datetime) -> bytes:
    """Everything about a person, readable, by category."""
    tenant = current_tenant()
    with in_language(language):
        document = Document(
            title=_("What we keep about you"),
            subtitle=tenant.name,
            language=language,
            created=now,
            parts=(_about_your_rights(), *_record_parts(records, language)),
            facts=((_("Date"), written_date(clock.local(now, tenant.timezone))),),
            page_word=_("Page {page} of {pages}"),
        )
        return render_pdf(document)


def _about_your_rights() -> Part:
    text = _(
        "This is everything that is kept about you here. You may ask us to correct what is wrong and to "
        "erase what is not needed any more, and you may complain to the data protection authority."
    )
    return Part(_("Your rights"), (Paragraph((Text(text),)),))


def _record_parts(records: Iterable[PersonRecord], language: str) -> list[Part]:
    declared = {one.key: one for one in all_personal_data()}
    by_category: dict[str, list[PersonRecord]] = defaultdict(list)
    for record in records:
        by_category[record.data].append(record)
    return [
        _category_part(declared[key], by_category[key], language)
        for key in sorted(by_category)
        if key in declared
    ]


def _category_part(data: PersonalData, records: Sequence[PersonRecord], language: str) -> Part:
    why = _(
        "Purpose: %(purpose)s. Legal basis: %(basis)s. Kept %(period)s.",
        purpose=data.purpose.in_language(language),
        basis=data.legal_basis.in_language(language),
        period=period_words(data.retention, language),
    )
    tables = [_record_table(data, one, language) for one in records]
    return Part(data.title.in_language(language), (Paragraph((Text(why),)), *tables))


def record_labels(language: str) -> dict[str, str]:
    """What each personal column is called, by ``table.column``."""
    return {
        column.name: column.label.in_language(language)
        for one in all_personal_data()
        for column in one.columns
    }


def _record_table(data: PersonalData, record: PersonRecord, language: str) -> Table:
    labels = record_labels(language)
    rows = [(labels.get(name, name), _shown(value)) for name, value in record.values.items()]
    rows += [(label.in_language(language), _fact(value, language)) for label, value in record.facts]
    rows += [(_("File"), file.name) for file in record.files]
    return Table(record.where or data.title.in_language(language), (_("What"), _("Content")), tuple(rows))


def _fact(value: Wording | str, language: str) -> str:
    return value.in_language(language) if isinstance(value, Wording) else value


def _shown(value: Any) -> str:
    return "\n".join(_texts_in(value)) if isinstance(value, list | dict) else str(value)


def _texts_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts_in(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts_in(one)]
    return [] if value is None or value == "" else [str(value)]


def who_decided(run: ErasureRun) -> tuple[str, str]:
    """The names of whoever asked for an erasure and of whoever approved it."""
    names = access.names_of([one for one in (run.asked_by, run.approved_by) if one])
    approver = names.get(run.approved_by, "") if run.approved_by else _("Nobody else")
    return names.get(run.asked_by, ""), approver


def certificate_pdf(run: ErasureRun, lines: Iterable[Erasure], language: str) -> bytes:
    """The certificate of an erasure: what, when, who; nothing about the person."""
    tenant = current_tenant()
    titles = titles_in(language)
    table = Table(
        _("What was done"),
        (_("Category"), _("Result"), _("Count"), _("Why it was kept")),
        tuple(
            (
                titles.get(one.data, one.data),
                outcome_words(one.outcome),
                str(one.count),
                one.because.in_language(language) if one.because and one.outcome is Outcome.KEEP else "",
            )
            for one in lines
        ),
    )
    at = clock.local(run.ran_at or run.asked_at, tenant.timezone)
    asker, approver = who_decided(run)
    facts = (
        (_("Date"), written_date(at)),
        (_("Asked by"), asker),
        (_("Approved by"), approver),
        (_("Reason"), run.reason),
    )
    document = Document(
        title=_("Certificate of erasure"),
        subtitle=tenant.name,
        identifier=str(run.id),
        language=language,
        created=run.finished_at or run.ran_at or run.asked_at,
        parts=(Part(_("Result"), (table,)),),
        facts=tuple((label, text) for label, text in facts if text),
        page_word=_("Page {page} of {pages}"),
    )
    return render_pdf(document)


def record_columns() -> list[str]:
    """The headings of the record of processing."""
    return [
        _("Category"),
        _("About whom"),
        _("What"),
        _("Purpose"),
        _("Legal basis"),
        _("How long"),
        _("Receivers"),
        _("Security"),
    ]


def record_row(data: PersonalData, language: str) -> list[str]:
    """One line of the record of processing."""
    labels = dict.fromkeys(column.label.in_language(language) for column in data.columns)
    return [
        data.title.in_language(language),
        data.about.in_language(language),
        ", ".join(labels),
        data.purpose.in_language(language),
        data.legal_basis.in_language(language),
        period_words(data.retention, language),
        data.recipients.in_language(language) if data.recipients else _("Nobody outside the organisation"),
        data.security.in_language(language)
        if data.security
        else _("Access by role, and a log of every look"),
    ]


def record_csv(categories: Iterable[PersonalData], language: str) -> str:
    """The record of processing as a table for a spreadsheet, where no text is taken for a formula."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(record_columns())
    for data in categories:
        writer.writerow([_not_a_formula(cell) for cell in record_row(data, language)])
    return BOM + written.getvalue()


def _not_a_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def record_pdf(categories: Iterable[PersonalData], language: str, now: datetime) -> bytes:
    """The record of processing on paper, one part for each category."""
    tenant, columns = current_tenant(), record_columns()
    parts = [
        Part(
            row[0], (Table(row[0], (_("What"), _("Content")), tuple(zip(columns[1:], row[1:], strict=True))),)
        )
        for row in (record_row(data, language) for data in categories)
    ]
    document = Document(
        title=_("Record of processing"),
        subtitle=tenant.name,
        language=language,
        created=now,
        parts=tuple(parts),
        facts=((_("Controller"), tenant.name), (_("Date"), written_date(clock.local(now, tenant.timezone)))),
        page_word=_("Page {page} of {pages}"),
    )
    return render_pdf(document)
