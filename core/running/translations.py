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
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text, locale=source.parents[1].name, domain=source.stem))
    return sources


if __name__ == "__main__":
    compile_all()
