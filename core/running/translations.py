"""Compile every catalogue beside its source: ``python -m core.running.translations``."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.running.places import ROOT

FOLDERS = ("core", "tenants", "plugins")


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write a ``.mo`` for each ``.po`` below the translation folders; unsure (fuzzy) entries are left out."""
    sources = sorted(path for folder in FOLDERS for path in root.glob(f"{folder}/**/LC_MESSAGES/*.po"))
    for source in sources:
        _compile(source)
    return sources


def _compile(source: Path) -> None:
    """Put the whole file in its place at once: a process that serves may read it at any moment."""
    new = source.with_suffix(".mo.new")
    with source.open("rb") as text, new.open("wb") as compiled:
        write_mo(compiled, read_po(text, locale=source.parents[1].name, domain=source.stem))
    new.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    compile_all()
