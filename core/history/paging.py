"""How a page of the log is asked for and leads on to older lines."""

from urllib.parse import urlencode

from flask import request

from core.history.service import Page

DIGITS = 18


def before() -> int:
    """The number that the address says to go on before; 0 for the newest lines."""
    text = request.args.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0


def older_url(page: Page) -> str:
    """The address of the lines that follow, "" where there are none."""
    if not page.older:
        return ""
    arguments = request.args.to_dict(flat=False) | {"before": [str(page.older)]}
    return f"{request.path}?{urlencode(arguments, doseq=True)}"
