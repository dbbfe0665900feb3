"""What stands in a file from Word: line by line, what was added and removed by whom, and the comments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from core.documents.word.errors import WordError
from core.documents.word.names import CLAUSE, copy_of, tag
from core.documents.word.package import BODY, Package

KEPT, ADDED, REMOVED = "kept", "added", "removed"
MOST_LINES, MOST_LETTERS, MOST_COMMENTS, MOST_SEGMENTS = 5_000, 400_000, 500, 50_000
LONGEST_AUTHOR: Final = 200
_STATES: Final = {tag("ins"): ADDED, tag("moveTo"): ADDED, tag("del"): REMOVED, tag("moveFrom"): REMOVED}
_INSIDE: Final = {
    tag(name) for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml")
}
_SIGNS: Final = {
    tag("tab"): "\t", tag("br"): "\n", tag("cr"): "\n",
    tag("noBreakHyphen"): "\u2011", tag("softHyphen"): "\u00ad",
}  # fmt: skip


class Who(NamedTuple):
    """Who changed something and when, as the file says."""

    author: str = ""
    at: datetime | None = None


class Segment(NamedTuple):
    """A piece of a line: kept, added or removed."""

    text: str
    state: str
    who: Who


UNTOUCHED: Final = Segment("\n", KEPT, Who())
"""The end of a line that nobody has changed."""


@dataclass
class Line:
    """A paragraph. `clause` is the bookmark that it stands in, `end` says what happened to its end."""

    clause: str
    in_table: bool
    segments: list[Segment] = field(default_factory=list)
    end: Segment = UNTOUCHED

    def text(self, *without: str) -> str:
        """The words of the line without segments of some states."""
        return "".join(one.text for one in self.segments if one.state not in without)


@dataclass
class Comment:
    """What somebody says beside the text, and the words it is about."""

    who: Who
    words: str
    clause: str = ""
    about: str = ""


@dataclass
class WordFile:
    """Everything that was read; `copy` is which copy of a draft it says it is."""

    lines: list[Line]
    comments: list[Comment]
    copy: UUID | None


def read_docx(content: bytes) -> WordFile:
    """Read a file from a stranger. Raises `WordError`."""
    package = Package(content)
    body = package.xml(BODY).find(tag("body"))
    if body is None:
        raise WordError("not_word")
    comments = _comments(package.xml("word/comments.xml"))
    reader = _Reader(comments)
    reader.blocks(body, in_table=False)
    return WordFile(reader.lines, list(comments.values()), reader.copy)


def _comments(root: Any) -> dict[str, Comment]:
    found = list(root.iter(tag("comment"))) if root is not None else []
    if len(found) > MOST_COMMENTS:
        raise WordError("too_long")
    return {one.get(tag("id"), ""): Comment(_who(one), _words_of(one)) for one in found}


def _words_of(comment: Any) -> str:
    lines = ("".join(_run_texts(paragraph.iter(tag("r")))) for paragraph in comment.iter(tag("p")))
    return "\n".join(lines).strip()[:MOST_LETTERS]


def _run_texts(runs: Iterator[Any]) -> Iterator[str]:
    for run in runs:
        yield from (_text_of(piece) for piece in run)


def _text_of(piece: Any) -> str:
    if piece.tag in {tag("t"), tag("delText")}:
        return piece.text or ""
    return _SIGNS.get(piece.tag, "") if piece.get(tag("type")) in {None, "textWrapping"} else ""


def _who(element: Any) -> Who:
    try:
        written = datetime.fromisoformat(element.get(tag("date"), ""))
        at = written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        at = None
    return Who(element.get(tag("author"), "").strip()[:LONGEST_AUTHOR], at)


class _Reader:
    """Walks through the body once, knowing which bookmarks and comments are open."""

    def __init__(self, comments: dict[str, Comment]) -> None:
        self.comments, self.lines = comments, list[Line]()
        self.copy: UUID | None = None
        self.open: dict[str, str] = {}
        self.said: set[str] = set()
        self.letters = self.segments = 0

    def blocks(self, parent: Any, *, in_table: bool) -> None:
        """Paragraphs and tables, however deep they stand in frames."""
        for child in parent:
            if child.tag == tag("p"):
                self._paragraph(child, in_table=in_table)
            elif child.tag in {
                tag("tbl"),
                tag("tr"),
                tag("tc"),
                tag("sdt"),
                tag("sdtContent"),
                tag("customXml"),
            }:
                self.blocks(child, in_table=in_table or child.tag == tag("tbl"))
            elif child.tag in _STATES:
                self.blocks(child, in_table=in_table)
            else:
                self._mark(child, None)

    def _paragraph(self, paragraph: Any, *, in_table: bool) -> None:
        line = Line(next(iter(self.open.values()), ""), in_table)
        self._inline(paragraph, line, KEPT, Who())
        line.end = _end_of(paragraph)
        self.lines.append(line)
        if len(self.lines) > MOST_LINES or self.letters > MOST_LETTERS or self.segments > MOST_SEGMENTS:
            raise WordError("too_long")

    def _inline(self, parent: Any, line: Line, state: str, who: Who) -> None:
        for child in parent:
            if child.tag == tag("r"):
                self._run(child, line, state, who)
            elif child.tag in _STATES:
                both = {state, _STATES[child.tag]} == {ADDED, REMOVED}
                self._inline(child, line, "" if both else _STATES[child.tag], _who(child))
            elif child.tag in _INSIDE:
                self._inline(child, line, state, who)
            else:
                self._mark(child, line)

    def _run(self, run: Any, line: Line, state: str, who: Who) -> None:
        for piece in run:
            if piece.tag == tag("commentReference"):
                self._comment(piece.get(tag("id"), ""), line)
        text = "".join(_run_texts(iter([run])))
        if not text or not state:
            return
        self.letters, self.segments = self.letters + len(text), self.segments + 1
        line.segments.append(Segment(text, state, who))
        if state != REMOVED:
            for key in self.said:
                self.comments[key].about += text

    def _mark(self, mark: Any, line: Line | None) -> None:
        """Where a bookmark or a comment begins or ends."""
        key = mark.get(tag("id"), "")
        if mark.tag == tag("bookmarkStart"):
            name = mark.get(tag("name"), "")
            self.copy = copy_of(name) or self.copy
            if name.startswith(CLAUSE):
                self.open[key] = name
                if line is not None and not line.segments:
                    line.clause = name
        elif mark.tag == tag("bookmarkEnd"):
            ended = self.open.pop(key, "")
            if line is not None and ended == line.clause and not line.segments and self.lines:
                line.clause = next(iter(self.open.values()), "") if _has(self.lines, ended) else ended
        elif mark.tag == tag("commentRangeStart") and key in self.comments:
            self.said.add(key)
            self._comment(key, line)
        elif mark.tag == tag("commentRangeEnd"):
            self.said.discard(key)

    def _comment(self, key: str, line: Line | None) -> None:
        if key in self.comments and line is not None and not self.comments[key].clause:
            self.comments[key].clause = line.clause


def _has(lines: list[Line], clause: str) -> bool:
    return lines[-1].clause == clause


def _end_of(paragraph: Any) -> Segment:
    properties = paragraph.find(f"{tag('pPr')}/{tag('rPr')}")
    for mark in properties if properties is not None else ():
        if mark.tag in _STATES:
            return Segment("\n", _STATES[mark.tag], _who(mark))
    return UNTOUCHED
