"""What the room of law adds through the hooks: the pages of rules and of local practice, and their door."""

from flask import Blueprint

from core.law.choices.views import choices
from core.law.explorer.views import explorer
from core.law.history import HISTORY
from core.law.permissions import READ
from core.law.personal import declared, erase, export
from core.law.reading.views import reading
from core.law.sets import has_rule_sets
from core.plugin_host.declarations import ActionText, MenuEntry, SubjectText
from core.plugin_host.manifest import Manifest
from core.plugin_host.privacy import Erasure, PersonalData, PersonKey, PersonRecord
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="law",
    title=Wording(nb="Regler", da="Regler", en="Rules"),
    summary=Wording(
        nb="Reglene i loven: prøve dem, lese dem og bestemme lokal praksis.",
        da="Lovens regler: prøve dem, læse dem og beslutte lokal praksis.",
        en="The rules of the law: to try them, to read them and to decide the local practice.",
    ),
    version="1",
)


@hook
def register_blueprints() -> list[Blueprint]:
    """The explorer, the law as we read it, and local practice."""
    return [explorer, reading, choices]


@hook
def register_menu() -> list[MenuEntry]:
    """The rules, where there are any."""
    title = Wording(nb="Regler", da="Regler", en="Rules")
    return [MenuEntry("law", title, "law_explorer.page", READ, weight=45, shown=has_rule_sets)]


@hook
def register_actions() -> list[ActionText | SubjectText]:
    """Decisions on local practice."""
    return list(HISTORY)


@hook
def register_personal_data() -> list[PersonalData]:
    """Who decided on local practice, and the reasons."""
    return [declared()]


@hook
def export_person(who: PersonKey) -> list[PersonRecord]:
    """What a person decided, and reasons that mention the person."""
    return export(who)


@hook
def erase_person(who: PersonKey, dry_run: bool) -> list[Erasure]:  # noqa: FBT001  the shape of the hook
    """Take a person out of the reasons."""
    return erase(who, dry_run=dry_run)
