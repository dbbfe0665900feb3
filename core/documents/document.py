"""A printed document as plain values: what is said, not how it looks.

Everything is text that has already been resolved and translated; nothing here is markup.
"""

from dataclasses import dataclass
from datetime import datetime

from core.documents.blocks import Block


@dataclass(frozen=True)
class Logo:
    """A picture at the head of page one: a PNG (see `core.documents.logos`) and what it says in words."""

    png: bytes
    alternative: str

    def __post_init__(self) -> None:
        """Refuse a logo that a screen reader could not read out; raises `ValueError`."""
        _require(self.alternative, "a logo needs an alternative text, such as the name of its owner")


@dataclass(frozen=True)
class Table:
    """A table with one row of column headings; a shorter row is filled up with empty cells."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing of ours (SVG, never a stranger's) with words for it; `width` in millimetres."""

    svg: bytes
    alternative: str
    width: int

    def __post_init__(self) -> None:
        """Refuse a picture that a screen reader could not read out; raises `ValueError`."""
        _require(self.alternative, "a picture needs an alternative text")


@dataclass(frozen=True)
class Part:
    """A section with its number as printed ("1.2", or empty), and sources of law in small type below it.

    `new_page` lets it begin on a page of its own; `key` names a clause, invisibly, in a file for Word.
    """

    heading: str
    content: tuple[Block | Table | Picture, ...] = ()
    level: int = 1
    number: str = ""
    references: tuple[str, ...] = ()
    new_page: bool = False
    key: str = ""


@dataclass(frozen=True)
class Document:
    """A whole document.

    `created` is the aware moment that the file carries as its date; `facts` are label and value;
    `page_word` has `{page}` and `{pages}`, such as "Page {page} of {pages}"; a placeholder that is
    still open is printed as a marked field with its label from `placeholder_labels`.
    """

    title: str
    language: str
    created: datetime
    parts: tuple[Part, ...]
    subtitle: str = ""
    identifier: str = ""
    author: str = ""
    logos: tuple[Logo, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    page_word: str = "{page} / {pages}"
    placeholder_labels: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what an accessible file cannot do without; raises `ValueError`."""
        _require(self.title, "a document needs a title")
        if self.created.tzinfo is None:
            raise ValueError("the date of a document needs a time zone")


def _require(text: str, message: str) -> None:
    if not text.strip():
        raise ValueError(message)
