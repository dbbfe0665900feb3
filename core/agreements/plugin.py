"""What agreements themselves add through the hooks: pages, a door in the menu, mail when all have signed."""

from core.plugin_host.manifest import Manifest
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="agreements",
    title=Wording(nb="Avtaler", da="Aftaler", en="Agreements"),
    summary=Wording(nb="Skrive, signere og følge opp avtaler.", da="Skrive, underskrive og følge op på aftaler.", en="Write, sign and follow up agreements."),
    version="1",
)
