"""The platform's pages, through the same hook as a plugin's."""

from flask import Blueprint

from core.platform.law_views import law_pages
from core.platform.plugin_views import plugins_pages
from core.platform.views import jobs_pages, tenants_pages
from core.plugin_host.manifest import Manifest
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="platform",
    title=Wording(nb="Plattform", da="Platform", en="Platform"),
    summary=Wording(
        nb="For dem som drifter Fotfeste.",
        da="For dem, der driver Fotfeste.",
        en="For those who run Fotfeste.",
    ),
    version="1",
)


@hook
def register_blueprints() -> list[Blueprint]:
    """Tenants, plugins, pending law and the queue."""
    return [tenants_pages, plugins_pages, law_pages, jobs_pages]
