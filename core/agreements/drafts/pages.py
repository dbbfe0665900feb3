"""What the composer's pages show: plain values, so that templates never ask anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from core.agreements import reach
from core.agreements.comments.threads import Thread, threads_of
from core.agreements.drafts.completeness import (
    CHECK,
    PARTIES,
    Advice,
    Missing,
    anchor_of,
    findings,
    missing_in,
)
from core.agreements.drafts.overlaps import Overlap, as_shown, fingerprint, in_words
from core.agreements.models import Clause, Value
from core.agreements.parts import Parts
from core.agreements.type_texts import ClauseText, PlaceholderText
from core.agreements.types import DeclaredClause, DeclaredPlaceholder, DeclaredSection, PlaceholderKind
from core.agreements.values import filled, printed
from core.documents.blocks import parse, placeholders, to_html
from core.tenancy.kinds import kind_of
from core.tenancy.service import current_tenant
from core.web.forms import FormState
from core.web.languages import current_language

States = Mapping[tuple[str, str], FormState]
"""Forms that come back with messages, by kind of part and key."""


@dataclass(frozen=True)
class Step:
    """One page of the composer in its list of pages."""

    key: str
    title: str
    url: str
    lacks: int
    is_current: bool


@dataclass(frozen=True)
class ClauseCard:
    """A clause with its guidance beside it; ``number`` counts within its section.

    ``theirs`` is set when somebody else wrote first.
    """

    declared: DeclaredClause
    number: int
    text: ClauseText
    row: Clause
    form: FormState
    anchor: str
    preview: Markup
    theirs: str | None = None
    their_name: str = ""
    threads: Sequence[Thread] = ()


@dataclass(frozen=True)
class ValueField:
    """A placeholder to fill."""

    declared: DeclaredPlaceholder
    text: PlaceholderText
    form: FormState


@dataclass(frozen=True)
class ShownOverlap:
    """What somebody else saved meanwhile: its words by field, and the fingerprint of it."""

    words: dict[str, str]
    shown: str


Overlaps = Mapping[str, ShownOverlap]
"""By the id of their form."""


@dataclass(frozen=True)
class Page:
    """One page of the composer."""

    parts: Parts
    key: str
    title: str
    guidance: str
    steps: list[Step]
    lacks: list[Missing]
    advice: list[Advice]
    values: list[ValueField] = field(default_factory=list)
    clauses: list[ClauseCard] = field(default_factory=list)
    section: DeclaredSection | None = None
    states: States = field(default_factory=dict)
    comments: int = 0
    overlaps: Overlaps = field(default_factory=dict)

    def form(self, kind: str, key: str, row: object | None) -> FormState:
        """The form of a part: as it came back, or as it is stored."""
        values = {name: as_shown(value) for name, value in _columns(row).items() if name[0] != "_"}
        stored = FormState(values | {"shown": fingerprint(kind, row)})
        return _named(self.states.get((kind, key), stored), kind, key)

    @property
    def number_label(self) -> str:
        """What an organisation number is called in the tenant's country."""
        kind = kind_of(current_tenant().kind)
        return kind.number.label.in_language(current_language()) if kind else ""

    @property
    def may_send(self) -> bool:
        """Whether the reader's role sends agreements."""
        return reach.may("agreement:send", self.parts.agreement)

    @property
    def is_confirmed(self) -> bool:
        """Whether the tenant may write to other parties."""
        return current_tenant().confirmed

    @property
    def total(self) -> int:
        """How many pages there are."""
        return len(self.steps)

    @property
    def following(self) -> Step | None:
        """The page after this one."""
        here = next(place for place, step in enumerate(self.steps) if step.is_current)
        return self.steps[here + 1] if here + 1 < len(self.steps) else None


def _columns(row: object | None) -> dict[str, object]:
    return vars(row) if row is not None else {}


def _named(form: FormState, kind: str, key: str) -> FormState:
    return replace(form, prefix=f"{kind}-{anchor_of(key)}")


def page(
    parts: Parts,
    key: str,
    states: States | None = None,
    overlaps: Overlaps | None = None,
) -> Page | None:
    """The page with a key; None when there is none. ``overlaps`` stand by the id of their form."""
    lacks = missing_in(parts)
    steps = _steps(parts, key, lacks)
    current = next((step for step in steps if step.is_current), None)
    if current is None:
        return None
    section = parts.kind.section(key) if key not in {PARTIES, CHECK} else None
    threads = threads_of(parts.agreement.id, only_open=True)
    return Page(
        parts,
        key,
        current.title,
        parts.text.section(key).guidance if section else "",
        steps,
        lacks,
        _advice(parts, lacks) if key == CHECK else [],
        values=_values(parts, key, states or {}) if section else [],
        clauses=[card(parts, clause, states, threads=threads) for clause in section.clauses]
        if section
        else [],
        section=section,
        states=states or {},
        comments=len(threads),
        overlaps=overlaps or {},
    )


