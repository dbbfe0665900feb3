"""The HTML part of a mail, made from its text, so that both always say the same.

A paragraph is what stands between empty lines. A line that is nothing but a web address becomes a link, with
the address readable. Nothing is fetched from anywhere: no pictures, no fonts, no tracking.
"""

import re
from typing import Final

from markupsafe import Markup, escape

_ADDRESS: Final = re.compile(r"https?://\S+")
_PAGE: Final = Markup(
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{subject}</title></head>'
    '<body style="margin:0;padding:24px;background:#ffffff;color:#1e2b3c;'
    'font-family:Inter,Segoe UI,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">'
    '<main style="max-width:600px;margin:0 auto">{paragraphs}</main></body></html>\n'
)
_PARAGRAPH: Final = Markup('<p style="margin:0 0 16px">{lines}</p>')
_LINK: Final = Markup(
    '<a href="{address}" style="display:inline-block;padding:8px 0;color:#00457c;'
    'font-weight:600;overflow-wrap:anywhere">{address}</a>'
)


def html_of(subject: str, body: str, language: str) -> str:
    """A whole HTML document that says what the text says; whatever was typed stays text."""
    paragraphs = Markup("\n").join(_paragraph(one) for one in body.split("\n\n") if one.strip())
    return _PAGE.format(language=language, subject=subject, paragraphs=paragraphs)


def _paragraph(text: str) -> Markup:
    lines = Markup("<br>\n").join(_line(one) for one in text.strip().splitlines())
    return _PARAGRAPH.format(lines=lines)


def _line(text: str) -> Markup:
    if _ADDRESS.fullmatch(text.strip()):
        return _LINK.format(address=text.strip())
    return escape(text)
