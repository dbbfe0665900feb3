"""Words as people look for them: without case and accents, æ/ä, ø/ö and å/aa as one. Pure functions."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 60
SHORTEST_NUMBER: Final = 8
"""Digits in groups that make at least so many are one number: 987 654 321 is an organisation's."""

_SPELT_OUT: Final = str.maketrans(
    {
        "æ": "ae",
        "ä": "ae",
        "ø": "oe",
        "ö": "oe",
        "å": "aa",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ŋ": "n",
        "ŧ": "t",
        "œ": "oe",
        "þ": "th",
    }
)
_WORD: Final = re.compile(r"[^\W_]+")
_GROUPS: Final = re.compile(r"\d+(?:[ \u00a0.]\d+)+")


def folded(text: str) -> str:
    """A text in small letters that a keyboard of another country has too; folding twice changes nothing."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    apart = unicodedata.normalize("NFKD", composed.translate(_SPELT_OUT).casefold())
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return bare.translate(_SPELT_OUT)


def words_of(texts: Iterable[str]) -> set[str]:
    """Every word of some texts, folded; a number in groups is one word more."""
    return {word for text in texts for word in (*_words(text), *_words(_joined(text)))}


def words_asked(text: str) -> list[str]:
    """The words that must all begin a word of what is found, as somebody typed them."""
    return list(dict.fromkeys(_words(_joined(text))))


def _words(text: str) -> Iterable[str]:
    return (word[:LONGEST] for word in _WORD.findall(folded(text)))


def _joined(text: str) -> str:
    return _GROUPS.sub(_as_one, text)


def _as_one(groups: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", groups[0])
    return digits if len(digits) >= SHORTEST_NUMBER else groups[0]
