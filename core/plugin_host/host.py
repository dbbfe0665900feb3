"""The façade in front of pluggy: it picks the active plugins, orders and checks them, isolates failures."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pluggy

from core.kernel.database import configure_tables_of
from core.kernel.unit_of_work import contained
from core.plugin_host import specs
from core.plugin_host.checks import BadPluginError, check_module, check_privacy, check_requires
from core.plugin_host.manifest import Manifest

GROUP = "fotfeste.plugins"
"""The entry points by which plugins are found."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Contribution:
    """One plugin's answer. ``error`` tells that the plugin failed; then ``value`` is None."""

    plugin: str
    value: Any = None
    error: str = ""


@dataclass
class Health:
    """How a plugin's hooks have gone in this process: calls, seconds, and the last error."""

    calls: int = 0
    seconds: float = 0.0
    errors: int = 0
    last_error: str = ""


@dataclass
class Host:
    """All plugins of the process.

    ``active`` answers which plugins are switched on for the tenant in scope; ``always_on`` never ask.
    """

    active: Callable[[], Collection[str]] = tuple
    always_on: frozenset[str] = frozenset()
    manifests: dict[str, Manifest] = field(default_factory=dict)
    unavailable: dict[str, str] = field(default_factory=dict)
    health: dict[tuple[str, str], Health] = field(default_factory=lambda: defaultdict(Health))
    _declared: dict[str, list[Contribution]] = field(default_factory=lambda: defaultdict(list))
    _manager: pluggy.PluginManager = field(default_factory=lambda: pluggy.PluginManager(specs.PROJECT))

    def __post_init__(self) -> None:
        """Make the hook specifications known."""
        self._manager.add_hookspecs(specs.Hooks)

    def start(
        self,
        plugins: Mapping[str, Callable[[], ModuleType]],
        readers: Mapping[str, specs.Reader],
    ) -> None:
        """Import, check and collect plugin by plugin; what fails is named in ``unavailable``.

        ``plugins`` maps a name to what imports its module; ``readers`` maps a declare hook to the reader of
        the room that asks.
        """
        waiting = dict(plugins)
        for name in sorted(waiting):
            self._load(name, waiting[name], readers)
        while lost := check_requires(self.manifests):
            for name, reason in lost.items():
                self._set_aside(name, reason)

    def _load(self, name: str, load: Callable[[], ModuleType], readers: Mapping[str, specs.Reader]) -> None:
        try:
            module = load()
            manifest = check_module(name, module)
            configure_tables_of(name)
            check_privacy(name, module)
            self._manager.register(module, name=name)
            self.manifests[name] = manifest
            self._collect_declarations(name, module, readers)
        except (Exception, SystemExit) as error:  # noqa: BLE001  whatever a plugin does, the others go on
            self._set_aside(name, _described(error))

    def _collect_declarations(
        self, name: str, module: ModuleType, readers: Mapping[str, specs.Reader]
    ) -> None:
        for hook_name, reader in readers.items():
            function = getattr(module, hook_name, None)
            if function is None:
                continue
            for value in self._checked(hook_name, name, function()):
                self._declared[hook_name].append(Contribution(name, reader(name, value)))

    def _set_aside(self, name: str, reason: str) -> None:
        log.error("the plugin %s is not available: %s", name, reason)
        self.unavailable[name] = reason
        self.manifests.pop(name, None)
        if self._manager.has_plugin(name):
            self._manager.unregister(name=name)
        for hook_name, contributions in self._declared.items():
            self._declared[hook_name] = [one for one in contributions if one.plugin != name]

    def module_file(self, name: str) -> str:
        """Where the module of an available plugin lies."""
        return str(self._manager.get_plugin(name).__file__)  # type: ignore[union-attr]

    def declared(self, hook_name: str) -> list[Contribution]:
        """What all available plugins declared at start, in order of plugin."""
        return list(self._declared[hook_name])

    def collect(self, hook_name: str, **arguments: Any) -> list[Contribution]:
        """Ask every active plugin; a failing one answers with ``error`` and never stops the others."""
        return [self.ask(name, hook_name, **arguments) for name in self.listeners(hook_name)]

    def listeners(self, hook_name: str) -> list[str]:
        """Names of the active plugins that implement a hook, in a fixed order."""
        return sorted(set(self.implementing(hook_name)) & self.in_force())

    def implementing(self, hook_name: str) -> list[str]:
        """Names of the available plugins that implement a hook, switched on here or not, in a fixed order."""
        hooks = getattr(self._manager.hook, hook_name).get_hookimpls()
        return sorted({one.plugin_name for one in hooks} & set(self.manifests))

    def in_force(self) -> set[str]:
        """Names of the plugins that are switched on here."""
        return (set(self.active()) | self.always_on) & set(self.manifests)

    def ask(self, plugin: str, hook_name: str, **arguments: Any) -> Contribution:
        """Ask one plugin, timed and isolated."""
        health = self.health[plugin, hook_name]
        began = time.perf_counter()
        try:
            module = self._manager.get_plugin(plugin)
            with contained(writes=specs.KINDS[hook_name].writes):
                value = self._checked(hook_name, plugin, getattr(module, hook_name)(**arguments))
            return Contribution(plugin, value)
        except (Exception, SystemExit) as error:
            log.exception("the plugin %s failed in %s", plugin, hook_name)
            health.errors += 1
            health.last_error = _described(error)
            return Contribution(plugin, error=health.last_error)
        finally:
            health.calls += 1
            health.seconds += time.perf_counter() - began

    @staticmethod
    def _checked(hook_name: str, plugin: str, answer: Any) -> Any:
        kind = specs.KINDS[hook_name]
        if not isinstance(answer, kind.container):
            raise BadPluginError(f"{plugin}.{hook_name} must answer with {kind.container.__name__}")
        if isinstance(answer, Iterable):
            for value in answer:
                if not isinstance(value, kind.item):
                    raise BadPluginError(f"{plugin}.{hook_name} answered with {type(value).__name__}")
        return answer


def _described(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # noqa: BLE001  a plugin's error may fail to describe itself
        return type(error).__name__
