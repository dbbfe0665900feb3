"""Do the cases of a plugin's rule sets notice when the law is wrong? One value, date or comparison at a time.

    python -m core.testing.law_mutations NAME_OF_PLUGIN --sample 100 --seed 1

Each mutation is made in a copy; it is noticed when a case of any of the plugin's rule sets then fails.
"""

import argparse
import ast
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from core.app import GROUP
from core.rules.cases import Case, answer_to, cases_of, complaints_about
from core.rules.parameters import DatedValue, Parameter
from core.rules.reads import functions_of
from core.rules.rule import RuleVersion
from core.rules.rule_set import RuleSet

DAY = timedelta(days=1)
OTHER: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
SYMBOLS = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
RuleSets = Mapping[str, RuleSet]
Cases = Mapping[str, Sequence[Case]]


@dataclass(frozen=True)
class Mutation:
    """What is changed, in words, and what gives the rule sets with the change."""

    what: str
    apply: Callable[[], RuleSets]


def rule_sets_of(plugin: str) -> RuleSets:
    """The rule sets that an installed plugin declares, by key."""
    (entry,) = entry_points(group=GROUP, name=plugin)
    return {one.key: one for one in entry.load().register_rule_sets()}


def mutations_of(rule_sets: RuleSets) -> list[Mutation]:
    """Every mutation there is, in a fixed order."""
    return [
        *_of_parameters(rule_sets),
        *_of_windows(rule_sets),
        *_of_comparisons(rule_sets),
    ]


def unnoticed(rule_sets: RuleSets, mutations: Iterable[Mutation]) -> Iterator[Mutation]:
    """The mutations after which every case is still answered as it says."""
    cases = {key: cases_of(one) for key, one in rule_sets.items()}
    return (one for one in mutations if not _is_noticed(one.apply(), cases))


def _is_noticed(rule_sets: RuleSets, cases: Cases) -> bool:
    return any(_fails(one, case) for key, one in rule_sets.items() for case in cases[key])


def _fails(rule_set: RuleSet, case: Case) -> bool:
    try:
        return bool(complaints_about(case, answer_to(case, rule_set)))
    except Exception:  # noqa: BLE001  a rule that breaks is noticed too
        return True


def _of_parameters(rule_sets: RuleSets) -> Iterator[Mutation]:
    for rule_set in rule_sets.values():
        for parameter in rule_set.own_parameters.values():
            for index, one in enumerate(parameter.values):
                for what, changed in _other_values(one, first=index == 0):
                    values = (*parameter.values[:index], changed, *parameter.values[index + 1 :])
                    said = f"{rule_set.key}: {parameter.key} from {one.valid_from}: {what}"
                    other = Parameter(parameter.key, parameter.title, parameter.type, values)
                    yield Mutation(said, partial(_with_parameter, rule_sets, other))


def _other_values(one: DatedValue, *, first: bool) -> Iterator[tuple[str, DatedValue]]:
    for changed in _near(one.value):
        yield f"{one.value} → {changed}", replace(one, value=changed)
    if not first:
        for day in (one.valid_from - DAY, one.valid_from + DAY):
            yield f"valid from {day}", replace(one, valid_from=day)


def _near(value: Any) -> tuple[Any, ...]:
    match value:
        case date():
            return value - DAY, value + DAY
        case int():
            return value - 1, value + 1
        case Fraction():
            step = Fraction(1, value.denominator)
            return value - step, value + step
        case _:
            return ()


def _with_parameter(rule_sets: RuleSets, parameter: Parameter) -> RuleSets:
    def changed(one: RuleSet) -> RuleSet:
        parameters = {**one.law.parameters, parameter.key: parameter}
        return replace(one, law=replace(one.law, parameters=parameters))

    has = {key: parameter.key in one.law.parameters for key, one in rule_sets.items()}
    return {key: changed(one) if has[key] else one for key, one in rule_sets.items()}


def _of_windows(rule_sets: RuleSets) -> Iterator[Mutation]:
    for rule_set in rule_sets.values():
        for rule_id in rule_set.own_rules:
            versions = rule_set.rules[rule_id]
            for boundary in sorted({day for one in versions for day in _boundaries(one)}):
                for day in _near(boundary):
                    said = f"{rule_set.key}: {rule_id}: boundary {boundary} → {day}"
                    moved = tuple(_moved(one, boundary, day) for one in versions)
                    yield Mutation(said, partial(_with_versions, rule_sets, rule_id, moved))


