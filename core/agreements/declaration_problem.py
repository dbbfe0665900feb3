"""One broken rule of a declared file."""

from dataclasses import dataclass

from core.rules.yaml_lines import Place


@dataclass(frozen=True)
class Problem:
    """What is wrong at a place of the file; `text_line` counts inside the text that stands there."""

    place: Place
    sentence: str
    text_line: int | None = None
