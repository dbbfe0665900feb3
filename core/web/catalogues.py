"""The catalogues of messages: where they are, what their sources hold, and what is wrong in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parents[2]
TRANSLATED: Final = ("nb", "da")
DOMAIN: Final = "messages"
SIGN_IN_DOMAIN: Final = "flask_security"
KEYWORDS: Final = DEFAULT_KEYWORDS | {
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "lazy_npgettext": ((1, "c"), 2, 3),
}
SKIPPED: Final = frozenset({"node_modules", "static", "translations", "__pycache__"})
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[a-z]|%[sd%]")
HEADER: Final = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plural}\n"

"""
Id = tuple[str | tuple[str, ...], str | None]


@dataclass(frozen=True)
class Home:
    """A folder of catalogues and the folders whose messages it translates."""

    folder: Path
    sources: tuple[Path, ...]

    def file(self, language: str, domain: str = DOMAIN) -> Path:
        """The catalogue of a language."""
        return self.folder / language / "LC_MESSAGES" / f"{domain}.po"


def homes(root: Path = ROOT) -> list[Home]:
    """The catalogues of core (with ``templates``), of tenants and of every plugin that has messages."""
    fixed = [
        Home(root / "core" / "web" / "translations", (root / "core", root / "templates")),
        Home(root / "tenants" / "translations", (root / "tenants",)),
    ]
    plugins = [
        Home(path / "translations", (path,))
        for path in sorted((root / "plugins").glob("*/"))
        if path.is_dir()
    ]
    return fixed + [home for home in plugins if home.folder.is_dir() or len(extract(home, root))]


def extract(home: Home, root: Path = ROOT) -> Catalog:
    """The messages in the sources of a home, with the files they stand in."""
    with (Path(__file__).parent / "babel.cfg").open(encoding="utf-8") as file:
        method_map, options = parse_mapping_cfg(file)
    template = Catalog(project="Fotfeste", charset="utf-8")
    for source in home.sources:
        found = extract_from_dir(source, method_map, options, KEYWORDS, directory_filter=_is_looked_into)
        for name, _line, message, comments, context in found:
            place = str((source / name).relative_to(root))
            template.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return template


def _is_looked_into(folder: str) -> bool:
    return Path(folder).name not in SKIPPED


def read(path: Path, language: str) -> Catalog:
    """A catalogue, empty when its file does not exist yet."""
    if not path.is_file():
        return Catalog(locale=language, project="Fotfeste", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(path: Path, catalogue: Catalog) -> None:
    """Store a catalogue sorted and without dates and line numbers, so a change shows only what changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = HEADER.format(language=catalogue.locale, plural=catalogue.plural_forms)
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(
            file,
            catalogue,
            width=120,
            omit_header=True,
            sort_output=True,
            ignore_obsolete=True,
            include_lineno=False,
        )


def content(catalogue: Catalog) -> dict[Id, tuple[object, ...]]:
    """What a catalogue says and from which files, without line numbers: to see whether it changed."""
    return {
        _id(one): (one.string, frozenset(place for place, _line in one.locations), frozenset(one.flags))
        for one in catalogue
        if one.id
    }


def problems(home: Home, root: Path = ROOT) -> list[str]:
    """Each missing, unsure or obsolete message, and each whose placeholders differ from the English."""
    template = {_id(one): one for one in extract(home, root) if one.id}
    return [
        f"{home.file(language).relative_to(root)}: {problem}"
        for language in TRANSLATED
        for problem in compare(template, read(home.file(language), language))
    ]


def compare(template: dict[Id, Message], catalogue: Catalog) -> Iterator[str]:
    """What is wrong in a catalogue, measured against the messages of its sources."""
    known = {_id(one): one for one in catalogue if one.id}
    for key, original in template.items():
        translated = known.get(key)
        name = _first(original.id)
        if translated is None or not all(_texts(translated.string)):
            yield f"missing: {name!r}"
        elif translated.fuzzy:
            yield f"not sure (fuzzy): {name!r}"
        elif not _same_placeholders(translated):
            yield f"other placeholders than the English: {name!r} → {_first(translated.string)!r}"
    for key in known.keys() - template.keys():
        yield f"obsolete: {_first(key[0])!r}"


def sign_in_problems(root: Path = ROOT) -> list[str]:
    """What is wrong in our texts for sign-in; the messages of Flask-Security are the measure."""
    home = homes(root)[0]
    with (files("flask_security") / "translations" / "flask_security.pot").open("rb") as file:
        originals = {_id(one): one for one in read_po(file) if one.id}
    found = {language: read(home.file(language, SIGN_IN_DOMAIN), language) for language in TRANSLATED}
    ours = {_id(one) for catalogue in found.values() for one in catalogue if one.id}
    template = {key: original for key, original in originals.items() if key in ours}
    return [
        f"{home.file(language, SIGN_IN_DOMAIN).relative_to(root)}: {problem}"
        for language, catalogue in found.items()
        for problem in compare(template, catalogue)
    ]


def _id(message: Message) -> Id:
    return (tuple(message.id) if isinstance(message.id, list | tuple) else message.id, message.context)


def _texts(text: str | Sequence[str] | None) -> tuple[str, ...]:
    if isinstance(text, str):
        return (text,)
    return tuple(text) if text else ("",)


def _first(text: str | Sequence[str] | None) -> str:
    return _texts(text)[0]


def _same_placeholders(message: Message) -> bool:
    """A plural form uses names that the English has; a message without plural uses all of them."""
    wanted = [_placeholders(text) for text in _texts(message.id)]
    found = [_placeholders(text) for text in _texts(message.string)]
    if len(wanted) == 1:
        return found == wanted
    return all(one <= set().union(*wanted) for one in found)


def _placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text)}
