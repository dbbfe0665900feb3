"""docs/writing-a-plugin.md, run: its files are those beside this one, and its tests are run as they stand."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from core.app import create_app
from core.testing.contract import app_with, complaints_about, plugin_in, start_with
from core.testing.database import TestServer, settings_for

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
PAGE = (HERE.parents[1] / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL))
TESTS = [
    block
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    if "def test_" in block
]


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_tutorial_is_the_one_that_is_tested(name: str) -> None:
    assert FILES[name] == (HERE / name).read_text(encoding="utf-8")


def test_the_tutorial_shows_both_plugins() -> None:
    assert {name.partition("/")[0] for name in FILES} == {"coffee", "seminars"}
    assert len(TESTS) == 2


def written_in(block: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(block, "docs/writing-a-plugin.md", "exec"), names)  # noqa: S102  our own page
    return {name: value for name, value in names.items() if name.startswith("test_")}


def test_the_first_tests_of_the_tutorial_pass() -> None:
    found = written_in(TESTS[0])
    assert len(found) == 2
    for test in found.values():
        test()


def test_the_test_with_a_database_passes(admin_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TestServer, "start", classmethod(lambda cls: cls(admin_url)))
    (test,) = written_in(TESTS[1]).values()
    test()


def test_coffee_stands_on_what_it_requires() -> None:
    load = plugin_in(HERE, "coffee")
    assert complaints_about("coffee", load) == []
    host = start_with({"coffee": load})
    assert "coffee" in host.manifests


def test_coffee_is_not_available_without_what_it_requires(admin_url: str) -> None:
    settings = settings_for(admin_url, "nowhere")
    without = type(settings)(**(vars(settings) | {"plugins": ("norway",)}))
    app: Flask = create_app(without, {"coffee": plugin_in(HERE, "coffee")})
    assert app.extensions["fotfeste_host"].unavailable == {
        "coffee": "it requires no_work_training, not available"
    }


def test_both_start_together(admin_url: str) -> None:
    server = TestServer(admin_url)
    try:
        app, _database = app_with(server, {name: plugin_in(HERE, name) for name in ("coffee", "seminars")})
        assert app.extensions["fotfeste_host"].unavailable == {}
    finally:
        server.stop()
