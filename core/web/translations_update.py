"""Bring every catalogue up to date with its sources: ``python -m core.web.translations_update``."""

from pathlib import Path

from core.web.catalogues import ROOT, TRANSLATED, Home, content, extract, homes, read, write


def update(home: Home, root: Path = ROOT) -> list[Path]:
    """Add new messages (empty), drop those that are gone, keep the rest. Returns the files that changed."""
    template = extract(home, root)
    changed = []
    for language in TRANSLATED:
        path = home.file(language)
        catalogue = read(path, language)
        before = content(catalogue)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if content(catalogue) != before or not path.is_file():
            write(path, catalogue)
            changed.append(path)
    return changed


if __name__ == "__main__":
    for one in homes():
        for file in update(one):
            print(file.relative_to(ROOT))  # noqa: T201  speaks to a person in a terminal
