"""The findings of an answer in an order that helps: first what says something, then what can be put away."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.law.explorer.answer import Answer, Found
from core.rules.findings import NOT_APPLICABLE


@dataclass(frozen=True)
class Pair:
    """A finding, beside that of the second case when there is one."""

    first: Found
    second: Found | None = None

    @property
    def differs(self) -> bool:
        """Whether the cases are answered differently."""
        return self.second is not None and self.first.says() != self.second.says()


@dataclass(frozen=True)
class Groups:
    """``told`` is read first: what is answered or flagged, or differs between two cases.

    ``alike`` is answered the same in both cases, ``lacking`` waits for facts, ``idle`` does not apply.
    """

    told: tuple[Pair, ...]
    alike: tuple[Pair, ...]
    lacking: tuple[Pair, ...]
    idle: tuple[Pair, ...]

    @property
    def different(self) -> int:
        """How many rules answer the second case differently."""
        return sum(one.differs for one in self.told)


def grouped(answers: Sequence[Answer]) -> Groups:
    """The findings of one answer or of two, each group in the order of the law."""
    groups: dict[str, list[Pair]] = {name: [] for name in Groups.__dataclass_fields__}
    for pair in _pairs(answers):
        groups[_group(pair)].append(pair)
    return Groups(**{name: tuple(those) for name, those in groups.items()})


def _pairs(answers: Sequence[Answer]) -> list[Pair]:
    if len(answers) != 2:  # noqa: PLR2004  a case beside another
        return [Pair(one) for answer in answers for one in answer.findings]
    first, second = answers
    return [Pair(one, other) for one, other in zip(first.findings, second.findings, strict=True)]


def _group(pair: Pair) -> str:
    one = pair.first
    if pair.differs:
        return "told"
    if one.status == NOT_APPLICABLE and not one.flags:
        return "idle"
    if one.missing and not one.flags:
        return "lacking"
    return "alike" if pair.second else "told"
