"""What the room of law adds through the hooks: the pages of rules, and their door in the menu."""

from flask import Blueprint

from core.law.explorer.views import explorer
from core.law.permissions import READ
from core.law.reading.views import reading
from core.law.sets import has_rule_sets
from core.plugin_host.declarations import MenuEntry
from core.plugin_host.manifest import Manifest
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="law",
    title=Wording(nb="Regler", da="Regler", en="Rules"),
    summary=Wording(
        nb="Reglene i loven: prøve dem og lese dem.",
        da="Lovens regler: prøve dem og læse dem.",
        en="The rules of the law: to try them and to read them.",
    ),
    version="1",
)


@hook
def register_blueprints() -> list[Blueprint]:
    """The explorer, and the law as we read it."""
    return [explorer, reading]


@hook
def register_menu() -> list[MenuEntry]:
    """The rules, where there are any."""
    title = Wording(nb="Regler", da="Regler", en="Rules")
    return [MenuEntry("law", title, "law_explorer.page", READ, weight=45, shown=has_rule_sets)]
