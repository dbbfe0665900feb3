"""The agreement types that plugins declare, a tenant's own variants, and which of them it may choose."""

from collections.abc import Collection
from datetime import date
from typing import Any

from core.agreements import pending_law
from core.agreements.declarations import load_type
from core.agreements.own_types import reading as own
from core.agreements.types import AgreementType
from core.kernel import clock
from core.kernel.sorting import nordic_sort_key
from core.plugin_host.checks import check_prefix
from core.tenancy.kinds import host
from core.tenancy.service import current_tenant


class MissingTypeError(LookupError):
    """The plugin that declares an agreement's type is not available."""


def read_type(plugin: str, folder: Any) -> AgreementType:
    """Load a declared type from its files. Raises DeclarationError naming file, line and field."""
    kind = load_type(folder.path, plugin)
    check_prefix(plugin, kind.key)
    return kind


def all_types() -> list[AgreementType]:
    """Every edition of every type that a plugin declares."""
    return [one.value for one in host().declared("register_agreement_types")]


def type_of(key: str, edition: str) -> AgreementType:
    """One edition, or a version of a variant of the tenant in scope. Raises MissingTypeError."""
    mine = own.find(edition) if own.is_own(edition) else None
    for kind in [mine] if mine else all_types():
        if (kind.key, kind.edition) == (key, edition):
            return kind
    raise MissingTypeError(f"{key} {edition}")


def types_of(named: Collection[tuple[str, str]]) -> dict[tuple[str, str], AgreementType]:
    """Many at once, by key and edition, with at most one query; those that are missing are left out."""
    mine = own.find_all({edition for _key, edition in named})
    known = {(kind.key, kind.edition): kind for kind in [*all_types(), *mine.values()]}
    return {one: known[one] for one in named if one in known}


def types_on_offer() -> list[AgreementType]:
    """What the tenant in scope may begin from today: editions of types that it has on, then its variants."""
    on, today = host().in_force(), clock.today(current_tenant().timezone)
    mine = [kind for kind in own.on_offer(today) if kind.plugin in on]
    newest, law = newest_editions(today), pending_law.in_force(today)
    declared = [newest[key] for key in sorted(newest) if newest[key].plugin in on]
    offered = [*declared, *sorted(mine, key=lambda kind: (kind.key, kind.title.en, kind.edition))]
    return [kind for kind in offered if kind.is_law(law)]


def newest_editions(today: date) -> dict[str, AgreementType]:
    """The edition of each declared type that is valid on a day, by key; the one that began last."""
    valid = sorted(
        (kind for kind in all_types() if kind.is_valid_on(today)), key=lambda kind: kind.valid_from
    )
    return {kind.key: kind for kind in valid}


def choice_of(kind: AgreementType) -> str:
    """What a form names to begin from a type: the key, or the edition of a tenant's own variant."""
    return kind.edition if own.is_own(kind.edition) else kind.key


def title_of(type_key: str, language: str) -> str:
    """A type's title for a list; the bare key when its plugin is gone."""
    found = next((kind for kind in all_types() if kind.key == type_key), None)
    return found.title.in_language(language) if found else type_key


def types_in_force(language: str) -> dict[str, str]:
    """Key and title of every type whose plugin the tenant in scope has on, by title; without pending law."""
    on, law = host().in_force(), pending_law.in_force(clock.today(current_tenant().timezone))
    kinds = [kind for kind in all_types() if kind.plugin in on and not kind.waits_for_law(law)]
    found = {kind.key: kind.title.in_language(language) for kind in kinds}
    return dict(sorted(found.items(), key=lambda one: nordic_sort_key(one[1], language)))
