"""What the files of a law declare, apart from its rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from core.rules.facts import FactDeclaration
from core.rules.parameters import Parameter
from core.rules.switches import Setting, Switch
from core.rules.texts import Flag, Text


@dataclass(frozen=True)
class Law:
    """Everything that rules may read, by key.

    ``words`` are codes as people read them in messages, ``messages`` those that any rule may give.
    """

    facts: Mapping[str, FactDeclaration] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    switches: Mapping[str, Switch] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    flags: Mapping[str, Flag] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)
    messages: Mapping[str, Text] = field(default_factory=dict)

    def with_(self, other: "Law") -> "Law":
        """Both together."""
        return Law(*({**getattr(self, one.name), **getattr(other, one.name)} for one in fields(self)))

    def meanings(self) -> dict[str, Text]:
        """What codes mean: as facts and settings offer them, and as messages say them."""
        types = [one.type for one in self.facts.values()] + [one.type for one in self.settings.values()]
        types += [one.type for kind in types for one in kind.fields.values()]
        return {key: text for kind in types for key, text in kind.choices.items()} | dict(self.words)

    def worded(self) -> "Law":
        """The same law, whose parameters know what their codes mean."""
        meanings = self.meanings()
        parameters = {
            key: replace(one, type=one.type.saying(meanings)) for key, one in self.parameters.items()
        }
        return replace(self, parameters=parameters)
