"""docs/hooks.md says of every hook exactly what the code says."""

import ast
import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from core.plugin_host import specs
from core.plugin_host.host import Host

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("`")[0]: part for part in PAGE.split("\n## `")[1:]}


def signature(name: str) -> str:
    """A hook's signature as its specification writes it, without ``self``."""
    source = ast.parse(inspect.getsource(specs)).body
    (hooks,) = [node for node in source if isinstance(node, ast.ClassDef) and node.name == "Hooks"]
    (function,) = [node for node in hooks.body if isinstance(node, ast.FunctionDef) and node.name == name]
    function.args.args = function.args.args[1:]
    return (
        f"def {name}({ast.unparse(function.args)}) -> {ast.unparse(function.returns or ast.Constant(None))}"
    )


def test_every_hook_has_a_heading_and_every_heading_a_hook() -> None:
    assert list(SECTIONS) == list(specs.KINDS), "in the order of the specifications"


@pytest.mark.parametrize("name", specs.KINDS)
def test_a_hook_is_described_with_its_exact_signature(name: str) -> None:
    assert f"```python\n{signature(name)}\n```" in SECTIONS[name]


@pytest.mark.parametrize("name", specs.KINDS)
def test_the_table_says_the_phase_and_a_caller_that_calls(name: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| [`{name}`](#{name})"))
    _empty, _hook, phase, caller, _end = [cell.strip() for cell in row.split("|")]
    assert phase == specs.KINDS[name].phase
    file = ROOT / caller.split("`")[1]
    said = file.read_text(encoding="utf-8")
    assert f'"{name}"' in said or "host().ask(plugin, event" in said or "def read_" in said


@pytest.mark.parametrize("name", specs.KINDS)
def test_the_users_that_are_named_use_it(name: str, host_with: Callable[..., Host]) -> None:
    users = re.findall(r"`(\w+)`", SECTIONS[name].partition("\nUsers: ")[2].partition("\n")[0])
    host = host_with()
    assert users
    for user in users:
        assert hasattr(host._manager.get_plugin(user), name), f"{user} does not use {name}"


@pytest.mark.parametrize("name", specs.KINDS)
def test_a_hook_has_an_example_that_is_python(name: str) -> None:
    example = SECTIONS[name].split("```python\n")[2].partition("```")[0]
    assert example.startswith("@hook\n")
    assert ast.parse(example)
    assert f"def {name}(" in example
