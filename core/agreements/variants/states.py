"""Where a variant stands, derived from its versions and from whether it is retired."""

from datetime import date, datetime
from enum import StrEnum

from core.plugin_host.wording import Wording


class State(StrEnum):
    """What can be done with a variant."""

    DRAFT = "draft"
    WAITING = "waiting"
    IN_USE = "in_use"
    RETIRED = "retired"


TITLES = {
    State.DRAFT: Wording(nb="Ikke publisert", da="Ikke udgivet", en="Not published"),
    State.WAITING: Wording(nb="Gjelder senere", da="Gælder senere", en="Valid later"),
    State.IN_USE: Wording(nb="I bruk", da="I brug", en="In use"),
    State.RETIRED: Wording(nb="Tatt ut av bruk", da="Taget ud af brug", en="Retired"),
}


def state_of(retired_at: datetime | None, first_valid: date | None, today: date) -> State:
    """The state on a local date; ``first_valid`` is the first day of the earliest version, None for none."""
    if retired_at is not None:
        return State.RETIRED
    if first_valid is None:
        return State.DRAFT
    return State.IN_USE if first_valid <= today else State.WAITING
