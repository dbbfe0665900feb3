"""What notices add through the hooks: their pages, and what they keep about people."""

from flask import Blueprint

from core.notices import gathering  # noqa: F401  its jobs are declared by being imported
from core.notices.history import HISTORY
from core.notices.personal import declared, erase, export
from core.notices.views import mine, words
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.manifest import Manifest
from core.plugin_host.privacy import Erasure, PersonalData, PersonKey, PersonRecord
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="notices",
    title=Wording(nb="Varsler", da="Beskeder", en="Notices"),
    summary=Wording(
        nb="Hvor ofte e-post kommer, og med hvilke ord.",
        da="Hvor tit e-mail kommer, og med hvilke ord.",
        en="How often mail comes, and in which words.",
    ),
    version="1",
)


@hook
def register_blueprints() -> list[Blueprint]:
    """The member's choice, and the tenant's words."""
    return [mine, words]


@hook
def register_personal_data() -> list[PersonalData]:
    """Texts that wait, and the tenant's own."""
    return [declared()]


@hook
def export_person(who: PersonKey) -> list[PersonRecord]:
    """Texts that mention a person."""
    return export(who)


@hook
def erase_person(who: PersonKey, dry_run: bool) -> list[Erasure]:  # noqa: FBT001  the shape of the hook
    """Take a person out of texts."""
    return erase(who, dry_run=dry_run)


@hook
def register_actions() -> list[ActionText | SubjectText]:
    """Choices, words and gathered mails."""
    return list(HISTORY)
