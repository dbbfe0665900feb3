"""What agreements themselves add through the hooks: pages, a door in the menu, mail when all have signed."""

from flask import Blueprint

import core.agreements.drafts.saving  # noqa: F401  adds its views to the blueprint
from core.agreements.drafts.views import drafts
from core.agreements.overview.views import overview
from core.plugin_host.declarations import MenuEntry
from core.plugin_host.manifest import Manifest
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="agreements",
    title=Wording(nb="Avtaler", da="Aftaler", en="Agreements"),
    summary=Wording(
        nb="Skrive, signere og følge opp avtaler.",
        da="Skrive, underskrive og følge op på aftaler.",
        en="Write, sign and follow up agreements.",
    ),
    version="1",
)


@hook
def register_blueprints() -> list[Blueprint]:
    """Composing, and the list with its pages."""
    return [drafts, overview]


@hook
def register_menu() -> list[MenuEntry]:
    """The door to the list."""
    title = Wording(nb="Avtaler", da="Aftaler", en="Agreements")
    return [MenuEntry("agreements", title, "agreements_overview.agreements", "agreement:read", weight=10)]
