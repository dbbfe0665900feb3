"""What one needs to look up the rules, and to choose where the law lets the organisation choose."""

from typing import Final

READ: Final = "rules:read"
CHOOSE: Final = "rules:choose"
