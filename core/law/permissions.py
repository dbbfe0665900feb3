"""What one needs to look up the rules."""

from typing import Final

READ: Final = "rules:read"
