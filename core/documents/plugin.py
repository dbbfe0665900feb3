"""What documents add through the hooks."""

from flask import Blueprint

from core.documents.views import files
from core.plugin_host.manifest import Manifest
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="documents",
    title=Wording(nb="Dokumenter", da="Dokumenter", en="Documents"),
    summary=Wording(nb="PDF og filer.", da="PDF og filer.", en="PDF and files."),
    version="1",
)


@hook
def register_blueprints() -> list[Blueprint]:
    """The addresses of stored files."""
    return [files]
