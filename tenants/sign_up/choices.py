"""What the sign-up pages offer: kinds by country, and the places of a kind's official list."""

from collections import defaultdict
from dataclasses import dataclass

from core.kernel.sorting import nordic_sort_key
from core.plugin_host.declarations import (
    OfficialPlace,
    TenantKind,
)
from core.tenancy.kinds import all_kinds, host

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class CountryKinds:
    """A country with (key, title) of the kinds of tenants it has."""

    title: str
    kinds: Options


def kinds_by_country(language: str) -> list[CountryKinds]:
    """Every kind that may sign up, under its country, by the words of a language; its own country first."""
    found: dict[str, Options] = defaultdict(list)
    for kind in sorted(all_kinds(), key=lambda one: one.language != language):
        found[country_of(kind, language)].append((kind.key, kind.title.in_language(language)))
    return [CountryKinds(title, kinds) for title, kinds in found.items()]


def country_of(kind: TenantKind, language: str) -> str:
    """What the country of a kind is called: the title of the plugin that declares it."""
    return host().manifests[kind.key.partition(".")[0]].title.in_language(language)


def place_options(kind: TenantKind) -> list[tuple[str, str | Options]]:
    """Options of the select: places in their own order, under what they belong to where the list says so."""
    groups: dict[str, list[OfficialPlace]] = defaultdict(list)
    for place in sorted(kind.places, key=lambda one: one.sort_key):
        groups[place.parent].append(place)
    if set(groups) == {""}:
        return [(place.code, place.name) for place in groups[""]]
    names = sorted(groups, key=lambda name: nordic_sort_key(name, kind.language))
    return [(name, [(place.code, place.name) for place in groups[name]]) for name in names]
