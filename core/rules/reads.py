"""What a rule's code asks of its context, found by reading the code; and what it may not reach for."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any, TypeGuard

KINDS = {
    "fact": "facts",
    "facts": "facts",
    "fact_or": "facts",
    "given": "facts",
    "parameter": "parameters",
    "switch": "switches",
    "setting": "settings",
    "rule": "rules",
    "rules": "rules",
    "applicable": "rules",
    "value_of": "rules",
}
CONSTANTS = (str, int, float, bool, tuple, frozenset, type(None), type)


@dataclass
class Reads:
    """The names that a function and its helpers ask for, each in the order of the code.

    Without a fact that is ``needed`` the function ends unknown; ``assumed`` is the code of what it takes for
    another that is left out.
    """

    needed: dict[str, None] = field(default_factory=dict)
    assumed: dict[str, str] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    parameters: dict[str, None] = field(default_factory=dict)
    switches: dict[str, None] = field(default_factory=dict)
    settings: dict[str, None] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)


def reads_of(function: Callable[..., Any]) -> Reads:
    """What the function asks for, as far as its code says so in plain words."""
    found = Reads()
    for one in functions_of(function):
        for node, names in _calls_on_context(one):
            getattr(found, KINDS[node.func.attr]).update(dict.fromkeys(names))
            if node.func.attr in {"fact", "facts"}:
                found.needed.update(dict.fromkeys(names))
            elif node.func.attr == "fact_or":
                found.assumed.update(dict.fromkeys(names, _default_of(node)))
    return found


def _calls_on_context(function: FunctionType) -> Iterator[tuple["_Asking", list[str]]]:
    for node in ast.walk(tree_of(function)):
        if _asks_context(node, function):
            names = [_names_of(one, function) for one in node.args[: _names_at_most(node)]]
            yield node, [name for each in names for name in each or ()]


def _default_of(node: "_Asking") -> str:
    given = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "default")]
    return ast.unparse(given[0]) if given else "None"


def _asks_context(node: ast.AST, function: FunctionType) -> TypeGuard["_Asking"]:
    """Whether a node is a call such as `ctx.fact("birth_date")` on an argument of the function."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in KINDS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in function.__code__.co_varnames[: function.__code__.co_argcount]
    )


class _Asking(ast.Call):
    func: ast.Attribute


def _names_at_most(node: _Asking) -> int:
    return len(node.args) if node.func.attr in {"facts", "given", "rules", "applicable"} else 1


def _names_of(node: ast.expr, function: FunctionType) -> tuple[str, ...] | None:
    """The names that an argument stands for: written out, or a constant of the module; None otherwise."""
    if isinstance(node, ast.Starred):
        node = node.value
    value: Any = node.value if isinstance(node, ast.Constant) else None
    if isinstance(node, ast.Name):
        value = function.__globals__.get(node.id)
    names = value if isinstance(value, tuple) else (value,)
    return names if all(isinstance(one, str) for one in names) else None


def functions_of(function: Callable[..., Any]) -> list[FunctionType]:
    """The function and those of plugins that it uses, directly or by others."""
    found: dict[FunctionType, None] = {}
    waiting = [function]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, FunctionType) and one not in found:
            found[one] = None
            waiting += [used for used in _globals_of(one).values() if _is_own(used, one)]
    return list(found)


def _is_own(used: Any, user: FunctionType) -> bool:
    return isinstance(used, FunctionType) and used.__module__.split(".")[0] == user.__module__.split(".")[0]


def _globals_of(function: FunctionType) -> dict[str, Any]:
    named = {node.id for node in ast.walk(tree_of(function)) if isinstance(node, ast.Name)}
    return {name: function.__globals__[name] for name in sorted(named & set(function.__globals__))}


@lru_cache(maxsize=1024)
def tree_of(function: FunctionType) -> ast.Module:
    """The function's code."""
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def reaches_around(function: Callable[..., Any]) -> list[str]:
    """Why a rule may give another answer for the same facts, a sentence for each; empty when it cannot."""
    return [complaint for one in functions_of(function) for complaint in _complaints(one)]


def _complaints(function: FunctionType) -> Iterator[str]:
    if function.__closure__:
        yield f"{function.__qualname__} closes over {', '.join(function.__code__.co_freevars)}"
    if any(isinstance(one, list | dict | set) for one in function.__defaults__ or ()):
        yield f"{function.__qualname__} has a default that can change"
    for name, value in _globals_of(function).items():
        if not _is_harmless(value):
            yield f"{function.__qualname__} reads {name}, which can change or looks outside"
    for node in ast.walk(tree_of(function)):
        if told := _complaint_about(node, function):
            yield f"{function.__qualname__} {told}"


def _complaint_about(node: ast.AST, function: FunctionType) -> str:
    if _asks_context(node, function):
        names = [_names_of(one, function) for one in node.args[: _names_at_most(node)]]
        return "computes a name that it asks for: write it out" if None in names else ""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Global | ast.Nonlocal):
        return "imports or names a global inside"
    if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
        return f"reaches inside by {node.attr}"
    if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow", "entries"}:
        return f"asks for {node.attr}"
    return ""


def _is_harmless(value: Any) -> bool:
    """A function, a class, or a constant that cannot change; a module opens the whole world."""
    if isinstance(value, ModuleType):
        return value.__name__ in {"math", "datetime", "fractions"}
    return callable(value) or isinstance(value, CONSTANTS) or _is_frozen(value)


def _is_frozen(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True
