"""What a plugin says of an agreement to the rules of law: facts, and where in the agreement they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.plugin_host.wording import Wording


@dataclass(frozen=True)
class ProvidedFact:
    """One fact. ``name`` is what rules call it, ``value`` as JSON has it or as rules see it.

    ``source`` says where it was read, such as the clause or the field; ``on`` since when it is so.
    """

    name: str
    value: Any
    source: Wording
    on: date | None = None


@dataclass(frozen=True)
class ProvidedFacts:
    """The facts for one rule set of the plugin's own, by its key without the plugin's name.

    ``as_of`` is the day of the question, None for today. ``places`` tells where something is mended: by what
    a rule names as lacking, by the name of a fact that is missing, or by the id of a rule, it gives the key
    of a placeholder or clause, or ``duration``. ``later`` are contents that come with the signatures, which
    a draft does not lack. With ``rules`` only those are asked about a draft; the answer of the whole set is
    then no answer about the agreement, and is not kept.
    """

    rule_set: str
    facts: tuple[ProvidedFact, ...]
    as_of: date | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    rules: tuple[str, ...] = ()
