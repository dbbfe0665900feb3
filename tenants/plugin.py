"""Tenants' own pages, through the same hooks as a plugin that is always on."""

from core.plugin_host.manifest import Manifest
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="tenants",
    title=Wording(nb="Virksomheten", da="Organisationen", en="The organisation"),
    summary=Wording(nb="Registrering, innstillinger og folk.", da="Tilmelding, indstillinger og personer.", en="Sign-up, settings and people."),
    version="1",
)