def _advice(parts: Parts, lacks: list[Missing]) -> list[Advice]:
    """What is worth a look, without what is asked for anyhow."""
    asked = {one.anchor for one in lacks}
    return [one for one in findings(parts)[1] if one.anchor not in asked]


def _steps(parts: Parts, key: str, lacks: list[Missing]) -> list[Step]:
    titles = {PARTIES: _("Parties and people")}
    titles |= {section.key: parts.text.section(section.key).title for section in parts.kind.sections}
    titles[CHECK] = _("Check and send")
    return [
        Step(
            one,
            title,
            url_for("agreements_drafts.compose", agreement_id=parts.agreement.id, step=one),
            sum(1 for lack in lacks if lack.step == one),
            one == key,
        )
        for one, title in titles.items()
    ]


def card(
    parts: Parts,
    declared: DeclaredClause,
    states: States | None = None,
    *,
    theirs: str | None = None,
    their_name: str = "",
    threads: Sequence[Thread] | None = None,
) -> ClauseCard:
    """A clause as it is shown, with those of the open comments that are about it."""
    threads = threads_of(parts.agreement.id, only_open=True) if threads is None else threads
    row = parts.clauses[declared.key]
    stored = FormState({"text": row.text, "revision": row.revision})
    form = _named((states or {}).get(("clause", declared.key), stored), "clause", declared.key)
    return ClauseCard(
        declared,
        _number(parts, declared),
        parts.text.clause(declared.key),
        row,
        form,
        anchor_of(declared.key),
        preview(parts, form.value("text")),
        theirs,
        their_name,
        [one for one in threads if one.clause_key == declared.key],
    )


def _number(parts: Parts, declared: DeclaredClause) -> int:
    """The place of a clause in its section, from 1."""
    home = next(section for section in parts.kind.sections if declared in section.clauses)
    return home.clauses.index(declared) + 1


def preview(parts: Parts, text: str) -> Markup:
    """A clause as it will be read, with what is not filled yet marked by its label."""
    labels = {one.key: one.label for one in parts.text.placeholders}
    blocks = filled(parts, parse(text, lenient=True), printed(parts))
    return to_html(blocks, lambda key: labels.get(key, key))


def homes(parts: Parts) -> dict[str, str]:
    """For each placeholder that is typed, the section where it is first used."""
    found: dict[str, str] = {}
    for section in parts.kind.sections:
        for clause in section.clauses:
            text = parts.text.clause(clause.key)
            for source in (text.text, *text.examples):
                for key in placeholders(parse(source, lenient=True)):
                    found.setdefault(key, section.key)
    return found


def _values(parts: Parts, section: str, states: States) -> list[ValueField]:
    at_home = homes(parts)
    first = parts.kind.sections[0].key
    return [
        ValueField(
            one,
            parts.text.placeholder(one.key),
            _named(
                states.get(("value", one.key), _stored_value(one, parts.values[one.key])),
                "value",
                one.key,
            ),
        )
        for one in parts.kind.placeholders
        if not one.source and at_home.get(one.key, first) == section
    ]


def _stored_value(declared: DeclaredPlaceholder, row: Value) -> FormState:
    return FormState({**_value(declared, row.value), "shown": fingerprint("value", row)})


def shown_overlap(parts: Parts, kind: str, key: str, overlap: Overlap) -> ShownOverlap:
    """An overlap as the page shows it."""
    return ShownOverlap(in_words(parts, kind, key, overlap), overlap.shown)


def _value(declared: DeclaredPlaceholder, stored: str) -> dict[str, object]:
    """What stands in the fields of a placeholder; a period has a field for each of its days."""
    if declared.kind is not PlaceholderKind.PERIOD:
        return {"value": stored}
    first, _stroke, last = stored.partition("/")
    return {"value": first, "until": last}


def input_type(kind: PlaceholderKind) -> str:
    """The HTML input type for a kind of placeholder."""
    numbers = {PlaceholderKind.NUMBER, PlaceholderKind.PERCENT, PlaceholderKind.INTERVAL}
    return "number" if kind in numbers else "date" if kind is PlaceholderKind.DATE else "text"
