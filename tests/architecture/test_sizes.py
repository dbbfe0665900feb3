"""How long files and functions may be; run with -s to read how long they are."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(file for room in ("core", "tenants", "plugins") for file in (ROOT / room).rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def functions() -> Iterator[tuple[str, int]]:
    for file in FILES:
        if file.parent.name == "migrations":
            continue  # lists the columns of a table, and a list is as long as it is
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield f"{file.relative_to(ROOT)}: {node.name}", node.end_lineno - node.lineno + 1


def files() -> Iterator[tuple[str, int]]:
    for file in FILES:
        yield str(file.relative_to(ROOT)), len(file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("what", "longest", "median_at_most", "nearly_all_at_most"),
    [("files", LONGEST_FILE, 90, 300), ("functions", LONGEST_FUNCTION, 7, 28)],
)
def test_nothing_is_too_long(what: str, longest: int, median_at_most: int, nearly_all_at_most: int) -> None:
    found = dict(files() if what == "files" else functions())
    sizes = sorted(found.values())
    middle, nearly_all = median(sizes), quantiles(sizes, n=20)[-1]
    print(f"{what}: {len(sizes)}, median {middle}, 95 % at most {nearly_all}, longest {sizes[-1]}")  # noqa: T201
    assert {name: lines for name, lines in found.items() if lines > longest} == {}
    assert middle <= median_at_most
    assert nearly_all <= nearly_all_at_most


def test_a_template_is_not_too_long_either() -> None:
    templates = [
        file for room in ("templates", "tenants", "plugins") for file in (ROOT / room).rglob("*.html")
    ]
    lengths = {str(file.relative_to(ROOT)): file.read_text("utf-8").count("\n") for file in templates}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}
