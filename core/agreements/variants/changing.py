"""The verbs of editing a variant, one for each form."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.agreements.declaration_content import Content
from core.agreements.types import PlaceholderKind
from core.agreements.variants import checks, editing, service
from core.agreements.variants.editing import REQUIRED, Words
from core.agreements.variants.units import Name, units_of
from core.kernel.errors import Invalid, NotFound, Refused
from core.tenancy.kinds import kind_of as tenant_kind_of
from core.tenancy.service import current_tenant

CURRENCIES = {"DK": "DKK"}
SHORTEST_MONTH_DAYS = 28


def rename(variant_id: UUID, name: str, summary: str, headings: Mapping[str, str]) -> None:
    """Call a variant something else."""
    change = partial(editing.named, name=name, summary=summary, headings=headings)
    service.edit(variant_id, "variant.renamed", "name", change, name=name)


def save_section(variant_id: UUID, key: str, words: Words) -> None:
    """Write a section's heading and guidance. Raises Invalid naming the field."""
    checks.refuse_placeholders(_fields(words, "guidance"))
    _words(variant_id, "sections", key, words)


def move_section(variant_id: UUID, key: str, step: int) -> None:
    """Put a section before or after its neighbour."""
    change = partial(editing.moved, group="sections", key=key, step=step)
    service.edit(variant_id, "variant.moved", key, change)


def save_clause(variant_id: UUID, key: str, words: Words, presence: str) -> None:
    """Write a clause, its guidance, and whether it must be there. Raises Invalid or Refused."""
    row = service.find(variant_id)
    checks.refuse_bad_texts(service.kind_of(row), _fields(words, "text"))
    checks.refuse_placeholders(_fields(words, "guidance"))
    if presence != REQUIRED and is_bound(row.base, key):
        raise Refused(
            "variant.clause_required", _("The original requires this clause. You can edit its text.")
        )

    def change(content: Content) -> Content:
        return editing.worded(editing.present(content, key, presence), "clauses", key, words)

    service.edit(variant_id, "variant.clause_saved", key, change)


def is_bound(base: Content, key: str) -> bool:
    """Whether the original requires a clause."""
    found = units_of(base).get(Name("clauses", key))
    return bool(found and found["declared"].get("required"))


def move_clause(variant_id: UUID, key: str, step: int) -> None:
    """Put a clause before or after its neighbour in the section."""
    change = partial(editing.moved, group="clauses", key=key, step=step)
    service.edit(variant_id, "variant.moved", key, change)


def save_goal(variant_id: UUID, key: str, words: Words, values: Mapping[str, int]) -> None:
    """Write a goal with the target that is proposed."""
    checks.refuse_placeholders(_fields(words, "counting_rule"))
    _words(variant_id, "goals", key, words, **values)


def save_meeting(variant_id: UUID, key: str, words: Words, values: Mapping[str, int]) -> None:
    """Write a meeting, its agenda a line for each point, with the rhythm that is proposed."""
    _words(variant_id, "meetings", key, _with_lines(words), **values)


def _with_lines(words: Words) -> Any:
    return {
        language: {**said, "agenda": [line.strip() for line in said["agenda"].splitlines() if line.strip()]}
        for language, said in words.items()
    }


def save_duration(variant_id: UUID, values: Mapping[str, int]) -> None:
    """Propose how long an agreement lasts. Raises Invalid when the reminder would come before its start."""
    if values["reminder_days"] >= values["months"] * SHORTEST_MONTH_DAYS:
        wrong = _("The reminder would come before the agreement has begun. Write fewer days.")
        raise Invalid("variant.reminder", wrong, {"reminder_days": wrong})

    def change(content: Content) -> Content:
        kept = content["type"]["duration"]
        return content | {"type": content["type"] | {"duration": {**kept, **values}}}

    service.edit(variant_id, "variant.duration_saved", "duration", change)


def save_question(variant_id: UUID, key: str, words: Words, *, required: bool) -> None:
    """Write a question's words and whether it must be answered."""
    _words(variant_id, "placeholders", key, words, required=required)


def add_question(variant_id: UUID, kind: str, words: Words, *, required: bool) -> None:
    """Add a question of one's own; an amount is in the money of the tenant's country."""
    money: dict[str, Any] = {"currency": _currency()} if kind == PlaceholderKind.MONEY else {}
    change = partial(editing.with_question, kind=kind, words=words, required=required, **money)
    service.edit(variant_id, "variant.question_added", "placeholders", change)


def _currency() -> str:
    kind = tenant_kind_of(current_tenant().kind)
    return CURRENCIES.get(kind.country if kind else "", "NOK")


def remove_question(variant_id: UUID, key: str) -> None:
    """Take away a question of one's own. Raises Invalid while a clause uses it."""
    row = service.find(variant_id)
    if Name("placeholders", key) not in units_of(row.content):
        raise NotFound("variant.no_part", _("We cannot find this part of the agreement."))
    if not editing.is_own_question(key):
        raise Refused(
            "variant.question_declared", _("The original asks this question. You can edit its words.")
        )
    if editing.clauses_with(row.content, key):
        wrong = _("A clause uses {%(name)s}. Take it out of the text first.") % {"name": key}
        raise Invalid("variant.question_used", wrong, {"": wrong})
    change = partial(editing.without_question, key=key)
    service.edit(variant_id, "variant.question_removed", key, change)


def _words(variant_id: UUID, group: str, key: str, words: Words, **values: Any) -> None:
    def change(content: Content) -> Content:
        return editing.worded(editing.declared_as(content, group, key, **values), group, key, words)

    service.edit(variant_id, f"variant.{group}_saved", key, change)


def _fields(words: Words, field: str) -> dict[str, str]:
    return {f"{field}_{language}": said[field] for language, said in words.items()}
