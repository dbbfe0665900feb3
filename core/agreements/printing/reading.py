"""An agreement as it is read: the same headings, texts and tables on page and in PDF. Pure functions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from core.agreements.annexes.reading import UNKNOWN, ReadAnnex, Start, annexes_of
from core.agreements.printing.labels import Labels
from core.agreements.values import every
from core.documents.blocks import Block, Paragraph, Text, from_json, to_html
from core.documents.document import Table


@dataclass(frozen=True)
class Source:
    """A basis in law as a field of its own; `url` may be empty."""

    words: str
    url: str


@dataclass(frozen=True)
class ReadClause:
    """One clause with its sources. `open_fields` maps an unfilled placeholder to its label.

    `text` is what people write; `note` says below it who is responsible.
    """

    key: str
    text: tuple[Block, ...]
    note: tuple[Block, ...]
    sources: tuple[Source, ...]
    open_fields: Mapping[str, str]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text with its note."""
        return self.text + self.note

    @property
    def html(self) -> Markup:
        """The clause as escaped HTML."""
        return to_html(self.blocks, lambda key: self.open_fields.get(key, key))


@dataclass(frozen=True)
class ReadSection:
    """One numbered section: its clauses, then its tables, then sentences of its own."""

    number: str
    title: str
    clauses: tuple[ReadClause, ...]
    tables: tuple[Table, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """The whole agreement. `facts` are (label, value): the parties and the period."""

    title: str
    heading: str
    language: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[ReadSection, ...]
    annexes: tuple[ReadAnnex, ...]


def reading_of(
    content: Mapping[str, Any],
    labels: Labels,
    open_fields: Mapping[str, str] | None = None,
    start: Start = UNKNOWN,
) -> Reading:
    """Read the stored content of an agreement (see `core.agreements.content`); `start` dates its annexes."""
    fields = open_fields or {}
    parties = tuple((party["title"], _party(party, labels)) for party in content["parties"])
    return Reading(
        title=content["title"],
        heading=content["heading"],
        language=content["language"],
        facts=(*parties, (labels.period, _period(content["duration"], labels))),
        sections=tuple(_section(section, content, labels, fields) for section in content["sections"]),
        annexes=annexes_of(content, labels.annexes, start),
    )


def _party(party: Mapping[str, Any], labels: Labels) -> str:
    number = labels.number.format(number=party["number"]) if party["number"] else ""
    return ", ".join(part for part in (party["name"], number) if part)


def _section(
    section: Mapping[str, Any], content: Mapping[str, Any], labels: Labels, open_fields: Mapping[str, str]
) -> ReadSection:
    tables = (
        _goals(section["goals"], labels),
        _meetings(section["meetings"], labels),
        _contacts(section["contacts"], labels),
    )
    return ReadSection(
        number=section["number"],
        title=section["title"],
        clauses=tuple(_clause(clause, labels, open_fields) for clause in section["clauses"]),
        tables=tuple(table for table in tables if table.rows),
        sentences=(_duration(content["duration"], labels),) if section["duration"] else (),
    )


def _clause(clause: Mapping[str, Any], labels: Labels, open_fields: Mapping[str, str]) -> ReadClause:
    words = labels.responsible.format(name=clause["responsible"])
    note = (Paragraph((Text(words, emphasis=True),)),) if clause["responsible"] else ()
    sources = tuple(_source(one) for one in clause["references"])
    return ReadClause(clause["key"], from_json(clause["blocks"]), note, sources, open_fields)


def _source(reference: Mapping[str, str]) -> Source:
    words = " ".join(part for part in (reference["law"], reference["place"]) if part)
    return Source(words, reference["url"])


def _goals(goals: Iterable[Mapping[str, Any]], labels: Labels) -> Table:
    listed = list(goals)
    keys = {goal["key"] for goal in listed}
    rows = (
        (
            _goal_title(goal, keys, labels),
            _target(goal, labels),
            _months(goal["period_months"], labels),
            goal["counting_rule"],
        )
        for goal in listed
    )
    return Table(labels.goals, labels.goal_columns, tuple(rows))


def _goal_title(goal: Mapping[str, Any], beside: Collection[str], labels: Labels) -> str:
    """A sub-goal says so where it stands beside its goal."""
    title: str = goal["title"]
    return labels.sub_goal.format(title=title) if goal.get("parent") in beside else title


def _target(goal: Mapping[str, Any], labels: Labels) -> str:
    if goal["target"] is None:
        return labels.described
    if goal["unit"] == "months":
        return _months(goal["target"], labels)
    if goal["unit"] == "percent":
        share = Decimal(str(goal["target"])) / 100
        return format_percent(share, locale=labels.language, decimal_quantization=False)
    if goal["unit"] == "days" and goal["target"] == 1:
        return labels.one_day
    words = labels.days if goal["unit"] == "days" else labels.count
    return words.format(count=format_decimal(goal["target"], locale=labels.language))


def _months(months: int, labels: Labels) -> str:
    return labels.one_month if months == 1 else labels.months.format(count=months)


def _meetings(meetings: Iterable[Mapping[str, Any]], labels: Labels) -> Table:
    rows = (
        (
            meeting["title"],
            "\n".join((_rhythm(meeting, labels), labels.called_by.format(name=meeting["called_by"]))),
            "\n".join(meeting["participants"]),
            "\n".join(f"– {point}" for point in meeting["agenda"]),
        )
        for meeting in meetings
    )
    return Table(labels.meetings, labels.meeting_columns, tuple(rows))


def _rhythm(meeting: Mapping[str, Any], labels: Labels) -> str:
    rhythm, first = meeting["every_months"], meeting["first_after_months"]
    words = every(rhythm, labels.language)
    return (
        words if rhythm == first else f"{words}, {labels.first_after.format(months=_months(first, labels))}"
    )


def _contacts(contacts: Iterable[Mapping[str, Any]], labels: Labels) -> Table:
    rows = (
        (
            contact["title"],
            ", ".join(part for part in (contact["name"], contact["role_title"]) if part),
            contact["party"],
            "\n".join(part for part in (contact["email"], contact["phone"]) if part),
        )
        for contact in contacts
    )
    return Table(labels.contacts, labels.contact_columns, tuple(rows))


def _duration(duration: Mapping[str, Any], labels: Labels) -> str:
    start = _day(duration["starts_on"], labels) or labels.from_signing
    end = _day(duration["ends_on"], labels)
    return labels.from_to.format(start=start, end=end) if end else labels.from_on.format(start=start)


def _period(duration: Mapping[str, Any], labels: Labels) -> str:
    start = _day(duration["starts_on"], labels) or labels.from_signing
    return f"{start} – {_day(duration['ends_on'], labels) or labels.without_end}"


def _day(iso: str | None, labels: Labels) -> str:
    return format_date(date.fromisoformat(iso), "long", locale=labels.language) if iso else ""
