"""Asking every room and plugin that keeps something, also those that the tenant has switched off."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _

from core.kernel.errors import Conflict
from core.plugin_host.privacy import Erasure, PersonFound, PersonKey, PersonRecord
from core.tenancy.kinds import host
from core.web.languages import current_language


class StoppedError(Conflict):
    """A room could not answer: nothing is handed out or erased in part. ``plugin`` names it."""

    def __init__(self, plugin: str) -> None:
        title = host().manifests[plugin].title
        super().__init__(
            "privacy.stopped",
            _(
                "Nothing was done, because one part of Fotfeste could not answer (%(part)s). "
                "Try again, and tell those who run Fotfeste if it happens again.",
                part=title.in_language(current_language()),
            ),
        )
        self.plugin = plugin


def people(text: str) -> list[PersonFound]:
    """Whoever's name or address contains a text."""
    return _ask("provide_people", text=text)


def export(who: PersonKey) -> list[PersonRecord]:
    """Everything that is kept about a person. Raises StoppedError when a room fails."""
    return [] if who.is_nobody else _ask("export_person", who=who)


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Erase a person, inside the caller's unit of work. Raises StoppedError when a room fails."""
    return [] if who.is_nobody else _ask("erase_person", who=who, dry_run=dry_run)


def expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Erase what is due in the named categories, inside the caller's unit of work; counts of all others."""
    return _ask("erase_expired", now=now, held=held, keys=keys)


def _ask(hook_name: str, **arguments: Any) -> list[Any]:
    found: list[Any] = []
    for plugin in host().implementing(hook_name):
        answer = host().ask(plugin, hook_name, **arguments)
        if answer.error:
            raise StoppedError(plugin)
        found += answer.value
    return found
