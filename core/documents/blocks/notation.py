r"""The notation in which people write clause text.

Paragraphs are separated by blank lines; lines that begin with ``- `` make a list, and an indented
line continues its item. ``*words*`` are emphasised, ``{key}`` is a placeholder. A backslash before
``*``, ``{``, ``}``, ``-`` or ``\`` takes that character as it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from core.documents.blocks.model import Block, BulletList, Paragraph, Placeholder, Run, Text, merged


class BlockError(ValueError):
    """The text breaks the notation; `line` counts from 1, `message` says what to write instead."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


BRACE_MESSAGE = (
    "a brace belongs to a placeholder such as {start_date} (small letters a-z, digits and _); "
    "write \\{ or \\} for the character itself"
)
STAR_MESSAGE = "this star has no partner; write *words* for emphasis or \\* for the character itself"

_ITEM = re.compile(r"\s*-\s+(?=\S)")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*{}-])|\{(?P<key>[a-z][a-z0-9_]*)\}|(?P<star>\*)|(?P<brace>[{}])|(?P<plain>[^\\*{}]+|\\)"
)


@dataclass
class _Passage:
    """Lines of the source that belong to one paragraph or one list item."""

    first_line: int
    lines: list[str]
    is_item: bool


@lru_cache(maxsize=4096)
def parse(text: str, *, lenient: bool = False) -> tuple[Block, ...]:
    """Read `text` into blocks.

    Strict (declared text) raises `BlockError` at a lone brace or star. Lenient (text typed by a
    person) takes them as plain characters and never raises. Both keep every placeholder with a
    well-formed key; whether the key is known is for the caller to decide.
    """
    blocks: list[Block] = []
    for chunk in _chunks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        for is_item, group in groupby(chunk, key=lambda passage: passage.is_item):
            runs = [_runs("\n".join(passage.lines), passage.first_line, lenient=lenient) for passage in group]
            blocks += [BulletList(tuple(runs))] if is_item else [Paragraph(line) for line in runs]
    return tuple(blocks)


def to_source(blocks: Iterable[Block]) -> str:
    """The notation that `parse` reads back to the same blocks, for editing in a text field."""
    return "\n\n".join(_block_source(block) for block in blocks)


def _chunks(lines: list[str]) -> Iterator[list[_Passage]]:
    chunk: list[_Passage] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            _take_line(chunk, number, line)
        elif chunk:
            yield chunk
            chunk = []


def _take_line(chunk: list[_Passage], number: int, line: str) -> None:
    previous = chunk[-1] if chunk else None
    marker = _ITEM.match(line)
    if marker:
        chunk.append(_Passage(number, [line[marker.end() :].strip()], is_item=True))
    elif previous and (not previous.is_item or line[0].isspace()):
        previous.lines.append(line.strip())
    else:
        chunk.append(_Passage(number, [line.strip()], is_item=False))


def _runs(text: str, first_line: int, *, lenient: bool) -> tuple[Run, ...]:
    tokens = list(_TOKEN.finditer(text))
    delimiters = _emphasis_delimiters(text, tokens)
    runs: list[Run] = []
    emphasis = False
    for token in tokens:
        if token.start() in delimiters:
            emphasis = not emphasis
            continue
        if not lenient and token.lastgroup in {"star", "brace"}:
            message = STAR_MESSAGE if token.lastgroup == "star" else BRACE_MESSAGE
            raise BlockError(first_line + text.count("\n", 0, token.start()), message)
        runs.append(_run(token, emphasis=emphasis))
    return merged(runs)


def _run(token: re.Match[str], *, emphasis: bool) -> Run:
    kind = token.lastgroup or "plain"
    words = token.group(kind)
    return Placeholder(words, emphasis) if kind == "key" else Text(words.replace("\n", " "), emphasis)


def _emphasis_delimiters(text: str, tokens: list[re.Match[str]]) -> set[int]:
    """Positions of stars that hug their words like *this*; a star between spaces or inside a word is none."""
    delimiters: set[int] = set()
    opened: int | None = None
    for star in (token.start() for token in tokens if token.lastgroup == "star"):
        before, after = text[star - 1 : star], text[star + 1 : star + 2]
        closes = not before.isspace() and not after.isalnum()
        if opened is not None and closes and star > opened + 1:
            delimiters |= {opened, star}
            opened = None
        elif after and not after.isspace() and not before.isalnum():
            opened = star
    return delimiters


def _block_source(block: Block) -> str:
    if isinstance(block, BulletList):
        return "\n".join(f"- {_line_source(item)}" for item in block.items)
    line = _line_source(block.runs)
    return f"\\{line}" if _ITEM.match(line) else line


def _line_source(runs: tuple[Run, ...]) -> str:
    grouped = groupby(runs, key=lambda run: run.emphasis)
    spans = [(emphasis, "".join(map(_run_source, group))) for emphasis, group in grouped]
    return "".join(f"*{words}*" if emphasis else words for emphasis, words in spans)


def _run_source(run: Run) -> str:
    if isinstance(run, Placeholder):
        return f"{{{run.key}}}"
    return re.sub(r"[\\*{}]", r"\\\g<0>", run.text).replace("\n", " ")
