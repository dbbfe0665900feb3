"""Which acts need a second person, and what happens when that person says yes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from core.plugin_host.wording import Wording

Do = Callable[[UUID, Mapping[str, str], str], None]
"""Takes the subject, the arguments and the reason. Access was decided when it was asked for and approved."""


@dataclass(frozen=True)
class Action:
    """An act by its key: a sentence that says what happens, and the verb that does it.

    ``erases`` tells that it erases a person. What is said about it may name the person, so it stays out of
    the audit, which nobody can change.
    """

    key: str
    title: Wording
    do: Do
    erases: bool = False


_actions: dict[str, Action] = {}


def action(key: str, title: Wording, *, erases: bool = False) -> Callable[[Do], Do]:
    """Declare a verb that happens only when two people want it. It joins the caller's unit of work."""

    def declare(do: Do) -> Do:
        _actions[key] = Action(key, title, do, erases)
        return do

    return declare


def declared(key: str) -> Action | None:
    """The act with a key, when the room that declared it is here."""
    return _actions.get(key)
