"""Blocks as HTML and as plain text."""

from collections.abc import Callable, Iterable
from functools import partial

from markupsafe import Markup, escape

from core.documents.blocks.model import Block, BulletList, Paragraph, Placeholder, Run


def to_html(blocks: Iterable[Block], placeholder_label: Callable[[str], str]) -> Markup:
    """Escaped HTML; an unfilled placeholder is shown as a mark with its label."""
    line = partial(_html_line, placeholder_label=placeholder_label)
    return Markup("\n").join(_html_block(block, line) for block in blocks)


def to_plain(blocks: Iterable[Block]) -> str:
    """Text without emphasis, for mail and search; an unfilled placeholder is written ``{key}``."""
    return "\n\n".join(_plain_block(block) for block in blocks)


def _html_block(block: Block, line: Callable[[tuple[Run, ...]], Markup]) -> Markup:
    if isinstance(block, Paragraph):
        return Markup("<p>{}</p>").format(line(block.runs))
    items = (Markup("<li>{}</li>").format(line(item)) for item in block.items)
    return Markup("<ul>{}</ul>").format(Markup().join(items))


def _html_line(runs: tuple[Run, ...], placeholder_label: Callable[[str], str]) -> Markup:
    return Markup().join(_html_run(run, placeholder_label) for run in runs)


def _html_run(run: Run, placeholder_label: Callable[[str], str]) -> Markup:
    if isinstance(run, Placeholder):
        html = Markup('<mark class="placeholder">{}</mark>').format(placeholder_label(run.key))
    else:
        html = Markup("<br>").join(escape(line) for line in run.text.split("\n"))
    return Markup("<em>{}</em>").format(html) if run.emphasis else html


def _plain_block(block: Block) -> str:
    if isinstance(block, BulletList):
        return "\n".join(f"- {_plain_line(item)}" for item in block.items)
    return _plain_line(block.runs)


def _plain_line(runs: tuple[Run, ...]) -> str:
    return "".join(f"{{{run.key}}}" if isinstance(run, Placeholder) else run.text for run in runs)