def _boundaries(version: RuleVersion) -> list[date]:
    return [day for day in (version.valid_from, version.valid_until) if day is not None]


def _moved(version: RuleVersion, boundary: date, day: date) -> RuleVersion:
    first, last = (day if one == boundary else one for one in (version.valid_from, version.valid_until))
    return replace(version, valid_from=first, valid_until=last)


def _with_versions(rule_sets: RuleSets, rule_id: str, versions: tuple[RuleVersion, ...]) -> RuleSets:
    return {
        key: replace(one, rules={**one.rules, rule_id: versions}) if rule_id in one.rules else one
        for key, one in rule_sets.items()
    }


def _of_comparisons(rule_sets: RuleSets) -> Iterator[Mutation]:
    for name in _modules_of(rule_sets):
        file = Path(str(sys.modules[name].__file__))
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for index, node in enumerate(_comparisons(tree)):
            operator = type(node.ops[0])
            said = f"{file.name}:{node.lineno}: {SYMBOLS[operator]} → {SYMBOLS[OTHER[operator]]}"
            yield Mutation(said, partial(_with_comparison, rule_sets, name, index))


def _modules_of(rule_sets: RuleSets) -> list[str]:
    """The modules of the rules and of their helpers, as far as they are the plugin's own."""
    rules = [one.conclusion for one in rule_sets.values()]
    rules += [each for one in rule_sets.values() for key in one.own_rules for each in one.rules[key]]
    names = {one.__module__ for each in rules for one in functions_of(each.function)}
    packages = {
        name.rpartition(".")[0] for name in (one.conclusion.function.__module__ for one in rule_sets.values())
    }
    return sorted(name for name in names if name.rpartition(".")[0] in packages)


def _comparisons(tree: ast.Module) -> list[ast.Compare]:
    functions = [one for one in tree.body if isinstance(one, ast.FunctionDef)]
    found = [one for each in functions for one in ast.walk(each) if isinstance(one, ast.Compare)]
    return [one for one in found if type(one.ops[0]) in OTHER]


def _with_comparison(rule_sets: RuleSets, name: str, index: int) -> RuleSets:
    file = Path(str(sys.modules[name].__file__))
    tree = deepcopy(ast.parse(file.read_text(encoding="utf-8")))
    node = _comparisons(tree)[index]
    node.ops[0] = OTHER[type(node.ops[0])]()
    with _imported_anew(name, file, tree):
        return {key: _own_module(one).RULE_SET for key, one in rule_sets.items()}


def _own_module(rule_set: RuleSet) -> ModuleType:
    return import_module(rule_set.conclusion.function.__module__)


class _Mutant(MetaPathFinder, Loader):
    """Gives one module from changed code."""

    def __init__(self, name: str, file: Path, tree: ast.Module) -> None:
        self.name, self.file, self.tree = name, file, tree

    def find_spec(self, fullname: str, _path: Any, _target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, origin=str(self.file)) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(self.file)
        exec(compile(self.tree, str(self.file), "exec"), module.__dict__)  # noqa: S102  our own code, changed


@contextmanager
def _imported_anew(name: str, file: Path, tree: ast.Module) -> Iterator[None]:
    """The modules beside the changed one are imported again, to use it; afterwards all is as before."""
    package = name.rpartition(".")[0]
    before = {key: one for key, one in sys.modules.items() if key.startswith(f"{package}.")}
    mutant = _Mutant(name, file, tree)
    sys.meta_path.insert(0, mutant)
    for key in before:
        del sys.modules[key]
    try:
        yield
    finally:
        sys.meta_path.remove(mutant)
        for key in [key for key in sys.modules if key.startswith(f"{package}.")]:
            del sys.modules[key]
        sys.modules.update(before)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the mutations of a sample that no case notices; 1 when there are any."""
    parser = argparse.ArgumentParser(prog="law_mutations")
    parser.add_argument("plugin")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    rule_sets = rule_sets_of(wanted.plugin)
    every = mutations_of(rule_sets)
    sample = random.Random(wanted.seed).sample(every, min(wanted.sample, len(every)))  # noqa: S311  no secret
    left = list(unnoticed(rule_sets, sample))
    for one in left:
        print(f"no case notices {one.what}")  # noqa: T201  speaks to a person in a terminal
    print(f"{len(sample) - len(left)} of {len(sample)} mutations noticed, of {len(every)} there are")  # noqa: T201
    return bool(left)


if __name__ == "__main__":
    sys.exit(main())
