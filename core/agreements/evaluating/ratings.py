"""Ratings of aims side by side: the scale in words, and where the parties see things differently."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.plugin_host.wording import Wording

CANNOT_SAY, LOWEST, HIGHEST = 0, 1, 5
FAR_APART = 2
"""From this difference on the page says that the parties see an aim differently."""
WORDS = {
    1: Wording(nb="Ikke i det hele tatt", da="Slet ikke", en="Not at all"),
    2: Wording(nb="I liten grad", da="I mindre grad", en="To a small degree"),
    3: Wording(nb="I noen grad", da="I nogen grad", en="To some degree"),
    4: Wording(nb="I stor grad", da="I høj grad", en="To a large degree"),
    5: Wording(nb="Fullt ut", da="Fuldt ud", en="Fully"),
    CANNOT_SAY: Wording(nb="Kan ikke si", da="Kan ikke sige", en="Cannot say"),
}
"""The scale, in the order in which it is offered."""


@dataclass(frozen=True)
class AimRatings:
    """One aim with what each party answered, in their order: None for nothing, 0 for "cannot say"."""

    key: str
    text: str
    ratings: tuple[int | None, ...]

    @property
    def gap(self) -> int:
        """How far the highest rating is from the lowest; 0 when fewer than two parties have rated."""
        rated = [one for one in self.ratings if one]
        return max(rated) - min(rated) if rated else 0

    @property
    def is_far_apart(self) -> bool:
        """Whether the parties see this aim so differently that they should talk about it."""
        return self.gap >= FAR_APART


def side_by_side(
    aims: Iterable[Mapping[str, str]], answers: Sequence[Mapping[str, Any]]
) -> tuple[AimRatings, ...]:
    """The ratings of every aim; `answers` are the ratings of each party by the key of the aim."""
    return tuple(AimRatings(aim["key"], aim["text"], tuple(_of(aim, one) for one in answers)) for aim in aims)


def _of(aim: Mapping[str, str], answer: Mapping[str, Any]) -> int | None:
    rating = answer.get(aim["key"])
    return rating if isinstance(rating, int) and rating in WORDS else None


def options(language: str) -> list[tuple[str, str]]:
    """The scale as a form offers it."""
    return [(str(number), said.in_language(language)) for number, said in WORDS.items()]
