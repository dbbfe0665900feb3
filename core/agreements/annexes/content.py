"""What an agreement freezes of its annexes; all the rest of them follows from the text."""

from typing import Any
from uuid import UUID

from core.agreements.parts import Parts
from core.agreements.types import Annex
from core.agreements.wheel import service as wheel


def frozen_annexes(parts: Parts) -> list[dict[str, Any]]:
    """The annexes that are kept in, in the order of the type; the wheel with its own activities.

    An amendment shows those of the agreement that it amends.
    """
    agreement_id = parts.agreement.amends_id or parts.agreement.id
    return [_frozen(key, agreement_id) for key in kept_in(parts)]


def kept_in(parts: Parts) -> list[Annex]:
    """The annexes of the type that the draft has not left out."""
    return [one for one in parts.kind.annexes if one.value not in parts.agreement.annexes_left_out]


def _frozen(key: Annex, agreement_id: UUID) -> dict[str, Any]:
    if key is not Annex.WHEEL:
        return {"key": key.value}
    return {"key": key.value, "activities": wheel.of_agreement(agreement_id)}
