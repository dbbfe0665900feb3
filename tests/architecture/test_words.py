"""What may not be said where: countries, laws and types outside plugins, the time, code inside pages."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.app import ALWAYS_ON
from core.plugin_host.host import Host
from core.testing.contract import start_with

ROOT = Path(__file__).parents[2]
NEUTRAL = ("core", "tenants", "templates")
SOURCES = sorted(
    file
    for room in NEUTRAL
    for file in (ROOT / room).rglob("*")
    if file.suffix in {".py", ".html", ".txt", ".js", ".css", ".typ", ".mako", ".toml", ".cfg"}
    and not {"translations", "locks", "vendor", "node_modules"} & set(file.parts)
)
TEMPLATES = sorted(
    file
    for room in ("core", "tenants", "templates", "plugins")
    for file in (ROOT / room).rglob("*.html")
    if "node_modules" not in file.parts
)
PYTHON = sorted(file for room in ("core", "tenants", "plugins") for file in (ROOT / room).rglob("*.py"))

COUNTRIES = r"Norw|Norge|Norsk|Denmark|Danmark|Danish|Dansk|Oslo|Copenhagen|København|Bergen"
OFFICES = r"jobcent|fylke|bydel|kommune\b|flyktningtjeneste"
SHORT = r"\bNAV\b|\bNav\b|\bUDI\b|\bIMDi\b|\bSTAR\b|\bCVR\b|\bKVP\b"
LAWS = r"integreringslov|integration act|arbeidsmarkedslov|beskæftigelsesindsats|forvaltningslov|§ ?\d"
FOREIGN = re.compile(f"(?i:{COUNTRIES}|{OFFICES}|{LAWS})|{SHORT}")
SECTORS = {"public", "private"}
"""The sector of a party is core's own field; a type may call a party by the same word."""

LANGUAGE_NAMES = {
    "core/plugin_host/wording.py": "names the three languages of the product",
    "core/web/languages.py": "names the three languages of the product, each in itself",
}
"""The languages are the product's own, and their names sound like countries."""


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def without_docstrings(file: Path) -> str:
    """A Python file's code without comments and docstrings, where an example may name a place."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        return text
    tokens = [
        one for one in tokenize.generate_tokens(io.StringIO(text).readline) if one.type != tokenize.COMMENT
    ]
    docstrings = {
        (node.body[0].lineno, node.body[0].end_lineno)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and ast.get_docstring(node, clean=False) is not None
    }
    return "\n".join(one.string for one in tokens if (one.start[0], one.end[0]) not in docstrings)


def country_words_of(host: Host) -> Iterator[tuple[str, str]]:
    """Every key that a plugin declares (its name, kinds of tenants, types and parties, rules of law), and how
    it is found in a text: whole words only where it could be a part of another.
    """
    for name in set(host.manifests) - ALWAYS_ON:
        yield name, rf"\b{name}\b" if "_" not in name else name
    for one in host.declared("register_tenant_kinds"):
        yield one.value.key, re.escape(one.value.key)
    for one in host.declared("register_agreement_types"):
        yield one.value.key, re.escape(one.value.key)
        keys = {party.key for party in one.value.parties} - SECTORS
        yield from ((key, rf"[\"']{key}[\"']") for key in keys)
    for one in host.declared("register_rule_sets"):
        _key, rule_set = one.value
        words = (*rule_set.own_rules, *rule_set.law.switches)
        yield from ((word, rf"\b{re.escape(word)}\b") for word in words)
    for one in host.declared("register_roles"):
        if one.plugin not in ALWAYS_ON:
            yield one.value.key, re.escape(one.value.key)


def test_no_declared_key_is_named_outside_its_plugin() -> None:
    words = set(country_words_of(start_with({})))
    assert len(words) > 100
    texts = {named(file): without_docstrings(file) for file in SOURCES}
    said = {
        file: word
        for file, text in texts.items()
        for word, pattern in words
        if word in text and re.search(pattern, text)
    }
    assert said == {}


def test_no_country_and_no_law_is_named_outside_the_plugins() -> None:
    said = {
        named(file): found[0]
        for file in SOURCES
        if named(file) not in LANGUAGE_NAMES
        and not named(file).startswith("core/testing/")  # its examples are read like an agreement
        and (found := FOREIGN.search(without_wordings(without_docstrings(file))))
    }
    assert said == {}


def without_wordings(text: str) -> str:
    """A text without what is said to people in Norwegian and Danish, where such words are the plain ones."""
    return re.sub(r"\b(nb|da)\s*=\s*\(?(\s*f?[\"'][^\"']*[\"'])+", "", text)


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK", "NotImplementedError"])
def test_nothing_is_left_to_do(word: str) -> None:
    left = [
        named(file) for file in [*PYTHON, *TEMPLATES] if re.search(rf"\b{word}\b", file.read_text("utf-8"))
    ]
    assert left == []


def test_nobody_but_the_clock_asks_for_the_time() -> None:
    asking = re.compile(
        r"date\.today\(|datetime\.(now|utcnow|today)\(|time\.time\(|datetime\.fromtimestamp\("
    )
    asked = [named(file) for file in PYTHON if asking.search(file.read_text("utf-8"))]
    assert asked == ["core/kernel/clock.py"]


def test_no_error_is_caught_and_ignored() -> None:
    silent = [
        f"{named(file)}:{node.lineno}"
        for file in PYTHON
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler) and all(isinstance(one, ast.Pass) for one in node.body)
    ]
    assert silent == []


INLINE: dict[str, str] = {
    "a script in the page": r"<script(?![^>]*\bsrc=)",
    "a style in the page": r"<style\b",
    "a style at an element": r"\sstyle\s*=",
    "a handler at an element": r"\son[a-z]+\s*=\s*[\"']",
    "a script as an address": r"javascript:",
    "a handler of htmx": r"hx-on",
    "a file of somebody else": r"(src|href)=[\"']https?://(?!\{)[^\"']*\.(js|css|woff2?|png|svg)",
    "a text that is not escaped": r"\|\s*safe\b|autoescape\s+false",
}


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds(what: str) -> None:
    pattern = re.compile(INLINE[what], re.IGNORECASE)
    holding = {
        named(file): found[0] for file in TEMPLATES if (found := pattern.search(file.read_text("utf-8")))
    }
    assert holding == {}


def test_templates_ask_no_database() -> None:
    query = re.compile(r"\b(session|query)\s*\(|\.execute\(")
    assert [named(file) for file in TEMPLATES if query.search(file.read_text("utf-8"))] == []


def test_there_are_texts_to_look_at() -> None:
    assert len(SOURCES) > 150
    assert len(TEMPLATES) > 30
