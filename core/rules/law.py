"""What the files of a law declare, apart from its rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from core.rules.facts import FactDeclaration
from core.rules.parameters import Parameter
from core.rules.switches import Setting, Switch
from core.rules.texts import Text


@dataclass(frozen=True)
class Law:
    """Everything that rules may read, by key.

    ``words`` are codes as people read them in messages, ``messages`` those that any rule may give.
    """

    facts: Mapping[str, FactDeclaration] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    switches: Mapping[str, Switch] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    flags: Mapping[str, Text] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)
    messages: Mapping[str, Text] = field(default_factory=dict)

    def with_(self, other: "Law") -> "Law":
        """Both together."""
        return Law(*({**getattr(self, one.name), **getattr(other, one.name)} for one in fields(self)))
