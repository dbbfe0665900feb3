"""The agreement types that the plugins of this process declare, and which of them a tenant may choose."""

from typing import Any

from core.agreements.declarations import load_type
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
    """Every edition of every type."""
    return [one.value for one in host().declared("register_agreement_types")]


def type_of(key: str, edition: str) -> AgreementType:
    """One edition. Raises MissingTypeError."""
    for kind in all_types():
        if (kind.key, kind.edition) == (key, edition):
            return kind
    raise MissingTypeError(f"{key} {edition}")


def types_on_offer() -> list[AgreementType]:
    """The newest valid edition of each type whose plugin the tenant in scope has on."""
    on, today = host().in_force(), clock.today(current_tenant().timezone)
    newest: dict[str, AgreementType] = {}
    for kind in all_types():
        if kind.plugin in on and kind.valid_from <= today:
            known = newest.get(kind.key)
            if known is None or known.valid_from < kind.valid_from:
                newest[kind.key] = kind
    return [newest[key] for key in sorted(newest)]


def title_of(type_key: str, language: str) -> str:
    """A type's title for a list; the bare key when its plugin is gone."""
    found = next((kind for kind in all_types() if kind.key == type_key), None)
    return found.title.in_language(language) if found else type_key


def types_in_force(language: str) -> dict[str, str]:
    """Key and title of every type whose plugin the tenant in scope has on, by title."""
    on = host().in_force()
    found = {kind.key: kind.title.in_language(language) for kind in all_types() if kind.plugin in on}
    return dict(sorted(found.items(), key=lambda one: nordic_sort_key(one[1], language)))
