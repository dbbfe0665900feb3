"""Text that can be printed: every letter has a glyph, and nothing invisible changes what is read.

An accessible, archivable file may not hold a letter that no font has. Such a letter is printed as
U+FFFD, the replacement character, rather than refusing the whole document.
"""

import re
import unicodedata
from functools import lru_cache

from core.documents.typesetting import TypesettingError, typeset_pdf

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Joiners and soft breaks are part of some languages; overrides of direction could turn a sentence around.
_KEPT_FORMATS = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f")
_LINE_BREAKS = str.maketrans({"\t": " ", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n"})

# Letters that the font is known to have (a test sets them all); other words are tried one by one.
ORDINARY = "\n -~\u00a0-\u017f\u0218-\u021b\u0400-\u045f–—‘-„•…€−\ufffd"
_UNUSUAL_WORD = re.compile(rf"[^\s]*[^{ORDINARY}][^\s]*")

_TRIAL = b"""#set document(title: "Trial")
#set text(font: ("Inter", "DejaVu Sans Mono"))
#read("words.txt")
"""


def printable(text: str) -> str:
    """The same text, composed (NFC), without control characters, with U+FFFD for letters without a glyph."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_BREAKS)
    kept = "".join(_kept(character) for character in unicodedata.normalize("NFC", lines))
    return _UNUSUAL_WORD.sub(lambda word: _printable_word(word.group()), kept)


def _kept(character: str) -> str:
    if character == "\n" or character in _KEPT_FORMATS:
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Cf"}:
        return ""
    return REPLACEMENT if category in {"Cn", "Co", "Cs"} else character


@lru_cache(maxsize=8192)
def _printable_word(word: str) -> str:
    """Typst shapes letters together, so the word is tried as a whole before and after replacing."""
    if _has_glyphs(word):
        return word
    replaced = "".join(letter if _letter_has_glyph(letter) else REPLACEMENT for letter in word)
    return replaced if _has_glyphs(replaced) else re.sub(f"[^{ORDINARY}]", REPLACEMENT, word)


@lru_cache(maxsize=8192)
def _letter_has_glyph(letter: str) -> bool:
    return _has_glyphs(letter)


def _has_glyphs(words: str) -> bool:
    try:
        typeset_pdf({"main.typ": _TRIAL, "words.txt": words.encode()}, created=0)
    except TypesettingError:
        return False
    return True
