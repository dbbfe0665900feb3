"""What fills the placeholders: checked by kind when it is typed, written out by kind when it is printed."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from marshmallow import Schema
from marshmallow.fields import Field

from core.agreements.amounts import LARGEST_AMOUNT, Amount, Period, money, period
from core.agreements.parts import Parts
from core.agreements.types import DeclaredPlaceholder, PlaceholderKind
from core.documents.blocks import Block, BulletList, Placeholder, Run, Text, fill
from core.plugin_host.wording import Wording
from core.tenancy.service import current_tenant
from core.web.fields import Choice, Day, Line, Paragraphs, WholeNumber

MOST_MONTHS = 120
LARGEST = 1_000_000
EVERY = {
    1: Wording(nb="hver måned", da="hver måned", en="every month"),
    3: Wording(nb="hvert kvartal", da="hvert kvartal", en="every quarter"),
    4: Wording(nb="hvert tertial", da="hver fjerde måned", en="every four months"),
    6: Wording(nb="hvert halvår", da="hvert halvår", en="every half-year"),
    12: Wording(nb="hvert år", da="hvert år", en="every year"),
    24: Wording(nb="hvert annet år", da="hvert andet år", en="every second year"),
}
EVERY_OTHER = Wording(nb="hver {n}. måned", da="hver {n}. måned", en="every {n} months")


CONTACTS = frozenset({PlaceholderKind.PERSON, PlaceholderKind.ROLE})
"""The kinds that are filled by the key of a contact."""


def field_for(placeholder: DeclaredPlaceholder, contacts: Collection[str] = ()) -> Field[object]:
    """The marshmallow field that checks what is typed; empty is allowed, a draft may be unfinished.

    `contacts` are the keys of the agreement's contacts.
    """
    low = placeholder.minimum if placeholder.minimum is not None else 0
    if placeholder.kind in {PlaceholderKind.NUMBER, PlaceholderKind.PERCENT, PlaceholderKind.INTERVAL}:
        ends = {PlaceholderKind.PERCENT: 100, PlaceholderKind.INTERVAL: MOST_MONTHS}
        high = placeholder.maximum if placeholder.maximum is not None else ends.get(placeholder.kind, LARGEST)
        return WholeNumber(min=low, max=high)
    if placeholder.kind is PlaceholderKind.MONEY:
        return Amount(min=low, max=placeholder.maximum if placeholder.maximum is not None else LARGEST_AMOUNT)
    if placeholder.kind is PlaceholderKind.DATE:
        return Day()
    if placeholder.kind is PlaceholderKind.PERIOD:
        return Period()
    if placeholder.kind in {PlaceholderKind.CHOICE, *CONTACTS}:
        return Choice(contacts if placeholder.kind in CONTACTS else placeholder.choices)
    return Paragraphs(max=4000) if placeholder.kind is PlaceholderKind.LIST else Line(max=500)


def checked(placeholder: DeclaredPlaceholder, typed: str, contacts: Collection[str] = ()) -> str:
    """The value as it is stored. Raises marshmallow's ValidationError with the message under ``value``."""
    loaded = Schema.from_dict({"value": field_for(placeholder, contacts)})().load({"value": typed})["value"]
    if loaded is None:
        return ""
    return loaded.isoformat() if isinstance(loaded, date) else str(loaded)


def every(months: int, language: str) -> str:
    """An interval in words."""
    return EVERY.get(months, EVERY_OTHER).in_language(language).format(n=months)


WRITERS: dict[PlaceholderKind, Callable[[str, str], str]] = {
    PlaceholderKind.NUMBER: lambda value, language: format_decimal(int(value), locale=language),
    PlaceholderKind.PERCENT: lambda value, language: format_percent(int(value) / 100, locale=language),
    PlaceholderKind.DATE: lambda value, language: format_date(
        date.fromisoformat(value), "long", locale=language
    ),
    PlaceholderKind.PERIOD: period,
    PlaceholderKind.INTERVAL: lambda value, language: every(int(value), language),
}


def printed(parts: Parts) -> dict[str, str]:
    """What is printed for each placeholder that has a value."""
    found = {}
    for placeholder in parts.kind.placeholders:
        value = sourced(parts, placeholder) if placeholder.source else _written(parts, placeholder)
        if value:
            found[placeholder.key] = value
    return found


def sourced(parts: Parts, placeholder: DeclaredPlaceholder) -> str:
    """The value of a placeholder that nobody types."""
    owner, _dot, attribute = placeholder.source.partition(".")
    if owner == "tenant":
        return str(getattr(current_tenant(), attribute))
    return str(getattr(parts.parties[owner], attribute))


def _written(parts: Parts, placeholder: DeclaredPlaceholder) -> str:
    row = parts.values.get(placeholder.key)
    if row is None or not row.value:
        return ""
    if placeholder.kind is PlaceholderKind.CHOICE:
        return parts.text.placeholder(placeholder.key).choice(row.value)
    if placeholder.kind is PlaceholderKind.PERSON:
        return parts.contacts[row.value].name
    if placeholder.kind is PlaceholderKind.ROLE:
        return parts.text.contact(row.value).title
    if placeholder.kind is PlaceholderKind.MONEY:
        return money(row.value, placeholder.currency, parts.agreement.language)
    write = WRITERS.get(placeholder.kind)
    return write(row.value, parts.agreement.language) if write else row.value


def filled(parts: Parts, blocks: Iterable[Block], values: dict[str, str] | None = None) -> tuple[Block, ...]:
    """Blocks with every known value in place; a list value becomes as many items as it has lines."""
    values = printed(parts) if values is None else values
    lists = {one.key for one in parts.kind.placeholders if one.kind is PlaceholderKind.LIST}
    return fill((_spread(block, lists, values) for block in blocks), values)


def _spread(block: Block, lists: set[str], values: dict[str, str]) -> Block:
    if not isinstance(block, BulletList):
        return block
    items: list[tuple[Run, ...]] = []
    for item in block.items:
        only = item[0] if len(item) == 1 and isinstance(item[0], Placeholder) else None
        if only and only.key in lists and values.get(only.key):
            items += [(Text(line.strip()),) for line in values[only.key].splitlines() if line.strip()]
        else:
            items.append(item)
    return BulletList(tuple(items))
