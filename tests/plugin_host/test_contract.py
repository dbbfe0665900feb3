"""Every plugin that comes with the product keeps the contract that a stranger's plugin has to keep."""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType

import pytest

from core.app import ALWAYS_ON, GROUP
from core.plugin_host import specs
from core.plugin_host.host import Host
from core.testing.contract import complaints_about

INSTALLED = sorted(entry.name for entry in entry_points(group=GROUP) if entry.name not in ALWAYS_ON)
NO_SECOND_USER_YET = {"register_demo", "register_roles", "register_menu", "register_blueprints"}


def loads(name: str) -> Callable[[], ModuleType]:
    return lambda: import_module(f"plugins.{name}.plugin")


@pytest.mark.parametrize("name", INSTALLED)
def test_a_bundled_plugin_keeps_the_contract(name: str) -> None:
    requires = loads(name)().MANIFEST.requires
    assert complaints_about(name, loads(name), requires=[f"plugins.{one}" for one in requires]) == []


def test_the_miniature_keeps_the_contract(seminars: ModuleType) -> None:
    assert complaints_about("seminars", lambda: seminars) == []


def test_everything_installed_is_available(host_with: Callable[..., Host]) -> None:
    host = host_with()
    assert host.unavailable == {}
    assert set(INSTALLED) | ALWAYS_ON == set(host.manifests)


def test_the_miniature_uses_every_hook(seminars: ModuleType) -> None:
    assert {name for name in specs.KINDS if hasattr(seminars, name)} == set(specs.KINDS)


def test_every_hook_says_its_phase_by_its_name() -> None:
    phases = {
        "register": "declare",
        "provide": "evaluate",
        "narrow": "evaluate",
        "export": "evaluate",
        "erase": "evaluate",
        "hand": "evaluate",
        "slot": "render",
        "on": "react",
    }
    for name, kind in specs.KINDS.items():
        assert phases[name.partition("_")[0]] == kind.phase


def test_every_specification_has_a_kind_and_the_other_way_round() -> None:
    assert {name for name in vars(specs.Hooks) if not name.startswith("_")} == set(specs.KINDS)
