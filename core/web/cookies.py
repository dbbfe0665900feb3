"""Names of cookies: in service a prefix lets a browser take them from this host over https only."""

from typing import Final

from core.web.hooks import current_hooks

WHOLE_HOST: Final = "__Host-"
PART_OF_HOST: Final = "__Secure-"


def cookie_name(name: str, *, path: str = "/") -> str:
    """What a cookie is called; a laptop without https cannot have the prefix."""
    if not current_hooks().production:
        return name
    return f"{WHOLE_HOST if path == '/' else PART_OF_HOST}{name}"
