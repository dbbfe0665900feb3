"""The Integration Act and its regulation, as rules: a module and its files for each question."""

from importlib import import_module
from pathlib import Path

from core.sdk.rules import RuleSet

FOLDER = Path(__file__).parent


def rule_sets() -> list[RuleSet]:
    """The rule set of each module that has a file of texts beside it, by name."""
    modules = [file.stem for file in sorted(FOLDER.glob("*.py")) if file.with_suffix(".yaml").is_file()]
    return [import_module(f"{__name__}.{name}").RULE_SET for name in modules]
